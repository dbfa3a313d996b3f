"""One supervisor for the processes of a Procfile: they start together, and when one ends all end."""

import argparse
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

import honcho.manager
from honcho.environ import parse_procfile
from honcho.printer import Message, Printer

from tools.ports import how_to_free, is_free

PATIENCE = 120.0
"""Seconds until we stop asking whether the server answers; it may still come."""

GRACE = 15
"""Seconds that a process has to finish what it has begun: more than one call to a provider may take."""


class AnnouncingPrinter(Printer):  # type: ignore[misc]  # honcho comes without types
    """Prints what the processes say, and tells the address as soon as it really answers."""

    def __init__(self, address: str) -> None:
        super().__init__(sys.stdout)
        # Started with the first message: by then every process is forked, and no thread was there to be torn.
        self._announcer = threading.Thread(target=announce, args=(address,), daemon=True)

    def write(self, message: Message) -> None:
        """Print one message of a process."""
        if self._announcer.ident is None:
            self._announcer.start()
        super().write(message)


def supervise(procfile: Path, environ: Mapping[str, str], *, port: int) -> int:
    """Run a Procfile's processes until one ends or we are told to stop; return the exit code."""
    if not is_free(port):
        print(how_to_free(port), file=sys.stderr)
        return 1
    address = f"http://127.0.0.1:{port}/"
    honcho.manager.KILL_WAIT = GRACE
    manager = honcho.manager.Manager(AnnouncingPrinter(address))
    for name, command in parse_procfile(procfile.read_text(encoding="utf-8")).processes.items():
        manager.add_process(name, command, env=with_our_programs({**environ, "PORT": str(port)}))
    manager.loop()
    return int(manager.returncode or 0)


def with_our_programs(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which this Python's programs come first and output is not held back."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{environ.get('PATH', os.defpath)}"
    return {**environ, "PATH": path, "PYTHONUNBUFFERED": "1"}


def announce(address: str) -> None:
    """Print an address once it answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answers(address):
            print(f"\nHeard is ready: {address}\nStop it with Ctrl-C.\n", flush=True)
            return
        time.sleep(0.2)


def answers(address: str) -> bool:
    """Whether a server answers an address with anything but an error of its own."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def main(arguments: Sequence[str]) -> int:
    """Run a Procfile with the environment that we were given."""
    parser = argparse.ArgumentParser(prog="python -m tools.supervise", description=__doc__)
    parser.add_argument("--procfile", type=Path, default=Path("Procfile"))
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(arguments)
    return supervise(chosen.procfile, os.environ, port=chosen.port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
