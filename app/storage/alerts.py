"""Alerts in the outbox: each is wanted for as long as nobody has its item, and no longer."""

import datetime as dt

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from app.storage.concerns import Concern, ConcernState
from app.storage.database import Work
from app.storage.outbox import ALERT, NOT_ARRIVED, WAITING, OutboxMessage, OutboxState

OPEN_STATES = (*WAITING, OutboxState.CALLING)


def is_wanted(work: Work, row: OutboxMessage) -> bool:
    """Whether nobody has taken or closed the item that an alert speaks of."""
    is_new = exists().where(Concern.id == row.concern_id, Concern.state == ConcernState.NEW)
    return bool(work.session.scalar(select(is_new)))


def cancel_unwanted(work: Work) -> None:
    """Cancel the waiting alerts of items that somebody has taken or closed."""
    work.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.purpose == ALERT, OutboxMessage.state.in_(WAITING), ~_of_a_new_item())
        .values(state=OutboxState.CANCELLED)
    )


def try_refused_again(work: Work, *, before: dt.datetime) -> None:
    """Let the alerts wait again that failed for good at their last try, where that was long enough ago.

    What a provider refuses "for good" may be our own account's fault, which somebody mends meanwhile.
    """
    work.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.purpose == ALERT,
            OutboxMessage.state == OutboxState.FAILED,
            OutboxMessage.called_at <= before,
            _of_a_new_item(),
        )
        .values(state=OutboxState.RETRY)
    )


def count_undelivered(work: Work, *, tries: int) -> int:
    """Return how many alerts of items that nobody has taken failed, or were tried so often and are still open."""
    still_trying = and_(
        OutboxMessage.state.in_(OPEN_STATES),
        or_(OutboxMessage.attempts >= tries, OutboxMessage.delivery.in_(NOT_ARRIVED)),
    )
    given_up = OutboxMessage.state.in_((OutboxState.FAILED, OutboxState.UNCERTAIN))
    query = select(func.count(OutboxMessage.id)).where(
        OutboxMessage.purpose == ALERT, _of_a_new_item(), or_(given_up, still_trying)
    )
    return work.session.scalar(query) or 0


def _of_a_new_item() -> ColumnElement[bool]:
    return exists().where(Concern.id == OutboxMessage.concern_id, Concern.state == ConcernState.NEW)
