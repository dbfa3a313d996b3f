"""Fresh databases for tests, empty or with all tables, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.schema import migrate
from tests.support.machine import do_without, find_postgres
from tests.support.postgres import Server, running_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Run one server for each process of the test run."""
    programs = find_postgres()
    if programs is None:
        do_without("PostgreSQL", "sudo apt-get install postgresql")
    with running_server(programs) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server) -> str:
    """Name a database with all tables and no rows, to be copied."""
    name = postgres_server.create()
    migrate(postgres_server.url_of(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "heard.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgres_url(postgres_server: Server) -> Iterator[str]:
    """Return the address of a PostgreSQL database without tables."""
    name = postgres_server.create()
    yield postgres_server.url_of(name)
    postgres_server.drop(name)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """Return the address of a fresh SQLite database with all tables."""
    path = tmp_path / "heard.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: Server, migrated_postgres: str) -> Iterator[str]:
    """Return the address of a fresh PostgreSQL database with all tables."""
    name = postgres_server.create(template=migrated_postgres)
    yield postgres_server.url_of(name)
    postgres_server.drop(name)


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh database with all tables; the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database without tables; the test runs once on each kind."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))
