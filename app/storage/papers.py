"""Board papers: draft, checked, released; what is released never changes."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, WithId
from app.storage.database import Work, locked


class BoardPaper(WithId, Base):
    """One paper for one quarter. Released papers are kept for ever."""

    __tablename__ = "board_papers"

    quarter: Mapped[str] = mapped_column(index=True)
    """Such as "2026-Q3"."""
    status: Mapped[str]
    """ "draft", "checked" or "released" (app.reports.board.PaperStatus)."""
    figures: Mapped[str]
    """The figure set after disclosure control, as JSON: the only numbers that any format draws."""
    checksum: Mapped[str]
    """Keyed digest of figures, method and subjects, so that a changed number or word shows."""
    method: Mapped[str]
    """How the figures came about, as JSON."""
    subjects: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    """For groups below ten people: subjects in a worker's own words, by group."""
    prepared_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    prepared_at: Mapped[dt.datetime]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    checked_at: Mapped[dt.datetime | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[dt.datetime | None]
    released_for: Mapped[str | None] = mapped_column(unique=True)
    """The quarter once released, else None: no quarter has two released papers."""


def find(work: Work, paper_id: UUID) -> BoardPaper | None:
    """Find a paper and lock its row."""
    return work.session.scalar(locked(select(BoardPaper).where(BoardPaper.id == paper_id)))


def newest_first(work: Work, *, released_only: bool = False, limit: int = 100) -> Sequence[BoardPaper]:
    """Return the papers, newest first."""
    query = select(BoardPaper)
    if released_only:
        query = query.where(BoardPaper.status == "released")
    return work.session.scalars(
        query.order_by(BoardPaper.prepared_at.desc(), BoardPaper.id).limit(limit)
    ).all()


def find_released(work: Work, quarter: str) -> BoardPaper | None:
    """Find the released paper of a quarter."""
    return work.session.scalar(select(BoardPaper).where(BoardPaper.released_for == quarter))
