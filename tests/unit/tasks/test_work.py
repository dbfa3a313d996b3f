"""Jobs name use cases and carry ids only; a queue that is down stops nobody."""

import base64
import json
from uuid import UUID

from app import tasks
from app.tasks.work import ROW_TASKS

ROW = UUID("00000000-0000-4000-8000-000000000001")


def test_every_task_is_on_the_queue_and_the_sweeper_is_on_the_beat(tmp_path):
    queue = tasks.make_queue("filesystem://", tmp_path)

    tasks.register(queue, toolkit=None)

    assert {name for name in queue.tasks if not name.startswith("celery.")} == {*ROW_TASKS, "sweep"}
    assert queue.conf.beat_schedule["sweep"]["task"] == "sweep"


def test_a_job_is_a_file_that_holds_nothing_but_the_rows_id(tmp_path):
    queue = tasks.make_queue("filesystem://", tmp_path)

    tasks.Waker(queue)("deliver", ROW)

    (job,) = (tmp_path / "jobs").iterdir()
    args, kwargs, _ = json.loads(base64.b64decode(json.loads(job.read_text())["body"]))
    assert (args, kwargs) == ([str(ROW)], {})


def test_a_queue_that_is_down_stops_nobody(tmp_path, caplog):
    queue = tasks.make_queue("filesystem://", tmp_path)
    (tmp_path / "jobs").rmdir()

    tasks.Waker(queue)("deliver", ROW)

    assert "the sweeper will" in caplog.text
    assert str(ROW) not in caplog.text
