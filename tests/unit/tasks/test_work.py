"""Jobs name use cases and carry ids only; a queue that is down stops nobody."""

import base64
import contextlib
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


def test_an_alert_and_the_sweeper_wait_for_one_job_of_the_others_at_most(tmp_path):
    queue = tasks.make_queue("filesystem://", tmp_path)
    wake = tasks.Waker(queue)
    for _ in range(30):
        wake("deliver", ROW)
    wake("tag", ROW)
    wake("alert", ROW)
    queue.send_task("sweep")

    begun = taken_by_a_worker(queue)

    assert set(begun[:4]) == {"alert", "sweep", "deliver"}
    assert len(begun) == 33


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


def taken_by_a_worker(queue) -> list[str]:
    """Take every job as a worker does that was started without naming queues; return their tasks in order."""
    begun = []

    def take(_body, message):
        begun.append(message.headers["task"])
        message.ack()

    with (
        queue.connection_for_read() as connection,
        queue.amqp.TaskConsumer(connection.default_channel, callbacks=[take]) as consumer,
        contextlib.suppress(TimeoutError),
    ):
        consumer.qos(prefetch_count=2)
        while True:
            connection.drain_events(timeout=0.3)
    return begun
