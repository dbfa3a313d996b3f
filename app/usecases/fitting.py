"""Whether and how somebody would be asked to take part in a survey."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.flows.survey import Survey
from app.shared.cohorts import AgeBand
from app.storage import concerns, conversations, invitations
from app.storage.database import Work
from app.storage.people import Person
from app.storage.surveys import SurveyVersion
from app.usecases.replies import SESSION


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


Reasons = tuple[tuple[str, tuple[Invitee, ...]], ...]


def by_reason(people: Sequence[Invitee]) -> Reasons:
    """Return people by how they would be asked, or why not; the largest group first."""
    found = {one.why: tuple(other for other in people if other.fit is one.fit) for one in people}
    return tuple(sorted(found.items(), key=lambda entry: -len(entry[1])))


def consider(work: Work, row: SurveyVersion, chosen: Sequence[Person], *, now: dt.datetime) -> list[Invitee]:
    """Return whether and how each of some people would be asked."""
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
