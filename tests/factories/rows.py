"""Rows for tests."""

import itertools
from uuid import UUID, uuid4

from sqlalchemy import select

from app.flows.loader import load_survey
from app.shared.cohorts import AgeBand, Cohort
from app.storage import people, staff
from app.storage.invitations import Invitation
from app.storage.people import Person, Team
from app.storage.staff import Staff
from app.storage.surveys import SurveyVersion
from tests.factories.toolkits import TUESDAY_NOON, Kit

_numbers = itertools.count(1)

THREE_QUESTIONS = """
key: three-questions
version: 1
title: Three questions
cohorts: [child_in_care]
questions:
  - id: settled
    kind: scale
    text: "How settled do you feel?"
    low: not at all
    high: very
  - id: better
    kind: open_text
    text: "What would make things better?"
  - id: anything
    kind: open_text
    text: "Is there anything else you want to say?"
closing: "Thanks, that is all we wanted to ask."
"""


def a_team(kit: Kit, name: str = "North team") -> UUID:
    with kit.toolkit.database.begin() as work:
        known = {team.name: team for team in people.teams(work)}
        team = known.get(name) or Team(name=name, made_at=TUESDAY_NOON)
        work.session.add(team)
        return team.id


def a_person(
    kit: Kit,
    *,
    phone: str | None = "+447700900001",
    cohort: Cohort = Cohort.CHILD_IN_CARE,
    age_band: AgeBand = AgeBand.ELEVEN_TO_SEVENTEEN,
    team: str = "North team",
) -> UUID:
    """Add a person with a made-up name and return their id."""
    team_id = a_team(kit, team)
    with kit.toolkit.database.begin() as work:
        person = Person(
            designation=f"Quiet Heron {next(_numbers)}",
            cohort=cohort,
            age_band=age_band,
            team_id=team_id,
            made_at=TUESDAY_NOON,
        )
        people.add(work, person, name="Sam Example", phone=phone)
        return person.id


def a_survey(kit: Kit, definition: str = THREE_QUESTIONS) -> UUID:
    """Publish a survey and return its version's id."""
    survey = load_survey(definition, source="test")
    with kit.toolkit.database.begin() as work:
        row = SurveyVersion(
            key=survey.key,
            version=survey.version,
            title=survey.title,
            definition=survey.to_json(),
            published_at=TUESDAY_NOON,
        )
        work.session.add(row)
        return row.id


def an_invitation(kit: Kit, person_id: UUID, survey_id: UUID, *, channel: str = "sms") -> UUID:
    with kit.toolkit.database.begin() as work:
        row = Invitation(
            survey_id=survey_id,
            person_id=person_id,
            team_id=people.get(work, person_id).team_id,
            channel=channel,
            invited_at=kit.clock(),
        )
        work.session.add(row)
        return row.id


def a_lead(kit: Kit, *, email: str = "lead@example.org", phone: str | None = "+447700900801") -> UUID:
    """Add a named safeguarding lead and return their id."""
    with kit.toolkit.database.begin() as work:
        lead = Staff(
            email=email,
            name=f"Pat {email}",
            password="not a hash",
            active=True,
            fs_uniquifier=uuid4().hex,
            is_named_lead=True,
            made_at=TUESDAY_NOON,
        )
        lead.roles.append(staff.role(work, staff.RoleName.SAFEGUARDING_LEAD))
        work.seal(lead, "phone_sealed", phone)
        work.session.add(lead)
        return lead.id


def rows(kit: Kit, table: type) -> list:
    """Return every row of a table."""
    with kit.toolkit.database.read() as work:
        return list(work.session.scalars(select(table)).unique())
