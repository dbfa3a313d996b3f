"""Answers: what we understood, in which team, with the machine's tags and the staff's beside them."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Select, UniqueConstraint, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, WithId
from app.storage.database import Work, locked


class Answer(WithId, Base):
    """One answer to one question. Words and value are sealed; kept 12 months, then cut down to its tags."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("conversation_id", "question_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    inbound_id: Mapped[UUID] = mapped_column(ForeignKey("inbound_messages.id"), index=True)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey_versions.id"))
    question_id: Mapped[str]
    kind: Mapped[str]
    """ "choice", "scale", "yes_no" or "open_text"."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    cohort: Mapped[str | None]
    age_band: Mapped[str | None]
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id"))
    """The team they were in when they answered."""
    channel: Mapped[str]
    value_sealed: Mapped[str | None]
    """What we understood ("4", "yes"); None for open text and for what we could not read."""
    text_sealed: Mapped[str | None]
    """What they wrote, verbatim; None where they skipped."""
    has_words: Mapped[bool]
    """Whether there are words to tag: open text, or a comment beside a number."""
    skipped: Mapped[bool]
    answered_at: Mapped[dt.datetime] = mapped_column(index=True)
    tagged_at: Mapped[dt.datetime | None]
    """When the machine tagged it; the sweeper looks for words without it."""


class MachineTag(WithId, Base):
    """What the machine suggested, with the words that caused it. Kept with its answer."""

    __tablename__ = "machine_tags"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("answers.id"), index=True)
    kind: Mapped[str]
    """ "theme" or "sentiment"."""
    key: Mapped[str]
    score: Mapped[float]
    words_sealed: Mapped[str]
    """The words that caused it, as a JSON list."""
    tagger_version: Mapped[str]
    tagged_at: Mapped[dt.datetime]


class TagReview(WithId, Base):
    """What a person decided about an answer, beside the machine's tags; the newest counts. Never changed."""

    __tablename__ = "tag_reviews"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("answers.id"), index=True)
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    sentiment: Mapped[str]
    themes: Mapped[list[str]] = mapped_column(JSON)
    reviewed_at: Mapped[dt.datetime]


def add(work: Work, answer: Answer, *, value: str | None, text: str | None) -> None:
    """Add an answer with its value and words sealed."""
    work.seal(answer, "value_sealed", value)
    work.seal(answer, "text_sealed", text)
    work.session.add(answer)


def get(work: Work, answer_id: UUID) -> Answer:
    """Return an answer with its row locked."""
    return work.session.scalars(locked(select(Answer).where(Answer.id == answer_id))).one()


def find(work: Work, answer_id: UUID) -> Answer | None:
    """Find an answer and lock its row."""
    return work.session.scalar(locked(select(Answer).where(Answer.id == answer_id)))


def find_to_read(work: Work, answer_id: UUID) -> Answer | None:
    """Find an answer without a lock."""
    return work.session.get(Answer, answer_id)


def untagged(work: Work, *, but_not: Collection[UUID] = (), limit: int = 200) -> Sequence[UUID]:
    """Return the ids of answers whose words the machine has not tagged yet, oldest first."""
    return work.session.scalars(
        select(Answer.id)
        .where(Answer.has_words, Answer.tagged_at.is_(None), Answer.id.not_in(but_not))
        .order_by(Answer.answered_at, Answer.id)
        .limit(limit)
    ).all()


def add_machine_tag(work: Work, tag: MachineTag, *, words: Sequence[str]) -> None:
    """Add a machine tag with the words that caused it sealed."""
    work.seal(tag, "words_sealed", json.dumps(list(words)))
    work.session.add(tag)


def machine_tags(work: Work, answer_ids: Sequence[UUID]) -> Sequence[MachineTag]:
    """Return the machine's tags of some answers, strongest first."""
    return work.session.scalars(
        select(MachineTag)
        .where(MachineTag.answer_id.in_(answer_ids))
        .order_by(MachineTag.answer_id, MachineTag.score.desc(), MachineTag.key)
    ).all()


def newest_reviews(work: Work, answer_ids: Sequence[UUID]) -> dict[UUID, TagReview]:
    """Return the newest review of each answer that has one."""
    rows = work.session.scalars(
        select(TagReview)
        .where(TagReview.answer_id.in_(answer_ids))
        .order_by(TagReview.reviewed_at, TagReview.id)
    )
    return {row.answer_id: row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which answers with words to list."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    survey_ids: tuple[UUID, ...] | None = None
    unconfirmed_only: bool = False


def listed(work: Work, narrowing: Narrowing, *, limit: int, offset: int) -> Sequence[Answer]:
    """Return a page of the answers that hold words, newest first."""
    return work.session.scalars(
        _narrowed(select(Answer), narrowing)
        .order_by(Answer.answered_at.desc(), Answer.id)
        .limit(limit)
        .offset(offset)
    ).all()


def count_listed(work: Work, narrowing: Narrowing) -> int:
    """Return how many answers hold words."""
    return work.session.scalar(_narrowed(select(func.count(Answer.id)), narrowing)) or 0


def _narrowed(query: Select[Any], narrowing: Narrowing) -> Select[Any]:  # Any: rows of either shape
    query = query.where(Answer.has_words)
    if narrowing.since is not None:
        query = query.where(Answer.answered_at >= narrowing.since)
    if narrowing.until is not None:
        query = query.where(Answer.answered_at < narrowing.until)
    if narrowing.survey_ids is not None:
        query = query.where(Answer.survey_id.in_(narrowing.survey_ids))
    if narrowing.unconfirmed_only:
        query = query.where(~exists().where(TagReview.answer_id == Answer.id))
    return query


def newest_tagger_version(work: Work) -> str | None:
    """Return the version of the tagger that tagged last."""
    return work.session.scalar(
        select(MachineTag.tagger_version).order_by(MachineTag.tagged_at.desc(), MachineTag.id).limit(1)
    )
