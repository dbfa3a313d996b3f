"""The real app behind a real web server, on both databases."""

import os

import pytest

from app.factory import create_worker
from app.settings import Settings
from tests.support.servers import Serve
from tools.ports import is_free
from tools.supervise import answers

pytestmark = pytest.mark.server


def test_the_app_answers_dies_and_answers_again_on_the_same_port(serve: Serve, database_url: str) -> None:
    app = serve(database_url)
    assert app.process is not None
    first = app.process.pid

    app.kill()
    silent = not answers(f"{app.url}/")
    app.start()

    assert silent
    assert app.process.pid != first
    assert answers(f"{app.url}/")


def test_a_stopped_app_leaves_no_process_and_no_port(serve: Serve, sqlite_url: str) -> None:
    app = serve(sqlite_url)
    assert app.process is not None
    group = app.process.pid

    app.stop()

    assert is_free(app.port)
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_the_worker_can_begin_every_task(environ: dict[str, str]) -> None:
    queue = create_worker(Settings.from_environ(environ))

    queue.finalize()

    assert [name for name in sorted(queue.tasks) if not name.startswith("celery.")] == [
        "alert",
        "deliver",
        "sweep",
        "tag",
    ]


def test_the_app_names_every_fault_of_its_settings_and_shows_none_of_their_values(
    serve: Serve, sqlite_url: str
) -> None:
    with pytest.raises(pytest.fail.Exception) as failed:
        serve(sqlite_url, HEARD_SECRET_KEY="hush", HEARD_TWILIO_AUTH_TOKEN="hush")

    assert "HEARD_SECRET_KEY" in str(failed.value)
    assert "HEARD_TWILIO_AUTH_TOKEN" in str(failed.value)
    assert "hush" not in str(failed.value)
