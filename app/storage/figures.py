"""What a quarter's figures are counted from: facts about people, no words, no names."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select

from app.storage.answers import Answer, TagReview
from app.storage.database import Work
from app.storage.invitations import Invitation
from app.storage.people import Person, Team
from app.storage.surveys import SurveyVersion


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span of time, in UTC."""

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who was asked or who answered in a span, with cohort and team as they were."""

    person_id: UUID
    cohort: str
    team: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One answer's confirmed tags; the person is None for a visitor of an open link."""

    person_id: UUID | None
    sentiment: str
    themes: tuple[str, ...]


def invited(work: Work, span: Span) -> list[Contact]:
    """Return everybody who was invited in a span."""
    rows = work.session.execute(
        select(Invitation.person_id, Person.cohort, Team.name)
        .join(Person, Person.id == Invitation.person_id)
        .join(Team, Team.id == Invitation.team_id)
        .where(Invitation.invited_at >= span.since, Invitation.invited_at < span.until)
        .order_by(Invitation.invited_at, Invitation.id)
    )
    return [Contact(*row) for row in rows]


def answered(work: Work, span: Span) -> list[Contact]:
    """Return everybody who answered at least one question in a span."""
    rows = work.session.execute(
        select(Answer.person_id, Answer.cohort, Team.name)
        .join(Team, Team.id == Answer.team_id)
        .where(_within(span), Answer.person_id.is_not(None), ~Answer.skipped)
        .order_by(Answer.answered_at, Answer.id)
    )
    return [Contact(*row) for row in rows]


def reviewed(work: Work, span: Span) -> list[Reviewed]:
    """Return the confirmed tags of every answer of a span; of several reviews the newest counts."""
    rows = work.session.execute(
        select(Answer.id, Answer.person_id, TagReview.sentiment, TagReview.themes)
        .join(TagReview, TagReview.answer_id == Answer.id)
        .where(_within(span))
        .order_by(TagReview.reviewed_at, TagReview.id)
    )
    newest = {row.id: Reviewed(row.person_id, row.sentiment, tuple(row.themes)) for row in rows}
    return list(newest.values())


def count_visitors(work: Work, span: Span) -> int:
    """Return how many visitors of open links answered something in a span."""
    return (
        work.session.scalar(
            select(func.count(Answer.conversation_id.distinct())).where(
                _within(span), Answer.person_id.is_(None), ~Answer.skipped
            )
        )
        or 0
    )


def unconfirmed(work: Work, span: Span, *, limit: int = 500) -> Sequence[Answer]:
    """Return the answers of a span whose words nobody has confirmed the tags of, oldest first."""
    return work.session.scalars(
        select(Answer)
        .where(_within(span), Answer.has_words, ~exists().where(TagReview.answer_id == Answer.id))
        .order_by(Answer.answered_at, Answer.id)
        .limit(limit)
    ).all()


def surveys_used(work: Work, span: Span) -> Sequence[SurveyVersion]:
    """Return the survey versions that were answered or sent out in a span, by title."""
    sent = exists().where(
        Invitation.survey_id == SurveyVersion.id,
        Invitation.invited_at >= span.since,
        Invitation.invited_at < span.until,
    )
    given = exists().where(Answer.survey_id == SurveyVersion.id, _within(span))
    return work.session.scalars(
        select(SurveyVersion).where(sent | given).order_by(SurveyVersion.title, SurveyVersion.version)
    ).all()


def channels_used(work: Work, span: Span) -> list[str]:
    """Return how answers of a span came: "sms", "web"."""
    return list(
        work.session.scalars(select(Answer.channel).where(_within(span)).distinct().order_by(Answer.channel))
    )


def first_and_last(work: Work, span: Span) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when a span's first invitation went out and when its last answer came."""
    first = work.session.scalar(
        select(func.min(Invitation.invited_at)).where(
            Invitation.invited_at >= span.since, Invitation.invited_at < span.until
        )
    )
    last = work.session.scalar(select(func.max(Answer.answered_at)).where(_within(span)))
    return first, last


def _within(span: Span):  # type: ignore[no-untyped-def]  # noqa: ANN202 — SQLAlchemy's own expression type
    return (Answer.answered_at >= span.since) & (Answer.answered_at < span.until)
