"""What was said around a message, both ways, in order."""

import datetime as dt
from dataclasses import dataclass

from app.storage import messages, outbox
from app.storage.database import Work
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage, OutboxState

NEAR = dt.timedelta(hours=48)
"""As long as one go through a survey may take."""
UNSENT = (OutboxState.FAILED, OutboxState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a thread."""

    is_theirs: bool
    text: str
    at: dt.datetime
    channel: str
    is_this_one: bool
    """Whether it is the message that the thread was opened for."""
    was_not_sent: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """What stands near a message, and what was said long before."""

    near: tuple[Said, ...]
    earlier: tuple[Said, ...]


def around(work: Work, message: InboundMessage) -> Thread:
    """Return the thread that a message stands in, oldest first."""
    if message.person_id is not None:
        theirs = messages.of_person(work, message.person_id)
        ours = outbox.of_person(work, message.person_id)
    elif message.conversation_id is not None:
        theirs = messages.of_conversation(work, message.conversation_id)
        ours = outbox.of_conversation(work, message.conversation_id)
    else:
        theirs, ours = [message], outbox.answering(work, message.id)
    said = [_theirs(work, row, message) for row in theirs] + [_ours(work, row) for row in ours]
    if message.id not in {row.id for row in theirs}:
        said.append(_theirs(work, message, message))
    # At the same moment their message comes first: ours answers it.
    said.sort(key=lambda one: (one.at, not one.is_theirs))
    begun = message.received_at - NEAR
    return Thread(
        near=tuple(one for one in said if one.at >= begun),
        earlier=tuple(one for one in said if one.at < begun),
    )


def _theirs(work: Work, row: InboundMessage, opened: InboundMessage) -> Said:
    return Said(
        is_theirs=True,
        text=work.unseal(row, "body_sealed") or "",
        at=row.received_at,
        channel=row.channel,
        is_this_one=row.id == opened.id,
        was_not_sent=False,
    )


def _ours(work: Work, row: OutboxMessage) -> Said:
    return Said(
        is_theirs=False,
        text=work.unseal(row, "body_sealed") or "",
        at=row.made_at,
        channel="web" if row.transport == "web" else "sms",
        is_this_one=False,
        was_not_sent=row.state in UNSENT,
    )
