"""Carry out what the engine decided: one small step for each event, in the message's own transaction."""

import datetime as dt
from typing import assert_never
from uuid import UUID

from app.flows import engine
from app.flows.engine import Turn
from app.flows.events import (
    AnswerGiven,
    Event,
    QuestionAsked,
    QuestionSkipped,
    ReplyAfterEnd,
    ReplyNotUnderstood,
    SurveyFinished,
)
from app.flows.survey import Survey
from app.shared.cohorts import Cohort
from app.storage import answers
from app.storage.answers import Answer
from app.storage.conversations import Conversation, ConversationStatus
from app.storage.database import Work
from app.storage.invitations import Invitation
from app.usecases.exchange import Exchange


def take_reply(exchange: Exchange, conversation: Conversation) -> Turn:
    """Let the engine take a reply to the open question, and carry out what it says."""
    survey, state = exchange.standing(conversation)
    turn = engine.resume(survey, state, exchange.message.text)
    for event in turn.events:
        _carry_out(exchange, conversation, survey, event)
    save(exchange.work, conversation, turn, now=exchange.now)
    return turn


def save(work: Work, conversation: Conversation, turn: Turn, *, now: dt.datetime) -> None:
    """Keep where a conversation stands after a turn."""
    work.seal(conversation, "state_sealed", turn.state.to_json())
    conversation.turn += 1
    conversation.touched_at = now


def open_conversation(
    work: Work, survey_id: UUID, turn: Turn, *, invitation: Invitation | None, now: dt.datetime
) -> Conversation:
    """Open a conversation at its first question, for an invited person or for an unknown visitor."""
    conversation = Conversation(
        survey_id=survey_id,
        person_id=None if invitation is None else invitation.person_id,
        invitation_id=None if invitation is None else invitation.id,
        status=ConversationStatus.ASKING,
        turn=0,
        started_at=now,
        touched_at=now,
    )
    work.seal(conversation, "state_sealed", turn.state.to_json())
    work.session.add(conversation)
    work.session.flush()
    return conversation


def _carry_out(exchange: Exchange, conversation: Conversation, survey: Survey, event: Event) -> None:
    match event:
        case AnswerGiven():
            answer = _new_answer(exchange, conversation, survey, event.question_id)
            answer.has_words = bool(event.comment.strip())
            answers.add(exchange.work, answer, value=event.value, text=event.text)
            if answer.has_words:
                exchange.work.wake("tag", answer.id)
        case QuestionSkipped():
            answer = _new_answer(exchange, conversation, survey, event.question_id)
            answer.skipped = True
            answers.add(exchange.work, answer, value=None, text=None)
        case SurveyFinished():
            conversation.status = ConversationStatus.FINISHED
            conversation.ended_at = exchange.now
        case QuestionAsked() | ReplyNotUnderstood() | ReplyAfterEnd():
            """What they wrote is kept with its message, and what we say rides on the reply."""
        case _:
            assert_never(event)


def _new_answer(exchange: Exchange, conversation: Conversation, survey: Survey, question_id: str) -> Answer:
    person = exchange.person
    return Answer(
        conversation_id=conversation.id,
        inbound_id=exchange.row.id,
        survey_id=conversation.survey_id,
        question_id=question_id,
        kind=survey.question(question_id).kind.value,
        person_id=None if person is None else person.id,
        cohort=_only_cohort(survey) if person is None else person.cohort,
        age_band=None if person is None else person.age_band,
        team_id=None if person is None else person.team_id,
        channel=exchange.message.channel,
        has_words=False,
        skipped=False,
        answered_at=exchange.now,
    )


def _only_cohort(survey: Survey) -> Cohort | None:
    # Of an unknown visitor we know no more than whom the survey is for, where it is for one cohort only.
    return survey.cohorts[0] if len(survey.cohorts) == 1 else None
