"""The method box: how we asked, what the figures cannot say, and what was hidden."""

import datetime as dt
from dataclasses import dataclass

from app.reports import wording
from app.reports.period import Quarter
from app.reports.profiles import Profile
from app.reports.published import Figures
from app.reports.report import Bullets, Paragraph, Section

CLOSED_QUESTIONS = (
    "Answers by number or by choice are not in this paper: it counts subjects and feelings in people's own words. "
    "Whoever answered only by number or by choice still counts as somebody who answered."
)


@dataclass(frozen=True, slots=True)
class SurveyAsked:
    """A survey of the quarter, by the name and the questions that people saw."""

    title: str
    for_whom: str
    """In plain words, such as "Children in care, aged 11 to 17": surveys for several groups may share a title."""
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodFacts:
    """How a quarter's answers came about."""

    first_asked: dt.date | None
    """The day of the quarter's first invitation, in London; None where nobody was asked."""
    last_answered: dt.date | None
    surveys: tuple[SurveyAsked, ...]
    channels: tuple[str, ...]
    """As a reader knows them: "text message", "web page"."""
    tagger_version: str


def method_section(method: MethodFacts, figures: Figures, quarter: Quarter, *, snapshot: str) -> Section:
    """Write the method box; `snapshot` is the moment that the answers were counted at."""
    profile = figures.profile
    made_from = (
        f"Snapshot of the answers: {snapshot}. Fingerprint of the figures: {figures.checksum[:16]}. "
        f"Version of the software that suggested subjects and feelings: {method.tagger_version}."
    )
    return Section(
        "How we asked, and what these figures cannot say",
        (Bullets((*_facts(method, quarter), made_from)),),
        (
            *(
                Section(f"Questions of “{survey.title}”: {survey.for_whom}", (Bullets(survey.questions),))
                for survey in method.surveys
            ),
            Section(
                "What is hidden, and why",
                (Paragraph(_hidden(profile)), *_hidden_teams(profile), Bullets(wording.glossary(profile))),
            ),
        ),
    )


def _facts(method: MethodFacts, quarter: Quarter) -> tuple[str, ...]:
    limits = (
        "Answering is voluntary. Those who answered may differ from those who did not, so the figures are not "
        "representative of everybody in a group."
    )
    tagging = (
        "Software suggested the subjects and the feeling of each answer in words; a person read every such answer of the "
        "quarter and confirmed or corrected both."
    )
    return (
        f"This paper covers {quarter.label}.{_dates(method)}",
        f"People answered by {wording.in_words(method.channels)}."
        if method.channels
        else "No channel was open.",
        limits,
        CLOSED_QUESTIONS,
        tagging,
        "No answer is quoted.",
    )


def _dates(method: MethodFacts) -> str:
    asked = (
        f" The first invitation went out on {wording.date(method.first_asked)}." if method.first_asked else ""
    )
    answered = (
        f" The last answer came on {wording.date(method.last_answered)}." if method.last_answered else ""
    )
    return asked + answered


def _hidden(profile: Profile) -> str:
    return (
        "Board members, carers and workers know the children, so small numbers can tell them who said something. "
        f"Where fewer than {profile.minimum_base} people of a group answered, there are no tables for that group. "
        "In the other tables numbers are hidden before anything is drawn or written."
    )


def _hidden_teams(profile: Profile) -> tuple[Paragraph, ...]:
    if not profile.name_silent_teams:
        return ()
    least, small, zero = profile.minimum_base, profile.suppress_below, profile.zero_base
    noughts = "" if zero is None else f" That nobody answered is said only where at least {zero} were asked."
    return (
        Paragraph(
            f"Of a team, it is said that people answered only where at least {small} did, of at least {least} asked.{noughts}"
        ),
    )
