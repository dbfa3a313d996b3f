"""The quarter that a board paper covers: a calendar quarter as the council's clocks have it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from app.shared.errors import Fault, Rejected

LONDON = ZoneInfo("Europe/London")

_SPANS = ("January to March", "April to June", "July to September", "October to December")
_KEY = re.compile(r"([2-9]\d{3})-Q([1-4])")


class QuarterNotOver(Rejected):
    """A paper was asked for before its quarter was over."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One calendar quarter, half-open: it ends at the moment the next one starts."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if self.quarter not in {1, 2, 3, 4}:
            message = f"There is no quarter {self.quarter}."
            raise ValueError(message)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key such as 2026-Q3."""
        found = _KEY.fullmatch(key)
        if found is None:
            raise Rejected([Fault("quarter", "Write a quarter as its year and number, such as 2026-Q3.")])
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def containing(cls, moment: dt.datetime) -> Self:
        """Find the quarter that an aware moment falls into, by the clocks in London."""
        if moment.tzinfo is None:
            raise ValueError("A moment without a time zone belongs to no quarter.")
        local = moment.astimezone(LONDON)
        return cls(local.year, (local.month + 2) // 3)

    @property
    def key(self) -> str:
        """How the quarter is stored and put in an address."""
        return f"{self.year}-Q{self.quarter}"

    @property
    def label(self) -> str:
        """How the quarter is written for a reader."""
        return f"{_SPANS[self.quarter - 1]} {self.year}"

    @property
    def starts(self) -> dt.datetime:
        """The first moment of the quarter, in UTC."""
        first = dt.datetime(self.year, 3 * self.quarter - 2, 1, tzinfo=LONDON)
        return first.astimezone(dt.UTC)

    @property
    def ends(self) -> dt.datetime:
        """The first moment after the quarter, in UTC."""
        return self.next.starts

    @property
    def previous(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year - 1, 4) if self.quarter == 1 else Quarter(self.year, self.quarter - 1)

    @property
    def next(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.year + 1, 1) if self.quarter == 4 else Quarter(self.year, self.quarter + 1)

    def is_over(self, now: dt.datetime) -> bool:
        """Whether the whole quarter has passed."""
        return now >= self.ends

    def require_over(self, now: dt.datetime) -> None:
        """Refuse a paper for a quarter that is still running."""
        if not self.is_over(now):
            problem = f"{self.label} is not over yet; a paper covers a whole quarter."
            raise QuarterNotOver([Fault("quarter", problem)])
