"""Every task, by name: each calls one use case."""

import logging
from collections.abc import Callable
from uuid import UUID

from celery import Celery

from app.tasks.resting import RestingRows
from app.usecases import outbound, tagging
from app.usecases.toolkit import Toolkit

SWEEP_EVERY_SECONDS = 10.0
FORGET_AFTER_SECONDS = 60.0
"""A swept job that no worker took by then is dropped: the next sweep publishes it again, and none pile up."""

ROW_TASKS: dict[str, Callable[[Toolkit, UUID], None]] = {
    "alert": outbound.deliver,
    "deliver": outbound.deliver,
    "tag": tagging.tag_answer,
}
"""Tasks about one row; "alert" is "deliver" on the queue that goes first."""

log = logging.getLogger(__name__)


def register(queue: Celery, toolkit: Toolkit) -> None:
    """Put every task on the queue, and the sweeper on the beat."""
    resting = RestingRows()
    for name in ROW_TASKS:
        queue.task(name=name, shared=False)(_by_id(name, toolkit, resting))
    queue.task(name="sweep", shared=False)(_sweeper(queue, toolkit, resting))
    queue.conf.beat_schedule = {
        "sweep": {
            "task": "sweep",
            "schedule": SWEEP_EVERY_SECONDS,
            "options": {"expires": SWEEP_EVERY_SECONDS},
        }
    }


def _by_id(name: str, toolkit: Toolkit, resting: RestingRows) -> Callable[[str], None]:
    def run(row_id: str) -> None:
        if not _finishes(name, row_id, lambda: ROW_TASKS[name](toolkit, UUID(row_id))):
            resting.rest(UUID(row_id), now=toolkit.clock())

    return run


def _sweeper(queue: Celery, toolkit: Toolkit, resting: RestingRows) -> Callable[[], None]:
    # Celery compiles a task's signature from its name, which a lambda has not.
    def run() -> None:
        _finishes("sweep", "everything", lambda: sweep(queue, toolkit, resting))

    return run


def _finishes(name: str, row_id: str, job: Callable[[], None]) -> bool:
    """Do a job, and return whether it came to its end.

    Celery would log the message and the trace of what is raised, which may carry a young person's words.
    """
    try:
        job()
    except Exception as error:  # noqa: BLE001 — the worker's loop: the next job must not suffer from this one
        log.error("%s of %s raised %s", name, row_id, type(error).__name__)  # noqa: TRY400 — no words in a log
        return False
    return True


def sweep(queue: Celery, toolkit: Toolkit, resting: RestingRows) -> None:
    """Publish again whatever is due and not done, save answers that lately could not be tagged."""
    due = outbound.sweep(toolkit)
    due += [("tag", row_id) for row_id in tagging.untagged(toolkit, but_not=resting.at(toolkit.clock()))]
    for task, row_id in due:
        queue.send_task(task, args=[str(row_id)], expires=FORGET_AFTER_SECONDS)
