"""The database: its one engine, and the one place that commits."""

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from app.storage.sealing import Place, Sealer

Wake = Callable[[str, UUID], None]
"""Tells the background workers that a row is due: the task's name and the row's id, nothing else."""

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)
POSTGRES_OPTIONS = "-c statement_timeout=15000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
READ_ONLY = {"heard_read_only": True}
Row = TypeVar("Row", bound=tuple[Any, ...])


class Work:
    """One transaction: a session, what may be sealed in it, and whom to wake once it is committed."""

    def __init__(self, session: Session, sealer: Sealer) -> None:
        self.session = session
        self.sealer = sealer
        self.wakes: list[tuple[str, UUID]] = []

    def wake(self, task: str, row_id: UUID) -> None:
        """Tell the background that a row is due, after the commit; a lost wake is made up for by the sweeper."""
        self.wakes.append((task, row_id))

    def seal(self, row: Any, column: str, text: str | None) -> None:  # noqa: ANN401 — any table's row
        """Put a text, encrypted for this very cell, into a row's column."""
        setattr(row, column, None if text is None else self.sealer.seal(text, _place(row, column)))

    def unseal(self, row: Any, column: str) -> str | None:  # noqa: ANN401 — any table's row
        """Return the text of a sealed cell, or None where it is empty. Raises SealBroken."""
        value = getattr(row, column)
        return None if value is None else self.sealer.open(value, _place(row, column))


def locked(statement: Select[Row]) -> Select[Row]:
    """Lock the rows of a statement until the transaction ends, and read them afresh.

    Without reading afresh, a row that this session had seen before it waited for the lock would keep its old values.
    """
    return statement.with_for_update().execution_options(populate_existing=True)


def insert_once(work: Work, row: Any, *, unique: Sequence[str]) -> bool:  # noqa: ANN401 — any table's row
    """Insert a row unless its unique columns are taken; return whether it was inserted.

    The insert itself decides, so that two deliveries at the same moment cannot both win.
    """
    table = row.__table__
    dialect = postgresql if work.session.get_bind().dialect.name == "postgresql" else sqlite
    values = {column.key: getattr(row, column.key) for column in table.columns}
    statement = (
        dialect.insert(table)
        .values({key: value for key, value in values.items() if value is not None})
        .on_conflict_do_nothing(index_elements=list(unique))
        .returning(table.c.id)
    )
    return work.session.execute(statement).scalar_one_or_none() is not None


def _place(row: Any, column: str) -> Place:  # noqa: ANN401 — any table's row
    return Place(row.__tablename__, column, str(row.id))


class Database:
    """Opens transactions; nothing else in the product commits, save Flask-Security's own session."""

    def __init__(self, url: str, sealer: Sealer, *, wake: Wake) -> None:
        self.engine = make_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, autoflush=True)
        self._sealer = sealer
        self._wake = wake

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """Open a transaction that writes; commit at the end, undo everything if anything is raised."""
        with self._sessions() as session, session.begin():
            work = Work(session, self._sealer)
            yield work
        for task, row_id in work.wakes:
            self._wake(task, row_id)

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Open a transaction that only reads: on SQLite it waits for nobody."""
        with self._sessions() as session:
            session.connection(execution_options=READ_ONLY)
            yield Work(session, self._sealer)

    def without_waking(self) -> "Database":
        """Return the same database for somebody who does the background's work themselves."""
        quiet = copy.copy(self)
        quiet._wake = _wake_nobody  # noqa: SLF001 — a copy of our own
        return quiet

    def staff_session(self) -> scoped_session[Session]:
        """Return the session that Flask-Security owns and commits by itself."""
        return scoped_session(self._sessions)


def _wake_nobody(_task: str, _row_id: UUID) -> None:
    """Leave the background alone."""


def make_engine(url: str) -> Engine:
    """Return an engine with the settings that durability needs (reliability design, point 10)."""
    if url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        # Parameters would carry words and numbers into every log that shows an error.
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": 5},
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 — the driver's connection
    # SQLAlchemy's documented way to own BEGIN: the driver must not open transactions by itself.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once under load, whatever the timeout.
    reads = connection.get_execution_options().get("heard_read_only", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
