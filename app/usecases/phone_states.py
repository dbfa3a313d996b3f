"""Where each phone of the simulator stands: whether a 1, an answer or nothing is waited for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from app.storage import conversations, invitations
from app.storage.conversations import OPEN_STATUSES, Conversation, ConversationStatus
from app.storage.database import Work
from app.storage.people import Person
from app.usecases.exchange import standing


class Rank(IntEnum):
    """In which order phones stand on the page: what can be tried at once on top."""

    WAITS_FOR_JOIN = 0
    IN_A_SURVEY = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class PhoneState:
    """What a newcomer should know before texting from a phone."""

    rank: Rank
    words: str


ENDED = {
    ConversationStatus.FINISHED: "done",
    ConversationStatus.STOPPED: "left the questions",
}


def states_of(work: Work, everyone: list[Person]) -> Mapping[UUID, PhoneState]:
    """Return where each person's phone stands."""
    newest = conversations.newest_of_each(work)
    return {person.id: _state(work, person, newest.get(person.id)) for person in everyone}


def _state(work: Work, person: Person, newest: Conversation | None) -> PhoneState:
    if person.texts_stopped_at is not None:
        return PhoneState(Rank.OTHER, "stopped our texts")
    if newest is not None and newest.status in OPEN_STATUSES:
        return PhoneState(Rank.IN_A_SURVEY, _open_words(work, newest))
    if invitations.find_open(work, person.id) is not None:
        return PhoneState(Rank.WAITS_FOR_JOIN, "waiting for 1")
    if newest is None:
        return PhoneState(Rank.OTHER, "not asked")
    return PhoneState(Rank.OTHER, ENDED[ConversationStatus(newest.status)])


def _open_words(work: Work, conversation: Conversation) -> str:
    if conversation.status == ConversationStatus.PAUSED:
        return "on hold until a lead decides"
    survey, state = standing(work, conversation)
    ids = [question.id for question in survey.questions]
    if conversation.status == ConversationStatus.CHOOSING or state.question_id is None:
        return "asked whether to go on"
    return f"at question {ids.index(state.question_id) + 1} of {len(ids)}"
