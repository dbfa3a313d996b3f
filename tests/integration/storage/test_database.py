"""Transactions: all or nothing, woken only after the commit, and set up to last."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from app.storage.database import Database
from app.storage.people import Team
from tests.factories.toolkits import make_sealer

NOON = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.fixture
def woken() -> list:
    return []


@pytest.fixture
def database(database_url, woken):
    database = Database(database_url, make_sealer(), wake=lambda task, row_id: woken.append(task))
    yield database
    database.engine.dispose()


def test_what_raises_changes_nothing_and_wakes_nobody(database, woken):
    def go_wrong():
        with database.begin() as work:
            work.session.add(Team(name="North", made_at=NOON))
            work.wake("deliver", uuid4())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        go_wrong()

    with database.read() as work:
        assert work.session.scalars(select(Team)).all() == []
    assert woken == []


def test_the_background_is_woken_after_the_commit(database, woken):
    with database.begin() as work:
        work.wake("deliver", uuid4())
        assert woken == []

    assert woken == ["deliver"]


def test_moments_come_back_aware_and_in_utc(database):
    with database.begin() as work:
        work.session.add(Team(name="North", made_at=NOON))

    with database.read() as work:
        made_at = work.session.scalars(select(Team)).one().made_at

    assert made_at == NOON
    assert made_at.utcoffset() == dt.timedelta(0)


def test_a_naive_moment_is_refused(database):
    with pytest.raises(Exception, match="without a time zone"), database.begin() as work:
        work.session.add(Team(name="North", made_at=dt.datetime(2026, 7, 1)))  # noqa: DTZ001


def test_sqlite_is_set_up_to_last(sqlite_url):
    database = Database(sqlite_url, make_sealer(), wake=lambda task, row_id: None)

    with database.read() as work:
        found = {
            name: work.session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    database.engine.dispose()
