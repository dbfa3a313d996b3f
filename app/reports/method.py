"""The method box: how we asked, what the figures cannot say, and what was hidden."""

import datetime as dt
from dataclasses import dataclass

from app.reports import wording
from app.reports.period import Quarter
from app.reports.profiles import Profile
from app.reports.report import Bullets, Paragraph, Section


@dataclass(frozen=True, slots=True)
class SurveyAsked:
    """A survey of the quarter, by the name and the questions that people saw."""

    title: str
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


def method_section(method: MethodFacts, profile: Profile, quarter: Quarter) -> Section:
    """Write the method box."""
    return Section(
        "How we asked, and what these figures cannot say",
        (Bullets(_facts(method, quarter)),),
        (
            *(
                Section(f"Questions of “{survey.title}”", (Bullets(survey.questions),))
                for survey in method.surveys
            ),
            Section(
                "What is hidden, and why", (Paragraph(_hidden(profile)), Bullets(wording.glossary(profile)))
            ),
        ),
    )


def _facts(method: MethodFacts, quarter: Quarter) -> tuple[str, ...]:
    limits = (
        "Answering is voluntary. Those who answered may differ from those who did not, so the figures are not "
        "representative of everybody in a group."
    )
    tagging = (
        "Software suggested the subjects and the feeling of each answer; a person read every answer of the quarter and "
        f"confirmed or corrected both. Version of the software: {method.tagger_version}."
    )
    return (
        f"This paper covers {quarter.label}.{_dates(method)}",
        f"People answered by {wording.in_words(method.channels)}."
        if method.channels
        else "No channel was open.",
        limits,
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
