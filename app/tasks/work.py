"""Every task, by name: each calls one use case."""

from collections.abc import Callable
from uuid import UUID

from celery import Celery

from app.usecases import outbound, tagging
from app.usecases.toolkit import Toolkit

SWEEP_EVERY_SECONDS = 10.0
FORGET_AFTER_SECONDS = 60.0
"""A swept job that no worker took by then is dropped: the next sweep publishes it again, and none pile up."""

ROW_TASKS: dict[str, Callable[[Toolkit, UUID], None]] = {
    "deliver": outbound.deliver,
    "tag": tagging.tag_answer,
}
"""Tasks about one row."""


def register(queue: Celery, toolkit: Toolkit) -> None:
    """Put every task on the queue, and the sweeper on the beat."""
    for name, use_case in ROW_TASKS.items():
        queue.task(name=name, shared=False)(_by_id(use_case, toolkit))
    queue.task(name="sweep", shared=False)(_sweeper(queue, toolkit))
    queue.conf.beat_schedule = {
        "sweep": {
            "task": "sweep",
            "schedule": SWEEP_EVERY_SECONDS,
            "options": {"expires": SWEEP_EVERY_SECONDS},
        }
    }


def _by_id(use_case: Callable[[Toolkit, UUID], None], toolkit: Toolkit) -> Callable[[str], None]:
    def run(row_id: str) -> None:
        use_case(toolkit, UUID(row_id))

    return run


def _sweeper(queue: Celery, toolkit: Toolkit) -> Callable[[], None]:
    # Celery compiles a task's signature from its name, which a lambda has not.
    def run() -> None:
        sweep(queue, toolkit)

    return run


def sweep(queue: Celery, toolkit: Toolkit) -> None:
    """Publish again whatever is due and not done."""
    for row_id in outbound.sweep(toolkit):
        queue.send_task("deliver", args=[str(row_id)], expires=FORGET_AFTER_SECONDS)
    for row_id in tagging.untagged(toolkit):
        queue.send_task("tag", args=[str(row_id)], expires=FORGET_AFTER_SECONDS)
