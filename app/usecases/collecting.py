"""Collect what a quarter's figures are counted from, and how its answers came about."""

import datetime as dt
from zoneinfo import ZoneInfo

from app.analysis.themes import load_codebook
from app.flows.survey import Survey
from app.reports.figures import ThemeLine
from app.reports.method import MethodFacts, SurveyAsked
from app.reports.period import Quarter
from app.reports.records import Asked, Feeling, Mention, QuarterRecords
from app.shared.cohorts import GROUP_OF, Cohort
from app.storage import answers, figures, people
from app.storage.database import Work
from app.storage.figures import Span
from app.usecases.surveys import for_whom

LOCAL = ZoneInfo("Europe/London")
CHANNELS = {"sms": "text message", "web": "web page"}
UNKNOWN = "unknown"


def theme_lines() -> tuple[ThemeLine, ...]:
    """Return the codebook's themes as lines of a paper."""
    return tuple(ThemeLine(theme.key, theme.label) for theme in load_codebook().themes)


def collect(work: Work, quarter: Quarter) -> QuarterRecords:
    """Return a quarter's facts: one group and one team a person, the newest where they changed."""
    span = span_of(quarter)
    answering = {contact.person_id: contact for contact in figures.answered(work, span)}
    asked = {contact.person_id: contact for contact in figures.invited(work, span)} | answering
    mentions: dict[tuple[str, str], Mention] = {}
    feelings: list[Feeling] = []
    for review in figures.reviewed(work, span):
        contact = None if review.person_id is None else answering.get(review.person_id)
        if contact is None:
            continue
        who = str(contact.person_id), GROUP_OF[Cohort(contact.cohort)], contact.team
        for theme in review.themes:
            mentions[who[0], theme] = Mention(*who, theme)
        if review.sentiment != UNKNOWN:
            feelings.append(Feeling(*who, review.sentiment))
    return QuarterRecords(
        asked=tuple(
            Asked(str(one.person_id), GROUP_OF[Cohort(one.cohort)], one.team, one.person_id in answering)
            for one in asked.values()
        ),
        mentions=tuple(mentions.values()),
        feelings=tuple(feelings),
        teams=tuple(team.name for team in people.teams(work)),
        open_link_answers=figures.count_visitors(work, span),
    )


def method_of(work: Work, quarter: Quarter) -> MethodFacts:
    """Return how a quarter's answers came about."""
    span = span_of(quarter)
    first, last = figures.first_and_last(work, span)
    surveys = [Survey.from_json(row.definition) for row in figures.surveys_used(work, span)]
    return MethodFacts(
        first_asked=_day(first),
        last_answered=_day(last),
        surveys=tuple(
            SurveyAsked(survey.title, for_whom(survey), tuple(question.text for question in survey.questions))
            for survey in surveys
        ),
        channels=tuple(CHANNELS[channel] for channel in figures.channels_used(work, span)),
        tagger_version=answers.newest_tagger_version(work) or "",
    )


def span_of(quarter: Quarter) -> Span:
    """Return a quarter as a span of time."""
    return Span(quarter.starts, quarter.ends)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else moment.astimezone(LOCAL).date()
