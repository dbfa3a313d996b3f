"""Invite people: first show who would be asked and who not, and why; then ask them, once each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.flows.survey import Survey
from app.flows.wording import MessageKey
from app.shared.cohorts import AgeBand
from app.shared.errors import NotFound
from app.shared.messages import Channel
from app.storage import audit, concerns, conversations, invitations, outbox, people, surveys
from app.storage.audit import Subject
from app.storage.conversations import ConversationStatus
from app.storage.database import Work
from app.storage.invitations import Invitation
from app.storage.outbox import OutboxMessage, OutboxState
from app.storage.people import Person
from app.storage.surveys import SurveyVersion
from app.usecases import links
from app.usecases.quiet import next_text_time
from app.usecases.replies import SESSION
from app.usecases.toolkit import Toolkit

LINK_DAYS = 28
"""How long a personal link opens; a proposal for the council to decide."""


class Fit(StrEnum):
    """Whether and how somebody would be asked."""

    BY_TEXT = "by_text"
    BY_LINK_NO_PHONE = "by_link_no_phone"
    BY_LINK_YOUNG = "by_link_young"
    ALREADY_INVITED = "already_invited"
    OTHER_COHORT = "other_cohort"
    OTHER_AGE = "other_age"
    STOPPED = "stopped"
    NUMBER_DOUBTED = "number_doubted"
    NOT_NOW = "not_now"


BY_LINK = frozenset({Fit.BY_LINK_NO_PHONE, Fit.BY_LINK_YOUNG})
FIT_WORDS = {
    Fit.BY_TEXT: "by text",
    Fit.BY_LINK_NO_PHONE: "no phone: a link of their own, handed over by a worker",
    Fit.BY_LINK_YOUNG: "aged 8 to 10: a link of their own, answered with an adult they trust",
    Fit.ALREADY_INVITED: "was asked already",
    Fit.OTHER_COHORT: "the survey is not for them",
    Fit.OTHER_AGE: "the survey is for another age",
    Fit.STOPPED: "has stopped our texts",
    Fit.NUMBER_DOUBTED: "somebody told us that the number is wrong: check it first",
    # One reason for two, so that it tells nobody who has an item in the safeguarding queue.
    Fit.NOT_NOW: "is in the middle of a survey, or should not be asked just now",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Somebody considered for an invitation, by designation."""

    id: UUID
    who: str
    team: str
    fit: Fit

    @property
    def why(self) -> str:
        """How they would be asked, or why not, in plain words."""
        return FIT_WORDS[self.fit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who would be asked to take part in a survey, and who not."""

    survey_id: UUID
    title: str
    by_text: tuple[Invitee, ...]
    by_link: tuple[Invitee, ...]
    left_out: tuple[Invitee, ...]
    goes_out_now: bool
    """Whether texts go out at once, or wait for the morning."""

    @property
    def asked(self) -> tuple[Invitee, ...]:
        """Everybody who would be asked."""
        return self.by_text + self.by_link


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalLink:
    """A link for one person, to be handed over by a worker; shown this once."""

    who: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteResult:
    """What became of an invitation to many."""

    texted: int
    links: tuple[PersonalLink, ...]
    left_out: tuple[Invitee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One person's invitation and how far they came."""

    id: UUID
    who: str
    channel: str
    state: str


def plan(
    toolkit: Toolkit, survey_id: UUID, *, team_ids: Sequence[UUID] = (), cohorts: Sequence[str] = ()
) -> Plan:
    """Return who would be asked, of everybody or of some teams and cohorts. Raises NotFound."""
    now = toolkit.clock()
    with toolkit.database.read() as work:
        row = surveys.find(work, survey_id)
        if row is None:
            raise NotFound
        chosen = [
            person
            for person in people.everyone(work)
            if (not team_ids or person.team_id in team_ids) and (not cohorts or person.cohort in cohorts)
        ]
        considered = _consider(work, row, chosen, now=now)
    return Plan(
        survey_id=survey_id,
        title=row.title,
        by_text=tuple(one for one in considered if one.fit is Fit.BY_TEXT),
        by_link=tuple(one for one in considered if one.fit in BY_LINK),
        left_out=tuple(one for one in considered if one.fit is not Fit.BY_TEXT and one.fit not in BY_LINK),
        goes_out_now=next_text_time(now) == now,
    )


def invite(toolkit: Toolkit, *, survey_id: UUID, person_ids: Sequence[UUID], actor_id: UUID) -> InviteResult:
    """Ask people to take part: a text, or a link where texts are not for them. Raises NotFound.

    Who no longer fits by now is left out, so that a second press asks nobody twice.
    """
    with toolkit.database.begin() as work:
        row = surveys.lock(work, survey_id)
        if row is None:
            raise NotFound
        chosen = {person.id: person for person in people.some(work, person_ids)}
        considered = _consider(work, row, list(chosen.values()), now=toolkit.clock())
        made: dict[UUID, str] = {}
        for one in considered:
            if one.fit is Fit.BY_TEXT:
                _ask(toolkit, work, row, chosen[one.id], Channel.SMS, actor_id)
            elif one.fit in BY_LINK:
                made[_ask(toolkit, work, row, chosen[one.id], Channel.WEB, actor_id).id] = one.who
    return InviteResult(
        texted=sum(one.fit is Fit.BY_TEXT for one in considered),
        links=tuple(
            PersonalLink(who=who, address=personal_link(toolkit, invitation_id, actor_id=actor_id))
            for invitation_id, who in made.items()
        ),
        left_out=tuple(one for one in considered if one.fit is not Fit.BY_TEXT and one.fit not in BY_LINK),
    )


def personal_link(toolkit: Toolkit, invitation_id: UUID, *, actor_id: UUID) -> str:
    """Make a new link for somebody who was invited; it replaces their older one. Raises NotFound."""
    return links.make_personal_link(toolkit, invitation_id, actor_id=actor_id, days=LINK_DAYS)


def standings(toolkit: Toolkit, survey_id: UUID) -> list[Standing]:
    """Return who was asked to take part in a survey version, by designation."""
    with toolkit.database.read() as work:
        found = [
            Standing(
                id=row.id,
                who=people.get(work, row.person_id).designation,
                channel=row.channel,
                state="joined" if row.joined_at else "said no or stopped" if row.ended_at else "no reply yet",
            )
            for row in invitations.of_survey(work, survey_id)
        ]
    return sorted(found, key=lambda one: one.who)


def _consider(work: Work, row: SurveyVersion, chosen: Sequence[Person], *, now: dt.datetime) -> list[Invitee]:
    survey = Survey.from_json(row.definition)
    invited = invitations.invited_people(work, row.id)
    busy = conversations.busy_people(work, since=now - SESSION) | concerns.people_with_urgent_ones(work)
    return [
        Invitee(
            id=person.id,
            who=person.designation,
            team=person.team.name,
            fit=_fit(person, survey, is_invited=person.id in invited, is_busy=person.id in busy),
        )
        for person in chosen
    ]


def _fit(  # noqa: PLR0911 — one line for each reason
    person: Person, survey: Survey, *, is_invited: bool, is_busy: bool
) -> Fit:
    if person.cohort not in survey.cohorts:
        return Fit.OTHER_COHORT
    if survey.age_bands and person.age_band not in survey.age_bands:
        return Fit.OTHER_AGE
    if is_invited:
        return Fit.ALREADY_INVITED
    if is_busy:
        return Fit.NOT_NOW
    if person.texts_stopped_at is not None:
        return Fit.STOPPED
    if person.age_band == AgeBand.EIGHT_TO_TEN:
        return Fit.BY_LINK_YOUNG
    if person.phone_sealed is None:
        return Fit.BY_LINK_NO_PHONE
    return Fit.BY_TEXT if person.number_doubted_at is None else Fit.NUMBER_DOUBTED


def _ask(  # noqa: PLR0913, PLR0917 — who asks whom to what, and how
    toolkit: Toolkit, work: Work, survey: SurveyVersion, person: Person, channel: Channel, actor_id: UUID
) -> Invitation:
    now = toolkit.clock()
    _put_aside_what_is_older(work, person, now)
    row = Invitation(
        survey_id=survey.id,
        person_id=person.id,
        team_id=person.team_id,
        channel=channel,
        invited_at=now,
        invited_by=actor_id,
    )
    work.session.add(row)
    work.session.flush()
    audit.append(work, "person.invited", Subject("invitation", row.id), actor_id=actor_id, at=now)
    if channel is Channel.SMS:
        _text(toolkit, work, person, questions=len(Survey.from_json(survey.definition).questions))
    return row


def _put_aside_what_is_older(work: Work, person: Person, now: dt.datetime) -> None:
    # A plain 1 joins the newest invitation: neither an older one nor an old survey may take it.
    for older in invitations.unanswered_texts(work, person.id):
        older.ended_at = now
    left = conversations.open_for(work, person.id)
    if left is not None:
        left.status = ConversationStatus.STOPPED
        left.ended_at = now


def _text(toolkit: Toolkit, work: Work, person: Person, *, questions: int) -> None:
    now = toolkit.clock()
    row = OutboxMessage(
        transport="sms",
        purpose="invite",
        person_id=person.id,
        state=OutboxState.READY,
        attempts=0,
        due_at=next_text_time(now),
        made_at=now,
    )
    adult = person.age_band == AgeBand.EIGHTEEN_AND_OVER
    body = toolkit.council.say(MessageKey.M1_INVITE, adult=adult, questions=str(questions))
    outbox.add(work, row, to=work.unseal(person, "phone_sealed"), body=body)
    work.wake("deliver", row.id)
