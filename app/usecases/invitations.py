"""Invite people: first show who would be asked and who not, and why; then ask them, once each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.flows.survey import Survey
from app.flows.wording import MessageKey
from app.shared.cohorts import AgeBand
from app.shared.errors import NotFound
from app.shared.messages import Channel
from app.storage import audit, conversations, invitations, outbox, people, surveys
from app.storage.audit import Subject
from app.storage.conversations import ConversationStatus
from app.storage.database import Work
from app.storage.invitations import Invitation
from app.storage.outbox import OutboxMessage, OutboxState
from app.storage.people import Person
from app.storage.surveys import SurveyVersion
from app.usecases import accounts, links
from app.usecases.fitting import BY_LINK, Fit, Invitee, Reasons, by_reason, consider
from app.usecases.quiet import next_text_time
from app.usecases.toolkit import Toolkit

LINK_DAYS = 28
"""How long a personal link opens; a proposal for the council to decide."""


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

    @property
    def ways(self) -> Reasons:
        """Who would be asked, by how."""
        return by_reason(self.asked)

    @property
    def reasons(self) -> Reasons:
        """Who is left out, by why."""
        return by_reason(self.left_out)


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
        chosen = people.chosen(work, team_ids=team_ids, cohorts=cohorts)
        considered = consider(work, row, list(chosen), now=now)
    return Plan(
        survey_id=survey_id,
        title=row.title,
        by_text=tuple(one for one in considered if one.fit is Fit.BY_TEXT),
        by_link=tuple(one for one in considered if one.fit in BY_LINK),
        left_out=tuple(one for one in considered if one.fit is not Fit.BY_TEXT and one.fit not in BY_LINK),
        goes_out_now=next_text_time(now) == now,
    )


def invite(toolkit: Toolkit, *, survey_id: UUID, person_ids: Sequence[UUID], actor_id: UUID) -> InviteResult:
    """Ask people to take part: a text, or a link where texts are not for them. Raises NotFound, TooFewLeads.

    Who no longer fits by now is left out, so that a second press asks nobody twice.
    """
    with toolkit.database.begin() as work:
        row = surveys.lock(work, survey_id)
        if row is None:
            raise NotFound
        accounts.require_leads(work)
        chosen = {person.id: person for person in people.some(work, person_ids)}
        considered = consider(work, row, list(chosen.values()), now=toolkit.clock())
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
