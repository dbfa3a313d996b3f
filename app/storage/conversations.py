"""Conversations: where each person stands in the survey version that they started."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, WithId
from app.storage.database import Work


class ConversationStatus(StrEnum):
    """Whether questions are being asked."""

    ASKING = "asking"
    PAUSED = "paused"
    """A concern was raised: nothing more is asked until a person decides."""
    CHOOSING = "choosing"
    """A lesser worry was raised: the young person chooses whether to go on."""
    FINISHED = "finished"
    STOPPED = "stopped"


OPEN_STATUSES = (ConversationStatus.ASKING, ConversationStatus.PAUSED, ConversationStatus.CHOOSING)


class Conversation(WithId, Base):
    """One go through a survey version. Its state is sealed; kept with its answers."""

    __tablename__ = "conversations"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey_versions.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    """None for a visitor of an open link, whom we cannot know."""
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitations.id"), unique=True)
    status: Mapped[str]
    state_sealed: Mapped[str]
    """The engine's state as JSON (app.flows.state)."""
    turn: Mapped[int]
    """Counts the replies acted on; a reply to an earlier turn is kept but not taken as an answer."""
    started_at: Mapped[dt.datetime]
    touched_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


def open_for(work: Work, person_id: UUID) -> Conversation | None:
    """Find a person's open conversation, newest first, and lock it."""
    return work.session.scalar(
        select(Conversation)
        .where(Conversation.person_id == person_id, Conversation.status.in_(OPEN_STATUSES))
        .order_by(Conversation.started_at.desc(), Conversation.id)
        .limit(1)
        .with_for_update(key_share=True)
    )


def lock(work: Work, conversation_id: UUID) -> Conversation | None:
    """Find a conversation and lock it.

    The lock leaves room for rows that only point here (FOR NO KEY UPDATE): a web reply points at its conversation
    before it takes the lock, and two replies at one moment would otherwise wait for each other for ever. What
    was read before the lock was waited for is read again.
    """
    return work.session.scalar(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def get(work: Work, conversation_id: UUID) -> Conversation:
    """Return a conversation."""
    return work.session.get_one(Conversation, conversation_id)


def find_for_invitation(work: Work, invitation_id: UUID) -> Conversation | None:
    """Find the conversation that an invitation led to."""
    return work.session.scalar(select(Conversation).where(Conversation.invitation_id == invitation_id))


def newest_of_each(work: Work) -> dict[UUID, Conversation]:
    """Return each person's newest conversation, to read it only."""
    rows = work.session.scalars(
        select(Conversation)
        .where(Conversation.person_id.is_not(None))
        .order_by(Conversation.started_at, Conversation.id)
    )
    return {row.person_id: row for row in rows if row.person_id is not None}


def busy_people(work: Work, *, since: dt.datetime) -> set[UUID]:
    """Return who is in the middle of a survey: on hold for a person's decision, or active since a moment."""
    rows = work.session.scalars(
        select(Conversation.person_id).where(
            Conversation.person_id.is_not(None),
            or_(
                Conversation.status == ConversationStatus.PAUSED,
                Conversation.status.in_(OPEN_STATUSES) & (Conversation.touched_at >= since),
            ),
        )
    )
    return {person_id for person_id in rows if person_id is not None}
