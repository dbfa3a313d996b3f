"""Rows that a job stumbled over rest for a while, so that they stand in nobody's way."""

import datetime as dt
from uuid import UUID

REST = dt.timedelta(minutes=10)


class RestingRows:
    """Remembers, for this process, when each row that a job stumbled over may be tried again."""

    def __init__(self) -> None:
        self._until: dict[UUID, dt.datetime] = {}

    def rest(self, row_id: UUID, *, now: dt.datetime) -> None:
        """Let a row rest from now on."""
        self._until[row_id] = now + REST

    def at(self, now: dt.datetime) -> frozenset[UUID]:
        """Return the rows that rest at a moment, and forget the others."""
        # Jobs run in several threads: the rows are copied before they are looked through.
        for row_id, until in list(self._until.items()):
            if until <= now:
                self._until.pop(row_id, None)
        return frozenset(self._until.copy())
