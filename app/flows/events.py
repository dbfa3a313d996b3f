"""What happened in a turn, in the past tense; whoever runs a conversation deals with each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question was put to them; the text is what is sent, with how to answer."""

    question_id: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """They answered: what they wrote, and the value we understood, if any."""

    question_id: str
    kind: str
    value: str | None
    text: str
    comment: str
    """The words beside the value; all of them where there is no value."""


@dataclass(frozen=True, slots=True)
class QuestionSkipped:
    """They chose not to answer; the text is what they wrote."""

    question_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ReplyNotUnderstood:
    """We could not read the reply as an answer; the hint is what is sent."""

    question_id: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class SurveyFinished:
    """There is nothing more to ask; the closing is what is sent."""

    closing: str


@dataclass(frozen=True, slots=True)
class ReplyAfterEnd:
    """They wrote after the survey was over."""

    text: str


Event = QuestionAsked | AnswerGiven | QuestionSkipped | ReplyNotUnderstood | SurveyFinished | ReplyAfterEnd
