"""Tell the background that a row is due."""

import logging
from uuid import UUID

from celery import Celery
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


class Waker:
    """Publishes a job after a commit; a job that cannot be published is made up for by the sweeper."""

    def __init__(self, queue: Celery) -> None:
        self._queue = queue

    def __call__(self, task: str, row_id: UUID) -> None:
        """Publish a job that carries nothing but a row's id."""
        try:
            self._queue.send_task(task, args=[str(row_id)], retry=False)
        except (OSError, OperationalError) as error:
            log.warning("A job could not be published; the sweeper will: %s", type(error).__name__)
