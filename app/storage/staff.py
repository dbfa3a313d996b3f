"""Staff accounts and their roles, in the shape that Flask-Security asks for."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_security import RoleMixin, SQLAlchemySessionUserDatastore, UserMixin
from sqlalchemy import Column, ForeignKey, Table, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from app.storage.base import Base, WithId
from app.storage.database import READ_ONLY, Database, Work


class RoleName(StrEnum):
    """What somebody on the staff may do."""

    PARTICIPATION_WORKER = "participation_worker"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    REPORT_READER = "report_reader"
    ADMINISTRATOR = "administrator"


staff_roles = Table(
    "staff_roles",
    Base.metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Role(WithId, Base, RoleMixin):  # type: ignore[misc] # the mixin leaves the type of id open
    """A role; the four are written at start-up."""

    __tablename__ = "roles"

    name: Mapped[str] = mapped_column(unique=True)


class Staff(WithId, Base, UserMixin):  # type: ignore[misc] # the mixin leaves the type of id open
    """Somebody who signs in. Kept while employed, then switched off, since the audit names them."""

    __tablename__ = "staff"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str]
    """A hash (argon2)."""
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    """Changing it ends every session of theirs."""
    phone_sealed: Mapped[str | None]
    """Where alerts are texted to."""
    is_named_lead: Mapped[bool]
    """One of the two named people whom every concern alerts."""
    made_at: Mapped[dt.datetime]

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment] # the mixin names its own Role
        secondary=staff_roles, lazy="joined"
    )


class StaffAccounts(SQLAlchemySessionUserDatastore):
    """Finds members of staff for Flask-Security, without holding a transaction open while a page is made."""

    @override
    def find_user(self, case_insensitive: bool = False, **sought: Any) -> UserMixin | None:
        """Find a member of staff and let the database go: a use case of the same request needs it next."""
        self.db.session.connection(execution_options=READ_ONLY)
        found = super().find_user(case_insensitive=case_insensitive, **sought)
        self.db.session.remove()
        return found


def accounts(database: Database) -> StaffAccounts:
    """Return the accounts in the shape that Flask-Security asks for."""
    return StaffAccounts(database.staff_session(), Staff, Role)


def named_leads(work: Work) -> Sequence[Staff]:
    """Return the people whom every concern alerts, by email."""
    return (
        work.session.scalars(select(Staff).where(Staff.is_named_lead, Staff.active).order_by(Staff.email))
        .unique()
        .all()
    )


def lock_named_leads(work: Work) -> Sequence[Staff]:
    """Return the people whom every concern alerts, their rows locked, always in the same order."""
    return (
        work.session.scalars(
            select(Staff)
            .where(Staff.is_named_lead, Staff.active)
            .order_by(Staff.id)
            .with_for_update(of=Staff, key_share=True)
            .execution_options(populate_existing=True)
        )
        .unique()
        .all()
    )


def active_with_role(work: Work, name: RoleName) -> Sequence[Staff]:
    """Return the active people who have a role, by email."""
    has_role = Staff.roles.any(Role.name == name)
    return (
        work.session.scalars(select(Staff).where(has_role, Staff.active).order_by(Staff.email)).unique().all()
    )


def find(work: Work, staff_id: UUID) -> Staff | None:
    """Find a member of staff."""
    return work.session.get(Staff, staff_id)


def find_by_email(work: Work, email: str) -> Staff | None:
    """Find a member of staff by their email address."""
    return (
        work.session.scalars(select(Staff).where(Staff.email == email.strip().lower())).unique().one_or_none()
    )


def count_named_leads(work: Work) -> int:
    """Return how many active people every concern alerts."""
    query = select(func.count()).select_from(Staff).where(Staff.is_named_lead, Staff.active)
    return work.session.scalar(query) or 0


def names(work: Work, staff_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of some members of staff."""
    rows = work.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff_ids)))
    return {row.id: row.name for row in rows}


def role(work: Work, name: RoleName) -> Role:
    """Return a role, writing it first where it is not there yet."""
    found = work.session.scalar(select(Role).where(Role.name == name))
    if found is None:
        found = Role(name=name)
        work.session.add(found)
    return found


def everyone(work: Work) -> Sequence[Staff]:
    """Return every member of staff, by name."""
    return work.session.scalars(select(Staff).order_by(Staff.name)).unique().all()
