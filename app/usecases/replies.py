"""Decide what a message is, act on it, and choose our words.

In order: a stranger; a command; somebody who stopped our texts; a question of ours that waits; the survey; an
invitation; anything else. The screen has run before, and its clock changes only what we say and whether the
survey goes on (guide 4.3 and 4.4).
"""

import datetime as dt

from app.analysis.clocks import Tier
from app.flows import commands, engine
from app.flows.commands import Command
from app.flows.wording import MessageKey
from app.storage import invitations
from app.storage.concerns import Reason
from app.storage.conversations import OPEN_STATUSES, Conversation, ConversationStatus
from app.storage.people import Person
from app.usecases import consent, obeying, raising, turns
from app.usecases.exchange import Exchange

SESSION = dt.timedelta(hours=48)
"""Guide 6.4: a text later than this is not an answer to the old question."""

PAUSING = (Tier.T0, Tier.T1)


def answer(exchange: Exchange, tier: Tier | None) -> tuple[str, ...]:
    """Act on a message and return what we say back."""
    person = exchange.person
    if person is None and exchange.is_text:
        return _meet_stranger(exchange, tier)
    if person is not None and exchange.conversation is not None and exchange.is_text:
        _end_stale(exchange, exchange.conversation)
    command = commands.recognise(exchange.message.text)
    if command is not None:
        exchange.row.taken_as = f"command:{command.value}"
        return obeying.obey(exchange, command, tier)
    if person is not None and person.texts_stopped_at is not None and exchange.is_text:
        exchange.row.taken_as = "after_stop"
        raising.raise_item(exchange, Reason.STOPPED_NUMBER, Tier.T2)
        return ()
    noted = None if person is None else obeying.take_call_time(exchange, person)
    return _beyond_commands(exchange, person, tier) if noted is None else noted


def _beyond_commands(exchange: Exchange, person: Person | None, tier: Tier | None) -> tuple[str, ...]:
    conversation = exchange.conversation
    if conversation is not None and conversation.status in OPEN_STATUSES:
        return _go_on(exchange, conversation, tier)
    invitation = None if person is None else invitations.find_open(exchange.work, person.id)
    if invitation is not None and commands.is_join(exchange.message.text):
        exchange.row.taken_as = "join"
        return consent.join_by_text(exchange, invitation)
    exchange.row.taken_as = "unsolicited"
    if tier is not None:
        return raising.support_words(exchange)
    return (exchange.say(MessageKey.NOT_JOINED if invitation else MessageKey.THANKS),)


def _meet_stranger(exchange: Exchange, tier: Tier | None) -> tuple[str, ...]:
    exchange.row.taken_as = "stranger"
    raising.raise_item(exchange, Reason.STRANGER, Tier.ROUTE)
    if tier is not None:
        return raising.support_words(exchange)
    if commands.recognise(exchange.message.text) is Command.HELP:
        return (exchange.say(MessageKey.M7_HELP),)
    return (exchange.say(MessageKey.M11_STRANGER),)


def _end_stale(exchange: Exchange, conversation: Conversation) -> None:
    waited = exchange.now - conversation.touched_at
    if conversation.status == ConversationStatus.ASKING and waited > SESSION:
        conversation.status = ConversationStatus.STOPPED
        conversation.ended_at = exchange.now


def _go_on(exchange: Exchange, conversation: Conversation, tier: Tier | None) -> tuple[str, ...]:
    if not exchange.is_text and exchange.message.answers_turn != conversation.turn:
        exchange.row.taken_as = "late_page"
        return () if tier is None else _after_concern(exchange, conversation, tier)
    match ConversationStatus(conversation.status):
        case ConversationStatus.PAUSED:
            exchange.row.taken_as = "while_paused"
            return raising.support_words(exchange)
        case ConversationStatus.CHOOSING:
            return _choose(exchange, conversation, tier)
        case _:
            return _take_answer(exchange, conversation, tier)


def _take_answer(exchange: Exchange, conversation: Conversation, tier: Tier | None) -> tuple[str, ...]:
    turn = turns.take_reply(exchange, conversation)
    exchange.row.taken_as = "answer"
    if tier is not None:
        return _after_concern(exchange, conversation, tier)
    return (turn.reply_text,) if turn.reply_text else ()


def _after_concern(exchange: Exchange, conversation: Conversation, tier: Tier) -> tuple[str, ...]:
    """Pause for the two highest tiers; for the next let the young person choose, where there is more to ask."""
    if conversation.status == ConversationStatus.FINISHED:
        return raising.support_words(exchange)
    if tier in PAUSING:
        conversation.status = ConversationStatus.PAUSED
        return raising.support_words(exchange)
    if tier is Tier.T2:
        conversation.status = ConversationStatus.CHOOSING
        return (exchange.say(MessageKey.M5B_LOW_TIER),)
    return raising.support_words(exchange)


def _choose(exchange: Exchange, conversation: Conversation, tier: Tier | None) -> tuple[str, ...]:
    exchange.row.taken_as = "choice"
    conversation.touched_at = exchange.now
    conversation.turn += 1
    if tier is not None:
        return _after_concern(exchange, conversation, tier)
    match exchange.message.text.strip().rstrip("."):
        case "1":
            conversation.status = ConversationStatus.ASKING
            survey, state = exchange.standing(conversation)
            return (engine.ask_again(survey, state).reply_text,)
        case "2":
            conversation.status = ConversationStatus.STOPPED
            conversation.ended_at = exchange.now
            return (exchange.say(MessageKey.THANKS),)
        case _:
            return (exchange.say(MessageKey.CARRY_ON),)
