"""A paper as an object: what every renderer draws. It holds text and shown numbers, and no way to reach raw ones."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.reports.period import Quarter

_NUMBER = re.compile(r"\d+%?|[cz]")


class PaperStatus(StrEnum):
    """How far a paper has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    RELEASED = "released"


STATUS_LABELS = {
    PaperStatus.DRAFT: "Draft: disclosure not checked yet",
    PaperStatus.CHECKED: "Disclosure checked, not released yet",
    PaperStatus.RELEASED: "Released",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in no order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; the first column names its row, the others hold what was counted."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers, or signs in the place of numbers."""
        return column > 0 and all(_NUMBER.fullmatch(row[column]) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars of people; the table beside it says the same and more."""

    title: str
    alternative: str
    bars: tuple[tuple[str, int], ...]


Block = Paragraph | Bullets | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, parts of its own among them."""

    heading: str
    blocks: tuple[Block, ...]
    parts: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class BoardReport:
    """A board paper, whole, whatever it is drawn as."""

    title: str
    council: str
    quarter: Quarter
    status: PaperStatus
    mark: str | None
    """Printed on every page: whom the paper is for; None for the public."""
    facts: tuple[tuple[str, str], ...]
    """What stands on the cover: a name and a value each."""
    sections: tuple[Section, ...]
