"""The demo behind a real server, loaded once for the whole run."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.servers import ROOT, RunningApp
from tests.support.settings import settings_environ
from tools.ports import free_port
from tools.supervise import with_our_programs


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server with the fictional council."""
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    environ = settings_environ(folder, HEARD_PUBLIC_URL=f"http://127.0.0.1:{port}", HEARD_SIMULATOR="true")
    for command in ("heard-migrate", "heard-demo"):
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", command],
            cwd=ROOT,
            env=with_our_programs(environ),
            check=True,
            capture_output=True,
        )
    with RunningApp(environ, port, folder / "server.log") as server:
        yield server.url
