"""Who looked at what, and who changed what: appended, never altered."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base
from app.storage.database import Work


class AuditEntry(Base):
    """One look or change. Kept six years (guide 3.5)."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    actor_id: Mapped[UUID | None]
    """Who on the staff; None for the product itself."""
    action: Mapped[str]
    """ "concern.read", "tags.confirmed" … a verb in the past tense."""
    subject_type: Mapped[str]
    subject_id: Mapped[UUID | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry speaks of: a kind of thing, and which."""

    kind: str
    row_id: UUID | None


def append(work: Work, action: str, subject: Subject, *, actor_id: UUID | None, at: dt.datetime) -> None:
    """Append an entry to the same transaction as what it speaks of."""
    work.session.add(
        AuditEntry(
            at=at, actor_id=actor_id, action=action, subject_type=subject.kind, subject_id=subject.row_id
        )
    )


def has_happened(work: Work, action: str) -> bool:
    """Whether anything is kept under an action."""
    return bool(work.session.scalar(select(exists().where(AuditEntry.action == action))))
