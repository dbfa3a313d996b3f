"""The real app behind a real gunicorn on a port of its own, for tests that must cross the wire or kill it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.support.settings import settings_environ
from tools.ports import free_port
from tools.supervise import answers, with_our_programs

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
GUNICORN = (
    *("-m", "gunicorn", "--worker-class", "gthread", "--threads", "8", "--log-level", "warning"),
    *("--graceful-timeout", "5", "--no-control-socket"),
)


@dataclass(slots=True)
class RunningApp:
    """A server and all its processes; stopped at the end of a with block."""

    environ: Mapping[str, str]
    """What it runs with, so that the worker or a command can be run beside it."""
    port: int
    log: Path
    workers: int = 1
    module: str = "wsgi:app"
    folder: Path = ROOT
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its front page, without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and return when it answers; a server that does not answer is a failed test with its output."""
        command = (
            sys.executable,
            *GUNICORN,
            "--workers",
            str(self.workers),
            "--bind",
            f"127.0.0.1:{self.port}",
        )
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                (*command, self.module),
                cwd=self.folder,
                env=with_our_programs(self.environ),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not answers(f"{self.url}/"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                pytest.fail(f"The server on port {self.port} did not answer:\n{self.output()}", pytrace=False)
            time.sleep(0.05)

    def output(self) -> str:
        """Return what its processes have written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-8000:]

    def stop(self) -> None:
        """Ask it to stop, as an operator would."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End all its processes at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        self.process.wait(timeout=PATIENCE)
        self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill() if kind else self.stop()


Serve = Callable[..., RunningApp]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Return a function that starts the app on a database, with changed settings, until the test ends."""
    with ExitStack() as running:

        def start(database_url: str, *, workers: int = 1, **changes: str) -> RunningApp:
            port = free_port()
            environ = settings_environ(
                tmp_path,
                **{"DATABASE_URL": database_url, "HEARD_PUBLIC_URL": f"http://127.0.0.1:{port}"} | changes,
            )
            outside = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
            app = RunningApp(outside | environ, port, tmp_path / f"server-{port}.log", workers=workers)
            return running.enter_context(app)

        yield start
