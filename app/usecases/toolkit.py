"""What every use case is handed: the ports to the outside, built in one place (app.wiring)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.analysis.clocks import WorkingWeek
from app.analysis.concerns import Screening
from app.analysis.tagger import Tags
from app.flows.wording import Council
from app.shared.clock import Clock
from app.storage.database import Database


class Gateway(Protocol):
    """Sends texts."""

    def send(self, *, to: str, body: str, reference: UUID) -> str:
        """Send one text to an E.164 number; return the provider's id. Raises ProviderFailed."""


class Mailer(Protocol):
    """Sends emails to staff."""

    def send(self, *, to: str, subject: str, body: str, reference: UUID) -> str:
        """Send one email; return an id. Raises ProviderFailed."""


class Screen(Protocol):
    """Finds concerns for a young person's safety in what they wrote."""

    def __call__(self, text: str, *, question: str = "") -> Screening:
        """Return what was found; the question gives a short reply its meaning."""


class Tagger(Protocol):
    """Suggests sentiment and themes."""

    def __call__(self, text: str, *, question: str = "") -> Tags:
        """Return the suggestions, each with the words that caused it."""


@dataclass(frozen=True, slots=True)
class Toolkit:
    """The ports."""

    database: Database
    clock: Clock
    council: Council
    holidays: frozenset[dt.date]
    gateway: Gateway
    mailer: Mailer
    screen: Screen
    tag: Tagger
    new_token: Callable[[], str]
    """Returns a link's token: 256 random bits, safe in a URL."""
    new_reference: Callable[[], str]
    """Returns four random letters and digits, such as "4F2K"."""
    public_url: str
    """Where the world reaches us, without a trailing slash."""
    test_numbers: bool = False
    """Whether +999 numbers count as phones; production refuses it."""

    @property
    def week(self) -> WorkingWeek:
        """When somebody of the team is at work."""
        hours = self.council.hours
        return WorkingWeek(
            days=frozenset(hours.days), opens=hours.opens, closes=hours.closes, holidays=self.holidays
        )
