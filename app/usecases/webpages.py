"""The same conversation on a page: what a link shows, and what its buttons do."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.flows.questions import Question
from app.flows.state import State
from app.flows.survey import Survey
from app.shared.cohorts import GROUP_OF, AgeBand, Cohort, Group
from app.shared.errors import NotFound
from app.shared.messages import Channel, IncomingMessage, Reply
from app.storage import concerns, conversations, invitations, people, surveys
from app.storage.conversations import Conversation, ConversationStatus
from app.storage.database import Work
from app.storage.invitations import WebLink
from app.storage.sealing import hash_token
from app.usecases import consent, inbound, links
from app.usecases.exchange import standing
from app.usecases.page_words import NOTHING_SAID, PageWords, words_for
from app.usecases.surroundings import Reader, Surroundings, surroundings
from app.usecases.toolkit import Toolkit

SKIP = "SKIP"


class Stage(StrEnum):
    """What a page is for."""

    INVITED = "invited"
    ASKING = "asking"
    CHOOSING = "choosing"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    CLOSED = "closed"


STAGES = {
    ConversationStatus.ASKING: Stage.ASKING,
    ConversationStatus.CHOOSING: Stage.CHOOSING,
    ConversationStatus.PAUSED: Stage.PAUSED,
    ConversationStatus.FINISHED: Stage.FINISHED,
    ConversationStatus.STOPPED: Stage.STOPPED,
}


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """The open question, ready to draw."""

    text: str
    options: tuple[tuple[str, str], ...]
    """Values and labels; empty where the answer is in their own words."""
    progress: str
    was_unclear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that a page shows: never what was answered before."""

    stage: Stage
    around: Surroundings
    turn: int = 0
    question: ShownQuestion | None = None
    words: PageWords = NOTHING_SAID
    no_more_texts: bool = False
    closing: str = ""
    how_many: int = 0


def frame(toolkit: Toolkit) -> Surroundings:
    """Return what stands around a page whose reader we do not know: the words for a child."""
    return surroundings(toolkit.council, Reader())


def open_page(toolkit: Toolkit, token: str) -> Page:
    """Return what an open link shows to anybody. Raises NotFound."""
    with toolkit.database.read() as work:
        link = invitations.find_link(work, hash_token(token), now=toolkit.clock())
        if link is None or link.kind != links.OPEN:
            raise NotFound
        return _invited_page(toolkit, work, link)


def page_for(toolkit: Toolkit, token: str) -> Page:
    """Return what a personal or a visitor's link shows now; looking changes nothing. Raises NotFound."""
    now = toolkit.clock()
    with toolkit.database.read() as work:
        link = _live_link(work, token, now)
        conversation = _conversation_of(work, link)
        if conversation is None:
            return _invited_page(toolkit, work, link)
        return _conversation_page(toolkit, work, conversation, now)


def join(toolkit: Toolkit, token: str) -> None:
    """Take the button below the limits of confidentiality as yes; a second press changes nothing."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        invitation_id = _live_link(work, token, now).invitation_id
        if invitation_id is None:
            return
        # The person first, as for a text, so that a text and a press at one moment cannot deadlock.
        people.lock(work, invitations.person_of(work, invitation_id))
        invitation = invitations.get(work, invitation_id)
        on_hold = concerns.has_urgent_one(work, invitation.person_id)
        if invitation.joined_at is None and invitation.ended_at is None and not on_hold:
            consent.join_by_page(toolkit, work, invitation, now=now)


def decline(toolkit: Toolkit, token: str) -> None:
    """Take "No thanks" as an end to this invitation."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        invitation_id = _live_link(work, token, now).invitation_id
        if invitation_id is None:
            return
        people.lock(work, invitations.person_of(work, invitation_id))
        invitation = invitations.get(work, invitation_id)
        if invitation.joined_at is None:
            invitation.ended_at = invitation.ended_at or now


def answer(toolkit: Toolkit, token: str, *, turn: int | None, text: str) -> Reply | None:
    """Receive what a page sent, through the same door as a text.

    Returns our reply only where the link has ended meanwhile and its page can no longer show it: the words of a
    page left open are kept and screened all the same, though never taken as an answer. Raises NotFound.
    """
    now = toolkit.clock()
    with toolkit.database.read() as work:
        link = invitations.find_any_link(work, hash_token(token))
        conversation = None if link is None else _conversation_of(work, link)
        if link is None or conversation is None:
            raise NotFound
        is_live = link.revoked_at is None and link.expires_at > now
        # Keyed, because a plain hash of a short answer would tell the answer to whoever reads the table.
        mark = work.sealer.fingerprint(f"{conversation.id}:{turn}:{text}")[:32]
    message = IncomingMessage(
        channel=Channel.WEB,
        provider="web",
        account="",
        provider_id=f"{conversation.id}:{turn}:{mark}",
        text=text,
        conversation_id=conversation.id,
        answers_turn=turn if is_live else None,
    )
    reply = inbound.receive(toolkit, message)
    return None if is_live else reply


def _live_link(work: Work, token: str, now: dt.datetime) -> WebLink:
    link = invitations.find_link(work, hash_token(token), now=now)
    if link is None or link.kind == links.OPEN:
        raise NotFound
    return link


def _conversation_of(work: Work, link: WebLink) -> Conversation | None:
    if link.invitation_id is not None:
        return conversations.find_for_invitation(work, link.invitation_id)
    return None if link.conversation_id is None else conversations.get(work, link.conversation_id)


def _invited_page(toolkit: Toolkit, work: Work, link: WebLink) -> Page:
    survey = Survey.from_json(surveys.get(work, link.survey_id).definition)
    invitation = None if link.invitation_id is None else invitations.find(work, link.invitation_id)
    person_id = None if invitation is None else invitation.person_id
    is_over = invitation is not None and invitation.ended_at is not None
    # Nobody is asked survey questions while a serious item of theirs waits for a person.
    on_hold = person_id is not None and concerns.has_urgent_one(work, person_id)
    return Page(
        stage=Stage.CLOSED if is_over else Stage.PAUSED if on_hold else Stage.INVITED,
        around=surroundings(toolkit.council, _reader(work, survey, person_id)),
        how_many=len(survey.questions),
    )


def _conversation_page(toolkit: Toolkit, work: Work, conversation: Conversation, now: dt.datetime) -> Page:
    survey, state = standing(work, conversation)
    stage = STAGES[ConversationStatus(conversation.status)]
    asked = None
    if stage is Stage.ASKING and state.question_id is not None:
        asked = survey.question(state.question_id)
    return Page(
        stage=stage,
        around=surroundings(toolkit.council, _reader(work, survey, conversation.person_id)),
        turn=conversation.turn,
        question=None if asked is None else _show(survey, state, asked),
        words=words_for(work, conversation, survey, asked, now=now),
        no_more_texts=_has_stopped_texts(work, conversation.person_id),
        closing=survey.closing if stage is Stage.FINISHED else "",
    )


def _reader(work: Work, survey: Survey, person_id: UUID | None) -> Reader:
    if person_id is None:
        # Of a visitor we know no more than whom the survey is for.
        is_adult = set(survey.age_bands) == {AgeBand.EIGHTEEN_AND_OVER}
        is_young = any(GROUP_OF[cohort] is not Group.PARENTS_AND_CARERS for cohort in survey.cohorts)
        return Reader(is_adult=is_adult, is_young_person=is_young, is_known=False)
    person = people.get(work, person_id)
    return Reader(
        is_adult=person.age_band == AgeBand.EIGHTEEN_AND_OVER,
        is_young_person=GROUP_OF[Cohort(person.cohort)] is not Group.PARENTS_AND_CARERS,
    )


def _has_stopped_texts(work: Work, person_id: UUID | None) -> bool:
    person = None if person_id is None else people.get(work, person_id)
    return person is not None and person.phone_sealed is not None and person.texts_stopped_at is not None


def _show(survey: Survey, state: State, question: Question) -> ShownQuestion:
    number, total = survey.questions.index(question) + 1, len(survey.questions)
    progress = "Last question" if number == total > 1 else f"Question {number} of {total}"
    return ShownQuestion(question.text, question.options(), progress, was_unclear=state.misses > 0)
