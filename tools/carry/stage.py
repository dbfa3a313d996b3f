"""The product as an operator runs it, for as long as a carry-through takes: web, worker and beat, database of its own."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import tasks, wiring
from app.channels.twilio import TwilioAccount
from app.settings import Settings
from app.storage import people
from app.storage.schema import migrate
from app.usecases.toolkit import Toolkit
from tools.ports import free_port
from tools.run import run_environ
from tools.supervise import answers

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Stage:
    """The running product, and the same ports in this process."""

    url: str
    toolkit: Toolkit
    twilio: TwilioAccount


@contextmanager
def running(database_url: str | None) -> Iterator[Stage]:
    """Start the product on a fresh database; stop all of it at the end."""
    with tempfile.TemporaryDirectory(prefix="heard-carry-") as name:
        folder, port = Path(name), free_port()
        url = database_url or f"sqlite:///{folder / 'heard.db'}"
        environ = run_environ(os.environ, folder, port=port) | {"DATABASE_URL": url}
        settings = Settings.from_environ(environ)
        migrate(settings.database_url)
        queue = tasks.make_queue(settings.broker_url, settings.data_dir)
        stage = Stage(
            settings.public_url, wiring.build_toolkit(settings, queue), wiring.twilio_account(settings)
        )
        _require_empty(stage.toolkit)
        with _processes(environ, port, folder / "log"):
            yield stage
        stage.toolkit.database.engine.dispose()


def _require_empty(toolkit: Toolkit) -> None:
    with toolkit.database.read() as work:
        if people.count(work):
            sys.exit(
                "The database holds people already. Give an empty one: everything in it is made up here."
            )


@contextmanager
def _processes(environ: Mapping[str, str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.supervise", "--port", str(port)],
            cwd=ROOT,
            env=dict(environ),
            stdout=output,
            stderr=output,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(f"http://127.0.0.1:{port}/"):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(
                    f"The server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
                )
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)
