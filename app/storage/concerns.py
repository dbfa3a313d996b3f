"""The safeguarding queue: every item that a person must look at, with its clock."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, case, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, WithId
from app.storage.database import Work, locked


class Reason(StrEnum):
    """Why an item is in the queue."""

    CONCERN = "concern"
    UNSCREENED = "unscreened"
    """The screen, or what came after it, failed: a person must read the message."""
    UNREADABLE = "unreadable"
    """In a language or script that the screen cannot read."""
    STRANGER = "stranger"
    STOPPED_NUMBER = "stopped_number"
    """Somebody who stopped our texts wrote: they cannot be texted, only rung."""
    HELP = "help"
    CALL_ME = "call_me"
    WHO = "who"
    WRONG_NUMBER = "wrong_number"
    MISSED = "missed"
    """A member of staff read a reply and was worried; the screen had not been."""


class ConcernState(StrEnum):
    """How far a queue item has come."""

    NEW = "new"
    TAKEN = "taken"
    CLOSED = "closed"


URGENCY = {"T0": 0, "T1": 1, "T2": 2, "route": 3}
"""The tiers (app.analysis.clocks), the most urgent first."""


class Concern(WithId, Base):
    """One queue item. Its words are sealed; an audit stub is kept six years (guide 3.5)."""

    __tablename__ = "concerns"

    reference: Mapped[str] = mapped_column(unique=True)
    """What an alert may say of it: a few letters and digits that mean nothing."""
    reason: Mapped[str]
    category: Mapped[str | None]
    """The most serious category the screen found (app.analysis.concerns.Category), for figures."""
    kind: Mapped[str | None]
    """Its finer kind (guide 4.2), for the person who acts."""
    tier: Mapped[str]
    """T0, T1, T2 or route: which clock runs (guide 4.3)."""
    screen_tier: Mapped[int | None]
    position_of_trust: Mapped[bool]
    """It speaks of a carer, worker or teacher: hidden from them and their team."""
    found_sealed: Mapped[str | None]
    """Everything the screen found, with the words that fired, as JSON."""
    screen_version: Mapped[str | None]
    message_id: Mapped[UUID] = mapped_column(ForeignKey("inbound_messages.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    raised_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[dt.datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    note_sealed: Mapped[str | None]
    """What the person who closed it wrote, and when to ring where the young person said so."""
    told_young_person: Mapped[bool | None]


def add(work: Work, concern: Concern, *, found: str | None) -> None:
    """Add a queue item with what the screen found sealed."""
    work.seal(concern, "found_sealed", found)
    work.session.add(concern)


def find(work: Work, concern_id: UUID) -> Concern | None:
    """Find a queue item and lock its row."""
    return work.session.scalar(locked(select(Concern).where(Concern.id == concern_id)))


@dataclass(frozen=True, slots=True)
class Around:
    """Whose a queue item is, and in which conversation."""

    person_id: UUID | None
    conversation_id: UUID | None


def find_around(work: Work, concern_id: UUID) -> Around | None:
    """Find what is locked before a queue item; neither ever changes."""
    row = work.session.execute(
        select(Concern.person_id, Concern.conversation_id).where(Concern.id == concern_id)
    ).one_or_none()
    return None if row is None else Around(row.person_id, row.conversation_id)


def find_by_reference(work: Work, reference: str) -> UUID | None:
    """Find a queue item by what an alert calls it."""
    return work.session.scalar(select(Concern.id).where(Concern.reference == reference))


def reference_is_taken(work: Work, reference: str) -> bool:
    """Whether a reference is in use."""
    return bool(work.session.scalar(select(exists().where(Concern.reference == reference))))


def raised_since(work: Work, person_id: UUID, since: dt.datetime) -> bool:
    """Whether the screen has found a concern in a person's messages since a moment."""
    return bool(
        work.session.scalar(
            select(
                exists().where(
                    Concern.person_id == person_id,
                    Concern.reason == Reason.CONCERN,
                    Concern.raised_at >= since,
                )
            )
        )
    )


def queue(work: Work, *, closed: bool = False, limit: int = 200, offset: int = 0) -> Sequence[Concern]:
    """Return a page of the queue.

    What nobody has taken stands first, the most urgent of it on top, then by clock; the closed ones newest first.
    """
    query = select(Concern)
    if closed:
        query = query.where(Concern.state == ConcernState.CLOSED).order_by(
            Concern.closed_at.desc(), Concern.id
        )
    else:
        taken_last = case((Concern.state == ConcernState.NEW, 0), else_=1)
        # Route items and old worries, however late, must not bury somebody in danger now.
        urgency = case(URGENCY, value=Concern.tier, else_=len(URGENCY))
        query = query.where(Concern.state != ConcernState.CLOSED).order_by(
            taken_last, urgency, Concern.due_at, Concern.id
        )
    return work.session.scalars(query.limit(limit).offset(offset)).all()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much is not closed."""

    number: int
    overdue: int
    nearest_due: dt.datetime | None


def waiting(work: Work, *, now: dt.datetime) -> Waiting:
    """Count what is not closed, and what of it is late."""
    late = case((Concern.due_at < now, 1), else_=0)
    number, overdue, nearest = work.session.execute(
        select(func.count(Concern.id), func.coalesce(func.sum(late), 0), func.min(Concern.due_at)).where(
            Concern.state != ConcernState.CLOSED
        )
    ).one()
    return Waiting(number, overdue, nearest)


def count_closed(work: Work) -> int:
    """Return how many items are closed."""
    query = select(func.count(Concern.id)).where(Concern.state == ConcernState.CLOSED)
    return work.session.scalar(query) or 0


def of_person(work: Work, person_id: UUID, *, limit: int = 50) -> Sequence[Concern]:
    """Return a person's queue items, newest first."""
    return work.session.scalars(
        select(Concern).where(Concern.person_id == person_id).order_by(Concern.raised_at.desc()).limit(limit)
    ).all()


def still_open(work: Work, *, message_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of some messages have a queue item that is not closed."""
    return set(
        work.session.scalars(
            select(Concern.message_id).where(
                Concern.message_id.in_(message_ids), Concern.state != ConcernState.CLOSED
            )
        )
    )


def open_in_conversation(work: Work, conversation_id: UUID) -> Sequence[Concern]:
    """Return the queue items of a conversation that are not closed, by clock."""
    return work.session.scalars(
        select(Concern)
        .where(Concern.conversation_id == conversation_id, Concern.state != ConcernState.CLOSED)
        .order_by(Concern.due_at, Concern.id)
    ).all()


def most_urgent_open(work: Work, person_id: UUID) -> Concern | None:
    """Find a person's open item that is due first."""
    return work.session.scalar(
        select(Concern)
        .where(Concern.person_id == person_id, Concern.state != ConcernState.CLOSED)
        .order_by(Concern.due_at, Concern.id)
        .limit(1)
    )


def has_urgent_one(work: Work, person_id: UUID) -> bool:
    """Whether a person has an item of the two highest tiers that is not closed."""
    return bool(
        work.session.scalar(
            select(
                exists().where(
                    Concern.person_id == person_id,
                    Concern.state != ConcernState.CLOSED,
                    Concern.tier.in_(("T0", "T1")),
                )
            )
        )
    )


def people_with_urgent_ones(work: Work) -> set[UUID]:
    """Return whose items of the two highest tiers are not closed: they are not asked survey questions."""
    rows = work.session.scalars(
        select(Concern.person_id).where(
            Concern.person_id.is_not(None),
            Concern.state != ConcernState.CLOSED,
            Concern.tier.in_(("T0", "T1")),
        )
    )
    return {person_id for person_id in rows if person_id is not None}
