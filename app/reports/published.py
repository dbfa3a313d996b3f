"""The figures that may be shown: suppressed, rounded, and frozen as JSON at release."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from app.reports.profiles import Profile
from app.shared.cohorts import Group

FORMAT = 1
"""Counted up when the frozen form changes; a released paper keeps the form that it was released in."""


class FiguresUnreadable(ValueError):  # noqa: N818 — named as the fact, as all our errors are
    """A text is not a frozen set of figures."""


class Direction(StrEnum):
    """How a share moved since last quarter, that rounding leaves it open, or that nothing may be said."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "about_the_same"
    TOO_CLOSE = "too_close_to_tell"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of people as it may be shown; None is `c`, whatever the reason."""

    people: int | None
    percent: int | None = None

    @property
    def is_shown(self) -> bool:
        """Whether there is a number to show."""
        return self.people is not None


HIDDEN = Cell(None)


@dataclass(frozen=True, slots=True)
class Line:
    """A theme or a sentiment of one group: people now, people last quarter, and which way it went."""

    key: str
    label: str
    people: Cell
    last_quarter: Cell
    direction: Direction


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What may be said of one group; without tables, only what it was about, in a worker's words."""

    group: Group
    asked: Cell
    answered: Cell
    """Its percentage is the share of those asked."""
    answered_last_quarter: Cell
    has_tables: bool
    themes: tuple[Line, ...]
    sentiments: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """Which teams were heard from; a team stands in exactly one of the three."""

    heard: tuple[str, ...]
    """Enough people answered that saying so points to none of them."""
    silent: tuple[str, ...]
    """Nobody answered, of enough people."""
    too_few: tuple[str, ...]
    """Any other: a few answered, or too few were asked to say whether anybody did."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One quarter's figures as they may be shown, and the rules that made them so."""

    profile: Profile
    groups: tuple[GroupFigures, ...]
    teams: TeamFigures
    open_link_answers: Cell

    def to_json(self) -> str:
        """Write the frozen form; equal figures give equal text."""
        return json.dumps(
            {"format": FORMAT, **asdict(self)}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    @property
    def checksum(self) -> str:
        """The SHA-256 of the frozen form, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the frozen form back."""
        try:
            return cls._read(json.loads(text))
        except (KeyError, TypeError, ValueError) as cause:
            raise FiguresUnreadable("This is not a set of figures in a form that we know.") from cause

    # The values are checked by building the dataclasses and by writing them out again just below.
    @classmethod
    def _read(cls, frozen: dict[str, Any]) -> Self:
        if frozen["format"] != FORMAT:
            raise FiguresUnreadable("The figures were frozen in another form.")
        figures = cls(
            Profile(**frozen["profile"]),
            tuple(_read_group(group) for group in frozen["groups"]),
            TeamFigures(**{name: tuple(teams) for name, teams in frozen["teams"].items()}),
            Cell(**frozen["open_link_answers"]),
        )
        if json.loads(figures.to_json()) != frozen:
            raise FiguresUnreadable("The figures hold something that we do not know.")
        return figures


def _read_group(frozen: dict[str, Any]) -> GroupFigures:
    return GroupFigures(
        Group(frozen["group"]),
        Cell(**frozen["asked"]),
        Cell(**frozen["answered"]),
        Cell(**frozen["answered_last_quarter"]),
        frozen["has_tables"],
        tuple(_read_line(line) for line in frozen["themes"]),
        tuple(_read_line(line) for line in frozen["sentiments"]),
    )


def _read_line(frozen: dict[str, Any]) -> Line:
    return Line(
        frozen["key"],
        frozen["label"],
        Cell(**frozen["people"]),
        Cell(**frozen["last_quarter"]),
        Direction(frozen["direction"]),
    )
