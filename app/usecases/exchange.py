"""One message being dealt with: who wrote it, in which conversation, and what we say back."""

import datetime as dt
from dataclasses import dataclass

from app.flows.questions import Question
from app.flows.state import State
from app.flows.survey import Survey
from app.flows.wording import MessageKey
from app.shared.cohorts import AgeBand, Cohort
from app.shared.messages import Channel, IncomingMessage
from app.storage import conversations, people, surveys
from app.storage.conversations import Conversation
from app.storage.database import Work
from app.storage.messages import InboundMessage
from app.storage.people import Person
from app.usecases.hours import next_reading
from app.usecases.toolkit import Toolkit


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message and all that is known about it, inside its one transaction."""

    toolkit: Toolkit
    work: Work
    message: IncomingMessage
    row: InboundMessage
    person: Person | None
    conversation: Conversation | None
    now: dt.datetime

    @property
    def is_text(self) -> bool:
        """Whether it came by SMS."""
        return self.message.channel is Channel.SMS

    @property
    def is_under_13(self) -> bool:
        """Whether the writer is surely under 13: of the youngest band, or a visitor of a survey for it alone.

        Of 11 to 17 we do not know who is 11 or 12.
        """
        if self.person is not None:
            return self.person.age_band == AgeBand.EIGHT_TO_TEN
        if self.conversation is None:
            return False
        return self.survey(self.conversation).age_bands == (AgeBand.EIGHT_TO_TEN,)

    def survey(self, conversation: Conversation) -> Survey:
        """Return the survey version that a conversation is in."""
        return Survey.from_json(surveys.get(self.work, conversation.survey_id).definition)

    def say(self, key: MessageKey, **facts: str) -> str:
        """Return one of our texts, in the version for the writer's age; all know when we next read."""
        adult = self.person is not None and self.person.age_band == AgeBand.EIGHTEEN_AND_OVER
        when = next_reading(self.now, self.toolkit.week)
        if self.person is not None and self.person.cohort in (Cohort.PARENT, Cohort.CARER):
            # Who does not read a reply is said to young people: "not your worker or carer".
            facts["who_reads"] = ""
        return self.toolkit.council.say(key, adult=adult, when=when, **facts)

    def open_question(self) -> Question | None:
        """Return the question that the writer was last asked, if one is open."""
        if self.conversation is None:
            return None
        survey, state = self.standing(self.conversation)
        return None if state.question_id is None else survey.question(state.question_id)

    def standing(self, conversation: Conversation) -> tuple[Survey, State]:
        """Return the survey version that a conversation is in, and where it stands."""
        return standing(self.work, conversation)


def standing(work: Work, conversation: Conversation) -> tuple[Survey, State]:
    """Return the survey version that a conversation is in, and where it stands."""
    survey = Survey.from_json(surveys.get(work, conversation.survey_id).definition)
    state = State.from_json(work.unseal(conversation, "state_sealed") or "")
    return survey, state


def meet(toolkit: Toolkit, work: Work, row: InboundMessage, message: IncomingMessage) -> Exchange:
    """Find out who wrote and in which conversation, and lock both."""
    conversation = None
    person = None
    if message.channel is Channel.WEB and message.conversation_id is not None:
        person, conversation = _by_page(work, message)
    elif message.from_phone is not None:
        person = people.find_by_phone(work, message.from_phone)
        conversation = None if person is None else conversations.open_for(work, person.id)
    row.person_id = None if person is None else person.id
    row.conversation_id = None if conversation is None else conversation.id
    work.session.flush()
    return Exchange(toolkit, work, message, row, person, conversation, row.received_at)


def _by_page(work: Work, message: IncomingMessage) -> tuple[Person | None, Conversation | None]:
    # The person is locked before the conversation, as for a text, so that the two channels cannot deadlock.
    if message.conversation_id is None:
        return None, None
    person_id = conversations.get(work, message.conversation_id).person_id
    person = None if person_id is None else people.lock(work, person_id)
    conversation = conversations.lock(work, message.conversation_id)
    return person, conversation
