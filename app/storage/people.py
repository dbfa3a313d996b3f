"""Young people, carers and parents: who may be asked, in which team, under which designation."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.storage.base import Base, WithId
from app.storage.database import Work


class Team(WithId, Base):
    """A team of the council. Kept for as long as an answer or a paper speaks of it."""

    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]


class Person(WithId, Base):
    """Somebody we may ask. Kept while the council works with them; names and phones are sealed."""

    __tablename__ = "people"

    designation: Mapped[str] = mapped_column(unique=True)
    """The made-up name that staff see instead of the real one."""
    cohort: Mapped[str]
    """A value of app.shared.cohorts.Cohort."""
    age_band: Mapped[str]
    """A value of app.shared.cohorts.AgeBand."""
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), index=True)
    name_sealed: Mapped[str]
    phone_sealed: Mapped[str | None]
    phone_fingerprint: Mapped[str | None] = mapped_column(unique=True)
    """The keyed fingerprint by which a text finds its sender; None where we have no phone."""
    texts_stopped_at: Mapped[dt.datetime | None]
    """When they said STOP; nothing is texted until they say START."""
    number_doubted_at: Mapped[dt.datetime | None]
    """When somebody said that this is the wrong number; staff must check it."""
    open_prompt: Mapped[str | None]
    """A question of ours beside the survey that waits for a reply ("call_time"); it goes before the survey's."""
    open_prompt_concern_id: Mapped[UUID | None]
    """The queue item that the reply to the open prompt belongs to."""
    last_support_at: Mapped[dt.datetime | None]
    """When they were last sent a support text, so that one open concern brings one in twelve hours."""
    last_more_at: Mapped[dt.datetime | None]
    """When they were last sent the shorter text that follows it: at once after the first, then at most hourly."""
    made_at: Mapped[dt.datetime]

    team: Mapped[Team] = relationship(lazy="joined")


def find_by_phone(work: Work, phone: str) -> Person | None:
    """Find who a phone belongs to, and lock their row: one text of theirs is acted on at a time."""
    return work.session.scalar(
        select(Person)
        .where(Person.phone_fingerprint == work.sealer.fingerprint(phone))
        .with_for_update(of=Person, key_share=True)
    )


def lock(work: Work, person_id: UUID) -> Person:
    """Return a person with their row locked; rows that only point here find room (FOR NO KEY UPDATE)."""
    return work.session.scalars(
        select(Person)
        .where(Person.id == person_id)
        .with_for_update(of=Person, key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def get(work: Work, person_id: UUID) -> Person:
    """Return a person."""
    return work.session.get_one(Person, person_id)


def teams(work: Work) -> Sequence[Team]:
    """Return every team, by name."""
    return work.session.scalars(select(Team).order_by(Team.name)).all()


def everyone(work: Work) -> Sequence[Person]:
    """Return all the people we may ask, by designation: nobody is left out in silence."""
    return work.session.scalars(select(Person).order_by(Person.designation)).all()


def listed(work: Work, *, limit: int, offset: int) -> Sequence[Person]:
    """Return a page of the people we may ask, by designation."""
    return work.session.scalars(select(Person).order_by(Person.designation).limit(limit).offset(offset)).all()


def chosen(work: Work, *, team_ids: Sequence[UUID], cohorts: Sequence[str]) -> Sequence[Person]:
    """Return everybody of some teams and cohorts, by designation; none named means all."""
    query = select(Person).order_by(Person.designation)
    if team_ids:
        query = query.where(Person.team_id.in_(team_ids))
    if cohorts:
        query = query.where(Person.cohort.in_(cohorts))
    return work.session.scalars(query).all()


def count(work: Work) -> int:
    """Return how many people there are."""
    return work.session.scalar(select(func.count()).select_from(Person)) or 0


def designations(work: Work) -> set[str]:
    """Return every designation that is taken."""
    return set(work.session.scalars(select(Person.designation)))


def add(work: Work, person: Person, *, name: str, phone: str | None) -> None:
    """Add a person, their name and phone (E.164) sealed."""
    work.seal(person, "name_sealed", name)
    work.seal(person, "phone_sealed", phone)
    person.phone_fingerprint = None if phone is None else work.sealer.fingerprint(phone)
    work.session.add(person)


def team_name(work: Work, team_id: UUID) -> str:
    """Return the name of a team."""
    return work.session.get_one(Team, team_id).name


def known_phones(work: Work, phones: Sequence[str]) -> set[str]:
    """Return which of some phones (E.164) are stored already."""
    found = set(work.session.scalars(select(Person.phone_fingerprint)))
    return {phone for phone in phones if work.sealer.fingerprint(phone) in found}


def some(work: Work, person_ids: Sequence[UUID]) -> Sequence[Person]:
    """Return some people, by designation, their rows locked."""
    return work.session.scalars(
        select(Person)
        .where(Person.id.in_(person_ids))
        .order_by(Person.designation)
        .with_for_update(of=Person, key_share=True)
    ).all()
