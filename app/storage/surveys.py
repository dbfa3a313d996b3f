"""Surveys as published: immutable, one row a version."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.orm import Mapped

from app.storage.base import Base, WithId
from app.storage.database import Work


class SurveyVersion(WithId, Base):
    """One published version of a survey. Kept for as long as an answer points at it."""

    __tablename__ = "survey_versions"
    __table_args__ = (UniqueConstraint("key", "version"),)

    key: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    definition: Mapped[str]
    """The survey as JSON (app.flows.survey)."""
    published_at: Mapped[dt.datetime]
    published_by: Mapped[UUID | None]


def find_newest(work: Work, key: str) -> SurveyVersion | None:
    """Find the newest version of a survey."""
    return work.session.scalar(
        select(SurveyVersion).where(SurveyVersion.key == key).order_by(SurveyVersion.version.desc()).limit(1)
    )


def get(work: Work, survey_id: UUID) -> SurveyVersion:
    """Return a survey version by its row's id."""
    return work.session.get_one(SurveyVersion, survey_id)


def find(work: Work, survey_id: UUID) -> SurveyVersion | None:
    """Find a survey version by its row's id."""
    return work.session.get(SurveyVersion, survey_id)


def newest_of_each(work: Work) -> Sequence[SurveyVersion]:
    """Return the newest version of every survey, by title."""
    newest = (
        select(SurveyVersion.key, func.max(SurveyVersion.version).label("version"))
        .group_by(SurveyVersion.key)
        .subquery()
    )
    return work.session.scalars(
        select(SurveyVersion)
        .join(newest, (SurveyVersion.key == newest.c.key) & (SurveyVersion.version == newest.c.version))
        .order_by(SurveyVersion.title)
    ).all()


def versions_of(work: Work, key: str) -> tuple[UUID, ...]:
    """Return the ids of every version of a survey, oldest first."""
    return tuple(
        work.session.scalars(
            select(SurveyVersion.id).where(SurveyVersion.key == key).order_by(SurveyVersion.version)
        )
    )


def lock(work: Work, survey_id: UUID) -> SurveyVersion | None:
    """Find a survey version and lock its row, so that two people cannot invite to it at one moment.

    The lock leaves room for rows that only point here (FOR NO KEY UPDATE): an answer points at its survey while it
    holds the person whom the invitation needs next, and the two would otherwise wait for each other for ever.
    """
    return work.session.scalar(
        select(SurveyVersion)
        .where(SurveyVersion.id == survey_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
