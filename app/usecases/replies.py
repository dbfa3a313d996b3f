"""Decide what a message is, act on it, and choose our words.

In order: a stranger; a command; somebody who stopped our texts; a question of ours that waits; the survey; an
invitation; anything else. The screen has run before, and its clock changes only what we say and whether the
survey goes on (guide 4.3 and 4.4).
"""

import datetime as dt

from app.analysis.clocks import Tier
from app.flows import commands, engine
from app.flows.commands import Command
from app.flows.engine import Turn
from app.flows.events import ReplyAfterEnd, ReplyNotUnderstood
from app.flows.wording import MessageKey
from app.shared.messages import OptOutType
from app.storage import concerns, invitations, messages, outbox
from app.storage.concerns import Reason
from app.storage.conversations import OPEN_STATUSES, Conversation, ConversationStatus
from app.storage.people import Person
from app.usecases import consent, obeying, raising, turns
from app.usecases.exchange import Exchange

SESSION = dt.timedelta(hours=48)
"""Guide 6.4: a text later than this is not an answer to the old question."""
STRANGER_ONCE_IN = dt.timedelta(days=1)


def answer(exchange: Exchange, tier: Tier | None) -> tuple[str, ...]:
    """Act on a message and return what we say back."""
    person = exchange.person
    if person is None and exchange.is_text:
        return _meet_stranger(exchange, tier)
    if person is not None and exchange.conversation is not None and exchange.is_text:
        _end_stale(exchange, exchange.conversation)
    command = _command(exchange)
    if command is not None:
        exchange.row.taken_as = f"command:{command.value}"
        return obeying.obey(exchange, command, tier)
    if person is not None and person.texts_stopped_at is not None and exchange.is_text:
        exchange.row.taken_as = "after_stop"
        is_urgent = concerns.has_urgent_one(exchange.work, person.id)
        raising.raise_item(exchange, Reason.STOPPED_NUMBER, Tier.T1 if is_urgent else Tier.T2)
        return ()
    noted = None if person is None else obeying.take_call_time(exchange, person)
    return _beyond_commands(exchange, person, tier) if noted is None else noted


BY_PROVIDER = {OptOutType.STOP: Command.STOP, OptOutType.HELP: Command.HELP}


def _command(exchange: Exchange) -> Command | None:
    """Return the command of a message: by its words, or because the provider took it for one.

    The provider's START means one only for somebody who had stopped: "YES" may be an answer.
    """
    person, opt_out = exchange.person, exchange.message.opt_out
    if opt_out is OptOutType.START and person is not None and person.texts_stopped_at is not None:
        return Command.START
    said = commands.recognise(exchange.message.text)
    return said if said is not None or opt_out is None else BY_PROVIDER.get(opt_out)


def _beyond_commands(exchange: Exchange, person: Person | None, tier: Tier | None) -> tuple[str, ...]:
    conversation = exchange.conversation
    if conversation is not None and conversation.status in OPEN_STATUSES:
        return _go_on(exchange, conversation, tier)
    invitation = None if person is None else invitations.find_open(exchange.work, person.id)
    if person is not None and invitation is not None and _says_yes(exchange, person):
        if concerns.has_urgent_one(exchange.work, person.id):
            exchange.row.taken_as = "join_on_hold"
            return (exchange.say(MessageKey.PAUSED),)
        exchange.row.taken_as = "join"
        return consent.join_by_text(exchange, invitation)
    exchange.row.taken_as = "unsolicited"
    if tier is not None:
        return raising.support_words(exchange)
    return (exchange.say(MessageKey.NOT_JOINED if invitation else MessageKey.THANKS),)


def _says_yes(exchange: Exchange, person: Person) -> bool:
    """Whether this is a yes to our invitation: texted, a plain 1, and to a text that has gone out."""
    return (
        exchange.is_text
        and commands.is_join(exchange.message.text)
        and not outbox.invite_waits(exchange.work, person.id)
    )


def _meet_stranger(exchange: Exchange, tier: Tier | None) -> tuple[str, ...]:
    """Ask a stranger who they are, once a day; queue them once a day, but every HELP and every concern."""
    known_today = messages.wrote_before(exchange.work, exchange.row, since=exchange.now - STRANGER_ONCE_IN)
    exchange.row.taken_as = "stranger_again" if known_today else "stranger"
    if not known_today:
        raising.raise_item(exchange, Reason.STRANGER, Tier.ROUTE)
    command = _command(exchange)
    if command is not None:
        exchange.row.taken_as = f"command:{command.value}"
        return obeying.obey_stranger(exchange, command, tier)
    if tier is not None:
        return raising.support_words(exchange)
    # A machine that answers each of our texts must not go on for ever.
    return () if known_today else (exchange.say(MessageKey.M11_STRANGER),)


def _end_stale(exchange: Exchange, conversation: Conversation) -> None:
    waited = exchange.now - conversation.touched_at
    waits = (ConversationStatus.ASKING, ConversationStatus.CHOOSING)
    if conversation.status in waits and waited > SESSION:
        conversation.status = ConversationStatus.STOPPED
        conversation.ended_at = exchange.now


def _go_on(exchange: Exchange, conversation: Conversation, tier: Tier | None) -> tuple[str, ...]:
    if not exchange.is_text and exchange.message.answers_turn != conversation.turn:
        exchange.row.taken_as = "late_page"
        return () if tier is None else _after_concern(exchange, conversation, tier)
    match ConversationStatus(conversation.status):
        case ConversationStatus.PAUSED:
            exchange.row.taken_as = "while_paused"
            raising.alert_again(exchange)
            return raising.support_words(exchange)
        case ConversationStatus.CHOOSING:
            return _choose(exchange, conversation, tier)
        case _:
            return _take_answer(exchange, conversation, tier)


def _take_answer(exchange: Exchange, conversation: Conversation, tier: Tier | None) -> tuple[str, ...]:
    turn = turns.take_reply(exchange, conversation)
    exchange.row.taken_as = _what_it_was(turn)
    if tier is not None:
        return _after_concern(exchange, conversation, tier)
    return (turn.reply_text,) if turn.reply_text else ()


def _what_it_was(turn: Turn) -> str:
    for event in turn.events:
        match event:
            case ReplyNotUnderstood():
                return "unclear"
            case ReplyAfterEnd():
                return "after_end"
            case _:
                continue
    return "answer"


def _after_concern(exchange: Exchange, conversation: Conversation, tier: Tier) -> tuple[str, ...]:
    """Pause for the two highest tiers; for the next let the young person choose, where there is more to ask."""
    if conversation.status in (ConversationStatus.FINISHED, ConversationStatus.PAUSED):
        # A pause is never loosened by a lesser worry.
        return raising.support_words(exchange)
    if tier in raising.PAUSING:
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
