"""Receive a message: store it once, screen it, act on it, and know what to say back: all in one commit."""

import datetime as dt

from app.analysis.clocks import Tier
from app.shared.messages import IncomingMessage, OptOutType, Reply
from app.storage import messages, outbox
from app.storage.concerns import Reason
from app.storage.conversations import OPEN_STATUSES, ConversationStatus
from app.storage.outbox import OutboxMessage, OutboxState
from app.usecases import raising, replies
from app.usecases.exchange import Exchange, meet
from app.usecases.toolkit import Toolkit

ANSWERED_BY_PROVIDER = (OptOutType.STOP, OptOutType.HELP)
"""Where the provider has said something itself, we say nothing on top."""


def receive(toolkit: Toolkit, message: IncomingMessage) -> Reply:
    """Receive one message and return what goes straight back.

    A second delivery gets the same reply and changes nothing. The words are kept, screened and queued for a
    person whatever else goes wrong with them.
    """
    with toolkit.database.begin() as work:
        row = messages.claim(work, message, at=toolkit.clock())
        if row is None:
            return Reply(messages.stored_reply(work, message.provider, message.provider_id))
        exchange = meet(toolkit, work, row, message)
        tier = raising.screen_message(exchange)
        said = _act(exchange, tier)
        texts = () if message.opt_out in ANSWERED_BY_PROVIDER else said
        messages.store_reply(work, row, texts)
        _record_what_we_said(exchange, texts)
        return Reply(texts)


def _act(exchange: Exchange, tier: Tier | None) -> tuple[str, ...]:
    try:
        with exchange.work.session.begin_nested():
            return replies.answer(exchange, tier)
    except Exception:  # noqa: BLE001 — the words are kept and a person reads them, whatever our mistake was
        return _leave_to_a_person(exchange)


def _leave_to_a_person(exchange: Exchange) -> tuple[str, ...]:
    exchange.row.taken_as = "failed"
    raising.raise_item(exchange, Reason.UNSCREENED, Tier.T1)
    if exchange.conversation is not None and exchange.conversation.status in OPEN_STATUSES:
        exchange.conversation.status = ConversationStatus.PAUSED
    return raising.support_words(exchange)


def _record_what_we_said(exchange: Exchange, texts: tuple[str, ...]) -> None:
    for place, text in enumerate(texts):
        row = OutboxMessage(
            transport="twiml" if exchange.is_text else "web",
            purpose="reply",
            person_id=exchange.row.person_id,
            answers_id=exchange.row.id,
            conversation_id=exchange.row.conversation_id,
            state=OutboxState.CARRIED,
            attempts=0,
            due_at=exchange.now,
            # A microsecond apart, so that whoever reads the conversation later sees our texts in their order.
            made_at=exchange.now + dt.timedelta(microseconds=place),
        )
        outbox.add(exchange.work, row, to=exchange.message.from_phone, body=text)
