"""Joining: nothing is asked before a young person said yes and was told who reads it (guide 4.4, rule 3)."""

from app.flows import engine
from app.flows.engine import Turn
from app.flows.survey import Survey
from app.flows.wording import MessageKey
from app.storage import surveys
from app.storage.conversations import Conversation
from app.storage.invitations import Invitation
from app.usecases import turns
from app.usecases.exchange import Exchange


def join_by_text(exchange: Exchange, invitation: Invitation) -> tuple[str, ...]:
    """Take a plain 1 as yes; say the limits of confidentiality, then ask the first question."""
    survey = Survey.from_json(surveys.get(exchange.work, invitation.survey_id).definition)
    turn = engine.start(survey)
    conversation = open_for_invitation(exchange, invitation, turn)
    exchange.row.conversation_id = conversation.id
    return (exchange.say(MessageKey.M2_LIMITS), turn.reply_text)


def open_for_invitation(exchange: Exchange, invitation: Invitation, turn: Turn) -> Conversation:
    """Keep the dated yes with its wording, and open the conversation."""
    invitation.joined_at = exchange.now
    invitation.joined_wording = exchange.toolkit.council.wording_version
    return turns.open_conversation(
        exchange.work, invitation.survey_id, turn, invitation=invitation, now=exchange.now
    )
