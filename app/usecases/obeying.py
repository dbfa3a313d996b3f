"""Do what a command asks: STOP, START, HELP, CALL ME, who is this, wrong number (guide 4.5 and 6.4)."""

import datetime as dt
from typing import assert_never

from app.analysis.clocks import Tier
from app.flows import engine
from app.flows.commands import Command
from app.flows.wording import MessageKey
from app.storage import concerns, invitations, outbox
from app.storage.concerns import ConcernState, Reason
from app.storage.conversations import OPEN_STATUSES, ConversationStatus
from app.storage.people import Person
from app.usecases import raising
from app.usecases.exchange import Exchange
from app.usecases.hours import ring_until

CALL_TODAY, CALL_LATER = "call_today", "call_later"
CALL_TIMES = {
    CALL_TODAY: {"1": "today", "2": "another day", "3": "please text, do not ring"},
    CALL_LATER: {"1": "another day", "2": "please text, do not ring"},
}
"""What the digits of the CALL ME question mean, by which of the two was asked (guide 4.5, M12)."""

PROMPT_OPEN_FOR = dt.timedelta(hours=48)


def obey(exchange: Exchange, command: Command, tier: Tier | None) -> tuple[str, ...]:
    """Do what a command asks and return what we say."""
    match command:
        case Command.STOP:
            return _stop(exchange, MessageKey.M8_STOP)
        case Command.START:
            return _start(exchange)
        case Command.HELP:
            raising.raise_item(exchange, Reason.HELP, Tier.T2)
            return (_help(exchange),)
        case Command.CALL_ME:
            return _call_me(exchange)
        case Command.WHO:
            raising.raise_item(exchange, Reason.WHO, Tier.ROUTE)
            said = (exchange.say(MessageKey.WHO),)
            return said if tier is None else (*said, *raising.support_words(exchange))
        case Command.WRONG_NUMBER:
            if exchange.person is not None:
                exchange.person.number_doubted_at = exchange.now
            raising.raise_item(exchange, Reason.WRONG_NUMBER, Tier.ROUTE)
            return _stop(exchange, MessageKey.WRONG_NUMBER)
        case _:
            assert_never(command)


def obey_stranger(exchange: Exchange, command: Command, tier: Tier | None) -> tuple[str, ...]:
    """Do what somebody asks whose number we do not know, as far as it can be done."""
    match command:
        case Command.HELP:
            raising.raise_item(exchange, Reason.HELP, Tier.T2)
            return (exchange.say(MessageKey.M7_HELP),)
        case Command.CALL_ME:
            raising.raise_item(exchange, Reason.CALL_ME, Tier.T2)
            return (exchange.say(MessageKey.CALL_TIME_NOTED),)
        case Command.STOP:
            return (exchange.say(MessageKey.M8_STOP),)
        case Command.WRONG_NUMBER:
            return (exchange.say(MessageKey.WRONG_NUMBER),)
        case Command.WHO | Command.START:
            said = (exchange.say(MessageKey.WHO),)
            return said if tier is None else (*said, *raising.support_words(exchange))
        case _:
            assert_never(command)


def take_call_time(exchange: Exchange, person: Person) -> tuple[str, ...] | None:
    """Take the reply to "when may we ring you?" and give the survey's question back.

    Returns None where no such question is open, or the reply is about something else.
    """
    if person.open_prompt not in CALL_TIMES or person.open_prompt_concern_id is None:
        return None
    concern = concerns.find(exchange.work, person.open_prompt_concern_id)
    chosen = CALL_TIMES[person.open_prompt].get(exchange.message.text.strip().rstrip("."))
    person.open_prompt = None
    person.open_prompt_concern_id = None
    if concern is None or chosen is None or exchange.now - concern.raised_at > PROMPT_OPEN_FOR:
        return None
    exchange.row.taken_as = "call_time"
    if concern.state == ConcernState.CLOSED:
        # Somebody has closed the first request meanwhile: this is a new one, and their note stays.
        concern = raising.raise_item(exchange, Reason.CALL_ME, Tier.T2)
    notes = (exchange.work.unseal(concern, "note_sealed"), f"When to ring: {chosen}.")
    exchange.work.seal(concern, "note_sealed", "\n".join(note for note in notes if note))
    noted = exchange.say(MessageKey.CALL_TIME_NOTED)
    conversation = exchange.conversation
    if conversation is None or conversation.status != ConversationStatus.ASKING:
        return (noted,)
    survey, state = exchange.standing(conversation)
    return (noted, engine.ask_again(survey, state).reply_text)


def _stop(exchange: Exchange, key: MessageKey) -> tuple[str, ...]:
    conversation = exchange.conversation
    if conversation is not None and conversation.status in OPEN_STATUSES:
        conversation.status = ConversationStatus.STOPPED
        conversation.ended_at = exchange.now
    person = exchange.person
    if person is None:
        return (exchange.say(MessageKey.THANKS),)
    person.texts_stopped_at = person.texts_stopped_at or exchange.now
    person.open_prompt = None
    invitation = invitations.find_open(exchange.work, person.id)
    if invitation is not None:
        invitation.ended_at = exchange.now
    outbox.cancel_waiting(exchange.work, person.id)
    return (exchange.say(key),)


def _start(exchange: Exchange) -> tuple[str, ...]:
    if exchange.person is not None:
        exchange.person.texts_stopped_at = None
    return (exchange.say(MessageKey.STARTED),)


def _help(exchange: Exchange) -> str:
    # A visitor of the open link has no number that we could ring.
    return exchange.say(MessageKey.ANONYMOUS_HELP if exchange.person is None else MessageKey.M7_HELP)


def _call_me(exchange: Exchange) -> tuple[str, ...]:
    person = exchange.person
    if person is None:
        return (_help(exchange),)
    concern = raising.raise_item(exchange, Reason.CALL_ME, Tier.T2)
    person.open_prompt_concern_id = concern.id
    today = ring_until(exchange.now, exchange.toolkit.week)
    if today is None:
        person.open_prompt = CALL_LATER
        return (exchange.say(MessageKey.M12_CALL_ME_LATER),)
    person.open_prompt = CALL_TODAY
    return (exchange.say(MessageKey.M12_CALL_ME, ring_until=today),)
