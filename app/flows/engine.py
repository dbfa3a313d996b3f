"""What a reply does to a conversation: a new state, and the events that happened."""

from dataclasses import dataclass, replace
from typing import assert_never

from app.flows.events import (
    AnswerGiven,
    Event,
    QuestionAsked,
    QuestionSkipped,
    ReplyAfterEnd,
    ReplyNotUnderstood,
    SurveyFinished,
)
from app.flows.questions import END, Question
from app.flows.state import STATE_VERSION, State, Status
from app.flows.survey import Survey
from app.flows.understanding import Declined, Unclear, Understood

MOST_MISSES = 2
"""After this many replies that we could not read, the next one is kept as a comment."""
OFFER_TO_SKIP = "Or text SKIP to miss this one."


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one step of a conversation."""

    state: State
    events: tuple[Event, ...]

    @property
    def reply_text(self) -> str:
        """What the person should be sent, or nothing."""
        said = (_what_is_sent(event) for event in self.events)
        return " ".join(text for text in said if text)


def start(survey: Survey) -> Turn:
    """Open a conversation with the survey's first question."""
    first = survey.questions[0]
    state = State(version=STATE_VERSION, status=Status.ASKING, question_id=first.id, misses=0, answered=())
    return Turn(state, (QuestionAsked(first.id, first.prompt),))


def resume(survey: Survey, state: State, reply: str) -> Turn:
    """Take a reply to the open question; whatever it holds becomes an event."""
    question = _open_question(survey, state)
    if question is None:
        return Turn(state, (ReplyAfterEnd(reply),))
    read = question.read(reply)
    match read:
        case Understood() as understood:
            return _answer(survey, state, question, understood, reply)
        case Declined():
            return _move_on(survey, state, question, None, QuestionSkipped(question.id, reply))
        case Unclear(hint=hint):
            return _miss(survey, state, question, hint, reply)
        case _:
            assert_never(read)


def ask_again(survey: Survey, state: State) -> Turn:
    """Put the open question once more, as if for the first time."""
    question = _open_question(survey, state)
    if question is None:
        return Turn(state, ())
    return Turn(replace(state, misses=0), (QuestionAsked(question.id, question.prompt),))


def _open_question(survey: Survey, state: State) -> Question | None:
    if state.status is Status.FINISHED or state.question_id is None:
        return None
    return survey.question(state.question_id)


def _answer(survey: Survey, state: State, question: Question, read: Understood, reply: str) -> Turn:
    answered = replace(state, answered=(*state.answered, question.id))
    given = AnswerGiven(question.id, question.kind, read.value, reply, read.comment)
    return _move_on(survey, answered, question, read.value, given)


def _miss(survey: Survey, state: State, question: Question, hint: str, reply: str) -> Turn:
    if state.misses < MOST_MISSES:
        sent = f"{hint} {OFFER_TO_SKIP}" if state.misses else hint
        return Turn(replace(state, misses=state.misses + 1), (ReplyNotUnderstood(question.id, reply, sent),))
    if reply.strip():
        return _answer(survey, state, question, Understood(None, reply), reply)
    return _move_on(survey, state, question, None, QuestionSkipped(question.id, reply))


def _move_on(survey: Survey, state: State, question: Question, value: str | None, event: Event) -> Turn:
    following = _following(survey, question, value)
    if following is None:
        finished = replace(state, status=Status.FINISHED, question_id=None, misses=0)
        return Turn(finished, (event, SurveyFinished(survey.closing)))
    asking = replace(state, question_id=following.id, misses=0)
    return Turn(asking, (event, QuestionAsked(following.id, following.prompt)))


def _following(survey: Survey, question: Question, value: str | None) -> Question | None:
    """Return the question after this one, always further down the list, so that nothing loops."""
    below = survey.questions[survey.questions.index(question) + 1 :]
    target = question.branch_for(value)
    if target == END:
        return None
    named = next((later for later in below if later.id == target), None)
    return named or next(iter(below), None)


def _what_is_sent(event: Event) -> str:
    match event:
        case QuestionAsked(text=text):
            return text
        case ReplyNotUnderstood(hint=hint):
            return hint
        case SurveyFinished(closing=closing):
            return closing
        case AnswerGiven() | QuestionSkipped() | ReplyAfterEnd():
            return ""
        case _:
            assert_never(event)
