"""The outbox: everything we send, one row each, with what became of it.

States: ready → calling → sent | retry | failed | uncertain; ready or retry → cancelled; carried (rode back on a
webhook's answer or a web page). "calling" is committed before the provider is asked, so that a crash in between
shows as uncertain and is never blindly sent again. A provider's report settles what is uncertain. Alerts are sent
again until somebody has their item (see alerts).
"""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, case, exists, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, WithId
from app.storage.database import Work, insert_once, locked


class OutboxState(StrEnum):
    """What became of a message that we send."""

    READY = "ready"
    CALLING = "calling"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    CARRIED = "carried"


ALERT = "alert"
"""The purpose of what goes to staff: at least once."""

WAITING = (OutboxState.READY, OutboxState.RETRY)

NOT_ARRIVED = ("undelivered", "failed")
"""What a provider reports of a message that it took and could not bring."""


class OutboxMessage(WithId, Base):
    """One message of ours. Kept 12 months; address and words are sealed."""

    __tablename__ = "outbox"

    transport: Mapped[str]
    """ "sms", "email", "twiml" (rode on the webhook's answer) or "web" (shown on the page)."""
    purpose: Mapped[str]
    """ "invite", "reply" or "alert"."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    answers_id: Mapped[UUID | None] = mapped_column(ForeignKey("inbound_messages.id"), index=True)
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey("concerns.id"), index=True)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    to_sealed: Mapped[str | None]
    body_sealed: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[dt.datetime] = mapped_column(index=True)
    called_at: Mapped[dt.datetime | None]
    provider_id: Mapped[str | None] = mapped_column(index=True)
    error_code: Mapped[str | None]
    delivery: Mapped[str | None]
    """The furthest status that the provider reported: queued, sending, sent, delivered, undelivered, failed."""
    made_at: Mapped[dt.datetime]


class DeliveryReport(WithId, Base):
    """One status callback, as it came. Kept 12 months."""

    __tablename__ = "delivery_reports"

    provider_id: Mapped[str] = mapped_column(index=True)
    status: Mapped[str]
    error_code: Mapped[str | None]
    digest: Mapped[str] = mapped_column(unique=True)
    """What makes a second delivery of the same report recognisable."""
    received_at: Mapped[dt.datetime]


def add(work: Work, row: OutboxMessage, *, to: str | None, body: str) -> OutboxMessage:
    """Add a message with its address and words sealed."""
    work.seal(row, "to_sealed", to)
    work.seal(row, "body_sealed", body)
    work.session.add(row)
    return row


def keep_report(work: Work, report: DeliveryReport) -> bool:
    """Keep a status callback; False where the same one was kept before."""
    return insert_once(work, report, unique=("digest",))


def start_calling(work: Work, outbox_id: UUID, *, now: dt.datetime) -> OutboxMessage | None:
    """Take a waiting message for sending; None where another worker has it, or it is not due.

    What was reported of an earlier try is forgotten: reports of this one start afresh.
    """
    won = work.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == outbox_id, OutboxMessage.state.in_(WAITING), OutboxMessage.due_at <= now)
        .values(
            state=OutboxState.CALLING,
            called_at=now,
            attempts=OutboxMessage.attempts + 1,
            delivery=None,
            provider_id=None,
        )
        .returning(OutboxMessage.id)
    ).scalar_one_or_none()
    return None if won is None else work.session.get_one(OutboxMessage, won)


def get(work: Work, outbox_id: UUID) -> OutboxMessage:
    """Return a message with its row locked."""
    return work.session.scalars(locked(select(OutboxMessage).where(OutboxMessage.id == outbox_id))).one()


def find_by_provider_id(work: Work, provider_id: str) -> OutboxMessage | None:
    """Find the message that a status callback speaks of."""
    return work.session.scalar(locked(select(OutboxMessage).where(OutboxMessage.provider_id == provider_id)))


def find(work: Work, outbox_id: UUID) -> OutboxMessage | None:
    """Find a message by our own reference."""
    return work.session.scalar(locked(select(OutboxMessage).where(OutboxMessage.id == outbox_id)))


def due(work: Work, *, now: dt.datetime, limit: int = 200) -> Sequence[OutboxMessage]:
    """Return the messages that wait to be sent: alerts first, then oldest first."""
    alerts_first = case((OutboxMessage.purpose == ALERT, 0), else_=1)
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state.in_(WAITING), OutboxMessage.due_at <= now)
        .order_by(alerts_first, OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
    ).all()


def give_up_calls(work: Work, *, before: dt.datetime) -> None:
    """Settle what a crashed worker left in mid-call: an alert is sent again, anything else is uncertain.

    An alert that comes twice costs a glance; a text to a young person is never sent again blindly.
    """
    left = (OutboxMessage.state == OutboxState.CALLING) & (OutboxMessage.called_at < before)
    is_alert = OutboxMessage.purpose == ALERT
    work.session.execute(update(OutboxMessage).where(left, is_alert).values(state=OutboxState.RETRY))
    work.session.execute(update(OutboxMessage).where(left, ~is_alert).values(state=OutboxState.UNCERTAIN))


def alerted_since(work: Work, concern_id: UUID, since: dt.datetime) -> bool:
    """Whether an alert about a queue item was made since a moment."""
    return bool(
        work.session.scalar(
            select(exists().where(OutboxMessage.concern_id == concern_id, OutboxMessage.made_at > since))
        )
    )


def invite_waits(work: Work, person_id: UUID) -> bool:
    """Whether an invitation to a person has not gone out yet: a text of theirs cannot be an answer to it."""
    return bool(
        work.session.scalar(
            select(
                exists().where(
                    OutboxMessage.person_id == person_id,
                    OutboxMessage.purpose == "invite",
                    OutboxMessage.state.in_(WAITING),
                )
            )
        )
    )


def cancel_waiting(work: Work, person_id: UUID) -> None:
    """Cancel what is still waiting to be texted to a person."""
    work.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.transport == "sms",
            OutboxMessage.state.in_(WAITING),
        )
        .values(state=OutboxState.CANCELLED)
    )


def of_conversation(work: Work, conversation_id: UUID, *, limit: int = 200) -> Sequence[OutboxMessage]:
    """Return what we said in a conversation, oldest first."""
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.conversation_id == conversation_id)
        .order_by(OutboxMessage.made_at, OutboxMessage.id)
        .limit(limit)
    ).all()


def of_person(work: Work, person_id: UUID, *, limit: int = 60) -> Sequence[OutboxMessage]:
    """Return what we said to a person, newest first."""
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.person_id == person_id)
        .order_by(OutboxMessage.made_at.desc(), OutboxMessage.id)
        .limit(limit)
    ).all()


def answering(work: Work, message_id: UUID) -> Sequence[OutboxMessage]:
    """Return what we said to one message, in order."""
    return work.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.answers_id == message_id)
        .order_by(OutboxMessage.made_at, OutboxMessage.id)
    ).all()


def texts_to(
    work: Work, *, person_id: UUID | None = None, staff_id: UUID | None = None, limit: int = 50
) -> Sequence[OutboxMessage]:
    """Return the newest texts that we started, to somebody, oldest first (the phone simulator reads them)."""
    newest = work.session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.staff_id == staff_id,
            OutboxMessage.transport == "sms",
        )
        .order_by(OutboxMessage.made_at.desc(), OutboxMessage.id.desc())
        .limit(limit)
    ).all()
    return newest[::-1]
