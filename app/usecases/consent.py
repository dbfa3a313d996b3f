"""Joining: nothing is asked before a young person said yes and was told who reads it (guide 4.4, rule 3)."""

import datetime as dt

from app.flows import engine
from app.flows.engine import Turn
from app.flows.survey import Survey
from app.flows.wording import MessageKey
from app.storage import surveys
from app.storage.conversations import Conversation
from app.storage.database import Work
from app.storage.invitations import Invitation
from app.usecases import turns
from app.usecases.exchange import Exchange
from app.usecases.toolkit import Toolkit


def join_by_text(exchange: Exchange, invitation: Invitation) -> tuple[str, ...]:
    """Take a plain 1 as yes; say the limits of confidentiality, then ask the first question."""
    turn = _first_turn(exchange.work, invitation)
    conversation = _open(exchange.toolkit, exchange.work, invitation, turn, now=exchange.now)
    exchange.row.conversation_id = conversation.id
    return (exchange.say(MessageKey.M2_LIMITS), turn.reply_text)


def join_by_page(toolkit: Toolkit, work: Work, invitation: Invitation, *, now: dt.datetime) -> Conversation:
    """Take the button below the limits of confidentiality as yes; the page itself asks the first question."""
    return _open(toolkit, work, invitation, _first_turn(work, invitation), now=now)


def _first_turn(work: Work, invitation: Invitation) -> Turn:
    return engine.start(Survey.from_json(surveys.get(work, invitation.survey_id).definition))


def _open(
    toolkit: Toolkit, work: Work, invitation: Invitation, turn: Turn, *, now: dt.datetime
) -> Conversation:
    """Keep the dated yes with its wording, and open the conversation."""
    invitation.joined_at = now
    invitation.joined_wording = toolkit.council.wording_version
    return turns.open_conversation(work, invitation.survey_id, turn, invitation=invitation, now=now)
