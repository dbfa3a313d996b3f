"""The migrations make what the tables say, there and back, with rows in them."""

import datetime as dt
import uuid

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, select

from app.storage.database import make_engine
from app.storage.schema import alembic_config, migrate, roll_back
from app.storage.tables import Base

NOW = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


@pytest.fixture
def engine(empty_database_url):
    engine = make_engine(empty_database_url)
    yield engine
    engine.dispose()


def test_revisions_are_numbered_and_in_one_line():
    revisions = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()]

    assert revisions == sorted(revisions, reverse=True)
    assert revisions[-1] == "0001"


def test_the_newest_revision_is_what_the_tables_say(empty_database_url, engine):
    migrate(empty_database_url)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_first_revision_goes_back_to_nothing(empty_database_url, engine):
    migrate(empty_database_url)

    roll_back(empty_database_url, revision="base")

    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_migrating_twice_changes_nothing_and_keeps_the_rows(empty_database_url, engine):
    migrate(empty_database_url)
    teams = Base.metadata.tables["teams"]
    with engine.begin() as connection:
        connection.execute(teams.insert().values(id=uuid.uuid4(), name="North team", made_at=NOW))

    migrate(empty_database_url)

    with engine.connect() as connection:
        assert connection.execute(select(teams.c.name)).scalars().all() == ["North team"]


def test_every_constraint_has_a_name(empty_database_url, engine):
    migrate(empty_database_url)
    found = MetaData()
    found.reflect(engine)

    nameless = [
        table.name
        for table in found.tables.values()
        for constraint in table.constraints
        if constraint.name is None and table.name != "alembic_version"
    ]
    assert nameless == []
