"""Web, worker and beat live and die together, and nobody is left behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from honcho.environ import parse_procfile

from tools.ports import find_holder, free_port, is_free

pytestmark = pytest.mark.server
ROOT = Path(__file__).parents[2]
STUB = """
web: sleep 1; exec {python} -m http.server $PORT --bind 127.0.0.1 --directory {empty}
worker: exec {python} -c 'import os, time; print("worker is", os.getpid()); time.sleep(600)'
beat: exec {python} -c 'import os, time; print("beat is", os.getpid()); time.sleep(600)'
"""

WORKER = """
import time
from celery import Celery
celery = Celery("stub", broker="filesystem://localhost")
celery.conf.broker_transport_options = {{
    "data_folder_in": "{folder}", "data_folder_out": "{folder}", "control_folder": "{folder}"
}}
@celery.task
def job():
    print("the job begins", flush=True)
    time.sleep(1)
    print("the job ends", flush=True)
"""


@dataclass
class Supervisor:
    process: subprocess.Popen[str]
    port: int
    lines: list[str]

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if words in line:
                return line
        raise AssertionError(f"ended without {words!r}:\n{''.join(self.lines)}")

    def end(self) -> int:
        assert self.process.stdout is not None
        self.lines += self.process.stdout.readlines()
        return self.process.wait(timeout=20)

    def pid_of(self, name: str) -> int:
        return next(int(line.split()[-1]) for line in self.lines if f"{name} is" in line)

    def alive(self) -> list[str]:
        return [name for name in ("worker", "beat") if Path(f"/proc/{self.pid_of(name)}").exists()]


def test_the_address_is_told_once_it_answers(supervisor: Supervisor) -> None:
    told = supervisor.read_until("Heard is ready")

    assert told == f"Heard is ready: http://127.0.0.1:{supervisor.port}/\n"
    assert not is_free(supervisor.port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_ends_every_process(supervisor: Supervisor, number: signal.Signals) -> None:
    supervisor.read_until("Heard is ready")

    supervisor.process.send_signal(number)
    code = supervisor.end()

    assert code == 128 + number
    assert supervisor.alive() == []
    assert is_free(supervisor.port)


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_when_one_process_dies_all_end_and_the_exit_code_says_so(supervisor: Supervisor, name: str) -> None:
    supervisor.read_until("Heard is ready")

    os.kill(supervisor.pid_of(name), signal.SIGKILL)
    code = supervisor.end()

    assert code != 0
    assert supervisor.alive() == []
    assert is_free(supervisor.port)


def test_a_taken_port_is_named_with_its_holder_and_how_to_free_it(stub: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = subprocess.run(
            command(stub, port), cwd=ROOT, capture_output=True, text=True, check=False, timeout=20
        )

        assert find_holder(port) == (os.getpid(), Path("/proc/self/comm").read_text().strip())
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"Port {port} is taken by" in done.stderr
    assert f"(process {os.getpid()})" in done.stderr
    assert f"`make run PORT={port + 1}`" in done.stderr


def test_a_server_that_never_answers_is_not_announced(stub: Path) -> None:
    stub.write_text(f"web: exec {sys.executable} -c 'import time; time.sleep(2)'\n")

    done = subprocess.run(
        command(stub, free_port()), cwd=ROOT, capture_output=True, text=True, check=False, timeout=20
    )

    assert "Heard is ready" not in done.stdout


def test_a_job_that_has_begun_is_finished_before_the_worker_stops(tmp_path: Path) -> None:
    (tmp_path / "worker.py").write_text(WORKER.format(folder=tmp_path))
    worker_line = parse_procfile((ROOT / "Procfile").read_text()).processes["worker"]
    (tmp_path / "Procfile").write_text(f"worker: {worker_line}\n")
    subprocess.run(
        [sys.executable, "-c", "import worker; worker.job.delay()"], cwd=tmp_path, check=True, timeout=20
    )

    with subprocess.Popen(
        command(tmp_path / "Procfile", free_port()),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        supervisor = Supervisor(process, 0, [])
        supervisor.read_until("the job begins")
        process.terminate()
        supervisor.end()

    assert "the job ends" in "".join(supervisor.lines)


def command(procfile: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "tools.supervise", "--procfile", str(procfile), "--port", str(port)]


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    (tmp_path / "empty").mkdir()
    procfile = tmp_path / "Procfile"
    procfile.write_text(STUB.format(python=sys.executable, empty=tmp_path / "empty"))
    return procfile


@pytest.fixture
def supervisor(stub: Path) -> Iterator[Supervisor]:
    port = free_port()
    with subprocess.Popen(
        command(stub, port), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        supervisor = Supervisor(process, port, [])
        yield supervisor
        if process.poll() is None:
            process.terminate()
            supervisor.end()
