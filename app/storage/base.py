"""What every table shares: names for constraints, times in UTC, and ids that are made in code."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from typing_extensions import override

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment: aware in code, UTC in storage, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn an aware moment into UTC; a naive one is a programmer's mistake."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(dt.UTC)

    @override
    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give every moment its zone back: SQLite forgets it."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: dict[Any, Any] = {dt.datetime: UtcDateTime}  # noqa: RUF012 — SQLAlchemy's own form


class WithId:
    """A row whose id exists before it is written, because what it seals is bound to that id."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 — the columns' own types are checked by Mapped
        values.setdefault("id", uuid4())
        super().__init__(**values)
