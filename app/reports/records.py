"""What storage hands over for a quarter: one line per person and fact, no words, no names."""

from dataclasses import dataclass

from app.shared.cohorts import Group


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked in the quarter, and whether they answered; one line per survey is fine."""

    person: str
    group: Group
    team: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody raised a theme, as a person confirmed."""

    person: str
    group: Group
    team: str
    theme: str


@dataclass(frozen=True, slots=True)
class Feeling:
    """Somebody's reply had a sentiment, as a person confirmed: positive, negative, neutral or mixed."""

    person: str
    group: Group
    team: str
    sentiment: str


@dataclass(frozen=True, slots=True)
class QuarterRecords:
    """Everything that one quarter's figures are counted from.

    Whoever has a mention or a feeling also stands in `asked` as answered, in the same group; answers
    through an open link belong to nobody we know and are only numbered, in `open_link_answers`.
    """

    asked: tuple[Asked, ...]
    mentions: tuple[Mention, ...]
    feelings: tuple[Feeling, ...]
    teams: tuple[str, ...]
    """Every team of the council, also those where nobody was asked."""
    open_link_answers: int


NOTHING_RECORDED = QuarterRecords(asked=(), mentions=(), feelings=(), teams=(), open_link_answers=0)
"""A quarter before we began."""
