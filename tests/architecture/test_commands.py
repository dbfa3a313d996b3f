"""The two commands and the processes they start."""

from pathlib import Path

from honcho.environ import parse_procfile

ROOT = Path(__file__).parents[2]


def test_there_are_three_processes_and_no_shell_stands_between_them_and_a_signal() -> None:
    processes = parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes

    assert list(processes) == ["web", "worker", "beat"]
    assert [name for name, command in processes.items() if not command.startswith("exec ")] == []


def test_ci_runs_the_command_that_everybody_runs_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not line.startswith("#")] == [
        "set -eu",
        'cd "$(dirname "$0")/.."',
        "exec make test",
    ]
