"""A toolkit over a real database, with ports that remember."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from app.analysis import concerns, tagger
from app.flows.wording import load_council
from app.storage.database import Database
from app.storage.sealing import Sealer
from app.usecases import outbound, tagging
from app.usecases.toolkit import Toolkit

COUNCIL = Path(__file__).parents[2] / "app" / "councils" / "demo.yaml"
TUESDAY_NOON = dt.datetime(2026, 9, 15, 11, 0, tzinfo=dt.UTC)
"""Noon in London: somebody of the team is at work."""


@dataclass
class FixedClock:
    now: dt.datetime = TUESDAY_NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_time(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


@dataclass
class RememberingGateway:
    sent: list[tuple[str, str]] = field(default_factory=list)
    fails_with: Exception | None = None

    def send(self, *, to: str, body: str, reference: UUID) -> str:
        if self.fails_with is not None:
            raise self.fails_with
        self.sent.append((to, body))
        return f"SM{reference.hex}"


@dataclass
class RememberingMailer:
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, *, to: str, subject: str, body: str, reference: UUID) -> str:
        self.sent.append((to, subject, body))
        return reference.hex


@dataclass
class Kit:
    """A toolkit, and the ends of its ports that a test looks at."""

    toolkit: Toolkit
    clock: FixedClock
    gateway: RememberingGateway
    mailer: RememberingMailer
    woken: list[tuple[str, UUID]]

    def work_off(self) -> None:
        """Do what the background would do."""
        while self.woken:
            task, row_id = self.woken.pop(0)
            {"alert": outbound.deliver, "deliver": outbound.deliver, "tag": tagging.tag_answer}[task](
                self.toolkit, row_id
            )


def make_sealer() -> Sealer:
    return Sealer([("k1", b"d" * 32)], b"f" * 32)


def make_kit(database_url: str, **changes: object) -> Kit:
    """Build a toolkit over a database; changes replace its ports by name."""
    woken: list[tuple[str, UUID]] = []
    clock, gateway, mailer = FixedClock(), RememberingGateway(), RememberingMailer()
    numbers = itertools.count(1)
    ports = {
        "database": Database(
            database_url, make_sealer(), wake=lambda task, row_id: woken.append((task, row_id))
        ),
        "clock": clock,
        "council": load_council(COUNCIL.read_text(encoding="utf-8"), source=COUNCIL.name),
        "holidays": frozenset(),
        "gateway": gateway,
        "mailer": mailer,
        "screen": concerns.screen,
        "tag": tagger.tag,
        "new_token": lambda: f"token-{next(numbers)}",
        "new_reference": lambda: f"R{next(numbers):03d}",
        "public_url": "https://heard.example.org",
    }
    return Kit(Toolkit(**(ports | changes)), clock, gateway, mailer, woken)
