"""What every other test relies on: shut sockets, and databases of our own."""

import socket
import urllib.error
import urllib.request

import psycopg
import pytest
from sqlalchemy import create_engine, inspect

from tests.support.postgres import Server


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_an_ordinary_test_cannot_open_a_socket() -> None:
    with pytest.raises(RuntimeError, match="tried to use socket"):
        socket.socket()


@pytest.mark.server
@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_a_test_that_starts_servers_reaches_this_machine_alone() -> None:
    with pytest.raises(RuntimeError, match="allowed"):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)


@pytest.mark.postgres
def test_the_postgresql_server_is_our_own_and_writes_to_disk(postgres_server: Server) -> None:
    with psycopg.connect(f"host={postgres_server.folder} user=postgres dbname=postgres") as connection:
        shown = [
            connection.execute(f"SHOW {name}").fetchone()
            for name in ("listen_addresses", "fsync", "data_directory")
        ]

    assert shown == [("",), ("on",), (str(postgres_server.folder / "cluster"),)]


@pytest.mark.postgres
def test_each_database_is_dropped_with_whoever_is_connected(postgres_server: Server) -> None:
    name = postgres_server.create()

    with psycopg.connect(f"host={postgres_server.folder} user=postgres dbname={name}") as connection:
        postgres_server.drop(name)

        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_a_database_comes_with_all_tables_or_with_none(database_url: str, empty_database_url: str) -> None:
    tables, no_tables = tables_of(database_url), tables_of(empty_database_url)

    assert "alembic_version" in tables
    assert len(tables) > 1
    assert no_tables == []


def tables_of(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
    engine.dispose()
    return names
