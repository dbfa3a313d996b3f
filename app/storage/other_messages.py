"""Messages that are neither an answer nor a command: kept and screened, and for a person to read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select

from app.storage.answers import Answer
from app.storage.concerns import Concern
from app.storage.database import Work, locked
from app.storage.messages import InboundMessage

UNDERSTOOD = ("join", "call_time")
"""What these say is said in full by what we took them for."""


def listed(work: Work, *, limit: int, offset: int) -> Sequence[InboundMessage]:
    """Return a page of the messages that a person has to read, unread first, then newest first."""
    read_last = case((_is_unread(), 0), else_=1)
    return work.session.scalars(
        _for_a_person(select(InboundMessage))
        .order_by(read_last, InboundMessage.received_at.desc(), InboundMessage.id)
        .limit(limit)
        .offset(offset)
    ).all()


def count(work: Work) -> int:
    """Return how many messages a person has to read, or has read."""
    return work.session.scalar(_for_a_person(select(func.count(InboundMessage.id)))) or 0


def count_unread(work: Work) -> int:
    """Return how many messages nobody has read; what is or was in the queue is read there."""
    unread = _for_a_person(select(func.count(InboundMessage.id))).where(_is_unread())
    return work.session.scalar(unread) or 0


def find(work: Work, message_id: UUID) -> InboundMessage | None:
    """Find one of these messages and lock its row."""
    return work.session.scalars(locked(_one(message_id))).one_or_none()


def find_to_read(work: Work, message_id: UUID) -> InboundMessage | None:
    """Find one of these messages without a lock."""
    return work.session.scalars(_one(message_id)).one_or_none()


def raised(work: Work, message_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of some messages are or were in the queue."""
    return set(work.session.scalars(select(Concern.message_id).where(Concern.message_id.in_(message_ids))))


def _one(message_id: UUID) -> Select[tuple[InboundMessage]]:
    return _for_a_person(select(InboundMessage)).where(InboundMessage.id == message_id)


def _is_unread() -> ColumnElement[bool]:
    return InboundMessage.read_at.is_(None) & ~exists().where(Concern.message_id == InboundMessage.id)


def _for_a_person(query: Select[Any]) -> Select[Any]:  # Any: rows of either shape
    """Keep what no other page shows: words beside an answer or a command, and every picture."""
    is_understood = or_(
        InboundMessage.taken_as.in_(UNDERSTOOD),
        InboundMessage.taken_as.startswith("command:"),
        exists().where(Answer.inbound_id == InboundMessage.id),
    )
    # What nothing has been made of yet was not understood either: NULL must not hide it.
    has_more_to_say = InboundMessage.has_words & ~func.coalesce(is_understood, False)
    return query.where(or_(InboundMessage.media_count > 0, has_more_to_say))
