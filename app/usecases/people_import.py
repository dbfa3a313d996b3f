"""People: taken in from a CSV, all or none, and listed by designation."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from app.shared.cohorts import AgeBand, Cohort
from app.shared.errors import Fault, Rejected
from app.storage import audit, people
from app.storage.audit import Subject
from app.storage.people import Person, Team
from app.usecases.designations import new_designation
from app.usecases.people_rows import EXAMPLE, MOST_BYTES, read_people
from app.usecases.surveys import AGE_WORDS, COHORT_WORDS
from app.usecases.toolkit import Toolkit

__all__ = [
    "EXAMPLE",
    "MOST_BYTES",
    "Imported",
    "ListedPeople",
    "ListedPerson",
    "everyone",
    "import_people",
    "teams",
]


ON_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    people: int
    new_teams: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """One person, by designation: no name, no number."""

    who: str
    team: str
    cohort: str
    age_band: str
    has_phone: bool
    texts_stopped: bool
    number_doubted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPeople:
    """One page of people."""

    people: tuple[ListedPerson, ...]
    total: int
    page: int
    pages: int


def import_people(toolkit: Toolkit, content: bytes, *, actor_id: UUID | None) -> Imported:
    """Take in the people of a file. Raises Rejected with every fault, and then nobody is taken in."""
    # Read before the transaction that writes: a large file must not make a young person's text wait.
    with toolkit.database.read() as work:
        rows = read_people(
            content, known=partial(people.known_phones, work), test_numbers=toolkit.test_numbers
        )
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        if people.known_phones(work, [row.phone for row in rows if row.phone is not None]):
            raise Rejected([Fault("file", "somebody took in one of these people meanwhile; choose it again")])
        taken = people.designations(work)
        teams_by_name = {team.name: team for team in people.teams(work)}
        made = []
        for name in dict.fromkeys(row.team for row in rows if row.team not in teams_by_name):
            teams_by_name[name] = Team(name=name, made_at=now)
            work.session.add(teams_by_name[name])
            made.append(name)
        work.session.flush()
        for row in rows:
            person = Person(
                designation=new_designation(taken),
                cohort=row.cohort,
                age_band=row.age_band,
                team_id=teams_by_name[row.team].id,
                made_at=now,
            )
            people.add(work, person, name=row.name, phone=row.phone)
            audit.append(work, "person.imported", Subject("person", person.id), actor_id=actor_id, at=now)
    return Imported(people=len(rows), new_teams=tuple(made))


def everyone(toolkit: Toolkit, *, page: int = 1) -> ListedPeople:
    """Return a page of the people we may ask, by designation."""
    with toolkit.database.read() as work:
        total = people.count(work)
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(max(1, page), pages)
        rows = people.listed(work, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
        return ListedPeople(people=tuple(_listed(row) for row in rows), total=total, page=page, pages=pages)


def _listed(row: Person) -> ListedPerson:
    return ListedPerson(
        who=row.designation,
        team=row.team.name,
        cohort=COHORT_WORDS[Cohort(row.cohort)],
        age_band=AGE_WORDS[AgeBand(row.age_band)],
        has_phone=row.phone_sealed is not None,
        texts_stopped=row.texts_stopped_at is not None,
        number_doubted=row.number_doubted_at is not None,
    )


def teams(toolkit: Toolkit) -> list[tuple[UUID, str]]:
    """Return every team's id and name, by name."""
    with toolkit.database.read() as work:
        return [(team.id, team.name) for team in people.teams(work)]
