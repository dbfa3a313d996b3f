"""What `make run` does once everything is installed: settings, database, demo, then the server."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.development_settings import development_environ
from tools.ports import how_to_free, is_free
from tools.supervise import supervise, with_our_programs

STEPS = (
    ("Bringing the database up to date", "heard-migrate"),
    ("Loading the fictional council, if the database is empty", "heard-demo"),
)


def main(arguments: Sequence[str]) -> int:
    """Prepare a folder and serve from it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--folder", type=Path, default=Path("var"))
    chosen = parser.parse_args(arguments)
    if not is_free(chosen.port):
        # Said before anything else is done, since nobody wants to wait for it.
        print(how_to_free(chosen.port), file=sys.stderr)
        return 1
    environ = run_environ(os.environ, chosen.folder, port=chosen.port)
    for title, command in STEPS:
        print(title, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", command], env=environ, check=False
        )
        if done.returncode:
            return done.returncode
    print("Starting the web server, the worker and the clock", flush=True)
    return supervise(Path("Procfile"), environ, port=chosen.port)


def run_environ(outside: Mapping[str, str], folder: Path, *, port: int) -> dict[str, str]:
    """Return the environment of a development server.

    What somebody exported for another installation is left out: the demo must never meet a real database.
    """
    harmless = {
        name: value
        for name, value in outside.items()
        if not name.startswith("HEARD_") and name != "DATABASE_URL"
    }
    return with_our_programs(harmless | development_environ(folder, port=port))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
