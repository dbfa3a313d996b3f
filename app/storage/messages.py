"""Every message that came in, once each, with the reply it got."""

import datetime as dt
import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from app.shared.messages import IncomingMessage
from app.storage.base import Base, WithId
from app.storage.database import Work, insert_once, locked


class InboundMessage(WithId, Base):
    """One text or web reply, verbatim and sealed. Kept 12 months, then cut down to its tags (guide 3.5)."""

    __tablename__ = "inbound_messages"
    __table_args__ = (UniqueConstraint("provider", "provider_id"),)

    channel: Mapped[str]
    provider: Mapped[str]
    account: Mapped[str]
    provider_id: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    phone_sealed: Mapped[str | None]
    """The sender's number, so that a stranger or a stopped number can be rung."""
    phone_fingerprint: Mapped[str | None] = mapped_column(index=True)
    """By which a stranger who writes again is known."""
    body_sealed: Mapped[str]
    reply_sealed: Mapped[str | None]
    """What we said straight back, as a JSON list; a second delivery gets the same."""
    taken_as: Mapped[str | None]
    """What we took it for: "answer", "join", "command:stop", "stranger" … never a word of it."""
    screening: Mapped[str | None]
    """ "clear", "concern", or "unscreened" where the screen failed and a person must read it."""
    opt_out: Mapped[str | None]
    media_count: Mapped[int]
    has_words: Mapped[bool]
    """Whether there is more to it than one digit or Skip: something that a person has to read."""
    read_at: Mapped[dt.datetime | None]
    """When somebody pressed Read beside a message that is neither an answer nor a command."""
    read_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    sent_at: Mapped[dt.datetime | None]
    received_at: Mapped[dt.datetime] = mapped_column(index=True)


def claim(work: Work, message: IncomingMessage, *, at: dt.datetime) -> InboundMessage | None:
    """Store a message as its first delivery, or return None where it was stored before."""
    row = InboundMessage(
        channel=message.channel,
        provider=message.provider,
        account=message.account,
        provider_id=message.provider_id,
        conversation_id=message.conversation_id,
        opt_out=message.opt_out,
        media_count=message.media_count,
        has_words=_has_words(message.text),
        sent_at=message.sent_at,
        received_at=at,
    )
    work.seal(row, "body_sealed", message.text)
    work.seal(row, "phone_sealed", message.from_phone)
    if message.from_phone is not None:
        row.phone_fingerprint = work.sealer.fingerprint(message.from_phone)
    won = insert_once(work, row, unique=("provider", "provider_id"))
    return work.session.get_one(InboundMessage, row.id) if won else None


def _has_words(text: str) -> bool:
    said = text.strip().rstrip(".").casefold()
    return said not in {"", "skip"} and not (len(said) == 1 and said.isdecimal())


def wrote_before(work: Work, row: InboundMessage, *, since: dt.datetime) -> bool:
    """Whether the sender of a text wrote another one since a moment."""
    return bool(
        work.session.scalar(
            select(
                exists().where(
                    InboundMessage.phone_fingerprint == row.phone_fingerprint,
                    InboundMessage.id != row.id,
                    InboundMessage.received_at >= since,
                )
            )
        )
    )


def stored_reply(work: Work, provider: str, provider_id: str) -> tuple[str, ...]:
    """Return what the first delivery of a message was answered with."""
    row = work.session.scalars(
        select(InboundMessage).where(
            InboundMessage.provider == provider, InboundMessage.provider_id == provider_id
        )
    ).one()
    reply = work.unseal(row, "reply_sealed")
    return () if reply is None else tuple(json.loads(reply))


def store_reply(work: Work, row: InboundMessage, texts: Sequence[str]) -> None:
    """Keep what a message was answered with."""
    work.seal(row, "reply_sealed", json.dumps(list(texts)))


def get(work: Work, message_id: UUID) -> InboundMessage:
    """Return a message."""
    return work.session.get_one(InboundMessage, message_id)


def lock(work: Work, message_id: UUID) -> InboundMessage:
    """Return a message with its row locked."""
    return work.session.scalars(locked(select(InboundMessage).where(InboundMessage.id == message_id))).one()


def of_conversation(work: Work, conversation_id: UUID, *, limit: int = 200) -> Sequence[InboundMessage]:
    """Return the messages of a conversation, oldest first."""
    return work.session.scalars(
        select(InboundMessage)
        .where(InboundMessage.conversation_id == conversation_id)
        .order_by(InboundMessage.received_at, InboundMessage.id)
        .limit(limit)
    ).all()


def of_person(work: Work, person_id: UUID, *, limit: int = 60) -> Sequence[InboundMessage]:
    """Return a person's messages, newest first."""
    return work.session.scalars(
        select(InboundMessage)
        .where(InboundMessage.person_id == person_id)
        .order_by(InboundMessage.received_at.desc(), InboundMessage.id)
        .limit(limit)
    ).all()


def find_newest(work: Work, conversation_id: UUID) -> InboundMessage | None:
    """Find the message of a conversation that came last."""
    return work.session.scalar(
        select(InboundMessage)
        .where(InboundMessage.conversation_id == conversation_id)
        .order_by(InboundMessage.received_at.desc(), InboundMessage.id.desc())
        .limit(1)
    )


def reply_to(work: Work, row: InboundMessage) -> tuple[str, ...]:
    """Return what a message was answered with."""
    reply = work.unseal(row, "reply_sealed")
    return () if reply is None else tuple(json.loads(reply))


def texts_of(work: Work, person_id: UUID | None, *, limit: int = 50) -> Sequence[InboundMessage]:
    """Return somebody's newest texts, oldest first; of None, those of numbers that we do not know."""
    newest = work.session.scalars(
        select(InboundMessage)
        .where(InboundMessage.person_id == person_id, InboundMessage.channel == "sms")
        .order_by(InboundMessage.received_at.desc(), InboundMessage.id.desc())
        .limit(limit)
    ).all()
    return newest[::-1]
