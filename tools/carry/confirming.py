"""What staff do before a paper can be built: every item of the queue is closed, every reply's tags confirmed."""

from uuid import UUID

from app.storage import answers, concerns
from app.storage.answers import Narrowing
from app.usecases import acting, tagging
from app.usecases.acting import Closing
from app.usecases.desk_words import Outcome
from app.usecases.toolkit import Toolkit
from tools.carry.casting import Staff

CLOSING = Closing(outcome=Outcome.ALLOCATED_WORKER, note="Read, and passed to the worker.", told="yes")
MOST = 100_000


def close_queue(toolkit: Toolkit, staff: Staff) -> int:
    """Take and close every item; return how many."""
    closed = 0
    while items := _waiting(toolkit):
        for item in items:
            acting.take(toolkit, item, actor_id=staff.lead)
            acting.close(toolkit, item, CLOSING, actor_id=staff.lead)
        closed += len(items)
    return closed


def confirm_all(toolkit: Toolkit, staff: Staff) -> int:
    """Confirm the machine's tags of every reply as they are; return how many."""
    with toolkit.database.read() as work:
        waiting = [
            row.id for row in answers.listed(work, Narrowing(unconfirmed_only=True), limit=MOST, offset=0)
        ]
    for answer_id in waiting:
        tagging.confirm_tags(toolkit, answer_id, reviewer_id=staff.worker)
    return len(waiting)


def _waiting(toolkit: Toolkit) -> list[UUID]:
    with toolkit.database.read() as work:
        return [item.id for item in concerns.queue(work)]
