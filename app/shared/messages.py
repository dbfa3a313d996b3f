"""A message as it travels between the channels and the use cases, whatever carried it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """How somebody talks with us."""

    SMS = "sms"
    WEB = "web"


class OptOutType(StrEnum):
    """What the provider has already answered by itself (Twilio's OptOutType)."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One text or web reply, as it came."""

    channel: Channel
    provider: str
    """Who handed it to us: "twilio" or "web"."""
    account: str
    """The provider's account it came through; empty on the web."""
    provider_id: str
    """The id that makes a second delivery recognisable (Twilio's MessageSid; on the web the turn it answers)."""
    text: str
    """What they wrote, verbatim."""
    from_phone: str | None = None
    """E.164; None on the web."""
    conversation_id: UUID | None = None
    """The conversation that a web link opens; None for a text."""
    answers_turn: int | None = None
    """The version of the conversation that the web page showed; None for a text."""
    sent_at: dt.datetime | None = None
    """When the provider says it was sent; aware."""
    opt_out: OptOutType | None = None
    media_count: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes straight back; no texts means that we say nothing."""

    texts: tuple[str, ...] = ()
