"""Surveys: published once and for all, from a file or from those that come with the product."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from app.flows.loader import load_survey, shipped_surveys
from app.flows.questions import END, OTHERWISE, Question
from app.flows.survey import Survey
from app.shared.cohorts import AgeBand, Cohort
from app.shared.errors import Fault, NotFound, Rejected
from app.storage import audit, invitations, surveys
from app.storage.audit import Subject
from app.storage.database import Work
from app.storage.surveys import SurveyVersion
from app.usecases import accounts
from app.usecases.toolkit import Toolkit

COHORT_WORDS = {
    Cohort.CHILD_IN_CARE: "Children in care",
    Cohort.CARE_LEAVER: "Care leavers",
    Cohort.PARENT: "Parents",
    Cohort.CARER: "Carers",
}
AGE_WORDS = {
    AgeBand.EIGHT_TO_TEN: "8 to 10",
    AgeBand.ELEVEN_TO_SEVENTEEN: "11 to 17",
    AgeBand.EIGHTEEN_AND_OVER: "18 and over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    """One published survey, its newest version."""

    id: UUID
    title: str
    version: int
    for_whom: str
    questions: int
    published_at: dt.datetime
    invited: int
    joined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedLine:
    """A survey that comes with the product and is not published yet."""

    key: str
    title: str
    version: int
    for_whom: str
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question as a young person meets it, and where its answers lead."""

    number: int
    prompt: str
    options: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink:
    """A link that anybody may open; its address was shown once and is not kept."""

    id: UUID
    made_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPage:
    """One survey with everything that a worker decides by."""

    line: SurveyLine
    questions: tuple[ShownQuestion, ...]
    closing: str
    links: tuple[OpenLink, ...]


def running(toolkit: Toolkit) -> int:
    """Return how many surveys are published."""
    with toolkit.database.read() as work:
        return len(surveys.newest_of_each(work))


def published(toolkit: Toolkit) -> list[SurveyLine]:
    """Return the newest version of every survey, by title."""
    with toolkit.database.read() as work:
        return [_line(work, row) for row in surveys.newest_of_each(work)]


def shipped(toolkit: Toolkit) -> list[ShippedLine]:
    """Return the surveys that come with the product and could be published now."""
    with toolkit.database.read() as work:
        ready = [survey for survey in shipped_surveys() if survey.version == _next_version(work, survey.key)]
    return [
        ShippedLine(
            key=survey.key,
            title=survey.title,
            version=survey.version,
            for_whom=for_whom(survey),
            questions=len(survey.questions),
        )
        for survey in ready
    ]


def page(toolkit: Toolkit, survey_id: UUID) -> SurveyPage:
    """Return one survey. Raises NotFound."""
    with toolkit.database.read() as work:
        row = surveys.find(work, survey_id)
        if row is None:
            raise NotFound
        survey = Survey.from_json(row.definition)
        numbers = {question.id: number for number, question in enumerate(survey.questions, start=1)}
        return SurveyPage(
            line=_line(work, row),
            questions=tuple(_shown(question, numbers) for question in survey.questions),
            closing=survey.closing,
            links=tuple(
                OpenLink(id=link.id, made_at=link.made_at, expires_at=link.expires_at)
                for link in invitations.live_links(work, row.id, now=toolkit.clock())
            ),
        )


def publish_file(toolkit: Toolkit, content: bytes, *, actor_id: UUID | None) -> UUID:
    """Publish a survey file as the next version of its survey. Raises Rejected with every fault at once."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected([Fault("file", "is not a text file; save it as plain text (UTF-8)")]) from None
    return _publish(toolkit, load_survey(text, source="the file"), actor_id=actor_id)


def publish_shipped(toolkit: Toolkit, key: str, *, actor_id: UUID | None) -> UUID:
    """Publish a survey that comes with the product. Raises NotFound, Rejected."""
    found = next((survey for survey in shipped_surveys() if survey.key == key), None)
    if found is None:
        raise NotFound
    return _publish(toolkit, found, actor_id=actor_id)


def close_link(toolkit: Toolkit, survey_id: UUID, link_id: UUID, *, actor_id: UUID) -> None:
    """Close an open link; conversations that began through it go on. Raises NotFound."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        links = invitations.live_links(work, survey_id, now=now)
        link = next((link for link in links if link.id == link_id), None)
        if link is None:
            raise NotFound
        link.revoked_at = now
        audit.append(work, "link.closed", Subject("web_link", link.id), actor_id=actor_id, at=now)


def for_whom(survey: Survey) -> str:
    """Say whom a survey is for, in plain words."""
    who = ", ".join(COHORT_WORDS[cohort] for cohort in survey.cohorts)
    ages = ", ".join(AGE_WORDS[band] for band in survey.age_bands)
    return f"{who}, aged {ages}" if ages else who


def _publish(toolkit: Toolkit, survey: Survey, *, actor_id: UUID | None) -> UUID:
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        accounts.require_leads(work)
        expected = _next_version(work, survey.key)
        if survey.version != expected:
            problem = f"should be {expected}: a published version never changes, and each one follows the one before"
            raise Rejected([Fault("version", problem)])
        row = SurveyVersion(
            key=survey.key,
            version=survey.version,
            title=survey.title,
            definition=survey.to_json(),
            published_at=now,
            published_by=actor_id,
        )
        work.session.add(row)
        audit.append(work, "survey.published", Subject("survey", row.id), actor_id=actor_id, at=now)
        return row.id


def _next_version(work: Work, key: str) -> int:
    newest = surveys.find_newest(work, key)
    return 1 if newest is None else newest.version + 1


def _line(work: Work, row: SurveyVersion) -> SurveyLine:
    survey = Survey.from_json(row.definition)
    invited = invitations.of_survey(work, row.id)
    return SurveyLine(
        id=row.id,
        title=row.title,
        version=row.version,
        for_whom=for_whom(survey),
        questions=len(survey.questions),
        published_at=row.published_at,
        invited=len(invited),
        joined=sum(invitation.joined_at is not None for invitation in invited),
    )


def _shown(question: Question, numbers: dict[str, int]) -> ShownQuestion:
    labels = dict(question.options())
    return ShownQuestion(
        number=numbers[question.id],
        prompt=question.prompt,
        options=tuple(labels.values()),
        leads=tuple(
            f"{'Anything else' if value == OTHERWISE else labels.get(value, value)}: "
            f"{'the end' if target == END else f'question {numbers[target]}'}"
            for value, target in question.branches
        ),
    )
