"""Count people, exactly. What comes out is raw: it may be suppressed, and nothing else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from typing_extensions import override

from app.reports.records import Feeling, QuarterRecords
from app.shared.cohorts import Group

SENTIMENTS: Mapping[str, str] = {
    "positive": "Positive",
    "mixed": "Mixed: some positive, some negative",
    "negative": "Negative",
    "neither": "No feeling either way, or nothing in words",
}
"""Each person who answered falls into exactly one of these, so that they add up to the people who answered.

Neutral words and no words stand together on purpose: a number of people without words would, beside the themes,
bound the hidden ones.
"""


class NotRecorded(ValueError):  # noqa: N818 — named as the fact, as all our errors are
    """A mention or feeling belongs to nobody who is recorded as having answered, or has an unknown key."""


@dataclass(frozen=True, slots=True)
class RawCount:
    """An exact number of people, before disclosure control; it refuses to be written anywhere."""

    people: int = field(repr=False)

    @override
    def __str__(self) -> NoReturn:
        raise TypeError("A raw count is not written; suppress it first.")

    @override
    def __format__(self, specification: str, /) -> NoReturn:
        raise TypeError("A raw count is not written; suppress it first.")


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme of the codebook, as the paper names it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class RawGroup:
    """One group's exact counts of people."""

    group: Group
    asked: RawCount
    answered: RawCount
    themes: tuple[RawCount, ...]
    """In the codebook's order."""
    sentiments: tuple[RawCount, ...]
    """In the order of SENTIMENTS; they add up to `answered`."""


@dataclass(frozen=True, slots=True)
class RawTeam:
    """How many people of a team were asked and heard."""

    team: str
    asked: RawCount
    answered: RawCount


@dataclass(frozen=True, slots=True)
class RawQuarter:
    """One quarter's exact counts."""

    groups: tuple[RawGroup, ...]
    teams: tuple[RawTeam, ...]
    open_link_answers: RawCount


@dataclass(frozen=True, slots=True)
class RawFigures:
    """A quarter and the one before it, counted alike; the only thing to do with it is to suppress it."""

    themes: tuple[ThemeLine, ...]
    current: RawQuarter
    previous: RawQuarter


def count(records: QuarterRecords, previous: QuarterRecords, themes: Sequence[ThemeLine]) -> RawFigures:
    """Count the people of a quarter, and of the quarter before it."""
    lines = tuple(themes)
    return RawFigures(lines, _count_quarter(records, lines), _count_quarter(previous, lines))


def is_empty(records: QuarterRecords) -> bool:
    """Whether a quarter has nobody in it: nobody was asked, and nobody answered, not even through an open link."""
    return not records.asked and records.open_link_answers == 0


def _count_quarter(records: QuarterRecords, themes: Sequence[ThemeLine]) -> RawQuarter:
    _check(records, themes)
    groups = tuple(_count_group(records, group, themes) for group in Group)
    teams = tuple(_count_team(records, team) for team in records.teams)
    return RawQuarter(groups, teams, RawCount(records.open_link_answers))


def _check(records: QuarterRecords, themes: Sequence[ThemeLine]) -> None:
    heard = {(line.person, line.group) for line in records.asked if line.answered}
    speakers = {(said.person, said.group) for said in records.mentions}
    speakers |= {(said.person, said.group) for said in records.feelings}
    if speakers - heard:
        raise NotRecorded("A confirmed reply belongs to nobody who is recorded as having answered.")
    if unknown := {mention.theme for mention in records.mentions} - {line.key for line in themes}:
        message = f"Themes that the codebook does not hold: {', '.join(sorted(unknown))}."
        raise NotRecorded(message)
    if any(line.team not in records.teams for line in records.asked):
        raise NotRecorded("Somebody was asked in a team that is not in the list of teams.")


def _count_group(records: QuarterRecords, group: Group, themes: Sequence[ThemeLine]) -> RawGroup:
    asked = {line.person for line in records.asked if line.group is group}
    answered = {line.person for line in records.asked if line.group is group and line.answered}
    raised: dict[str, set[str]] = defaultdict(set)
    for mention in records.mentions:
        if mention.group is group:
            raised[mention.theme].add(mention.person)
    return RawGroup(
        group,
        RawCount(len(asked)),
        RawCount(len(answered)),
        tuple(RawCount(len(raised[line.key])) for line in themes),
        _count_sentiments([said for said in records.feelings if said.group is group], answered),
    )


def _count_sentiments(feelings: Sequence[Feeling], answered: set[str]) -> tuple[RawCount, ...]:
    said: dict[str, set[str]] = defaultdict(set)
    for feeling in feelings:
        said[feeling.person].add(feeling.sentiment)
    totals = dict.fromkeys(SENTIMENTS, 0)
    for person in answered:
        totals[_overall(said[person])] += 1
    return tuple(RawCount(total) for total in totals.values())


def _overall(sentiments: set[str]) -> str:
    """Bring one person's replies to one sentiment; a person is counted once."""
    if unknown := sentiments - {"positive", "negative", "neutral", "mixed"}:
        message = f"Sentiments that we do not know: {', '.join(sorted(unknown))}."
        raise NotRecorded(message)
    if "mixed" in sentiments or {"positive", "negative"} <= sentiments:
        return "mixed"
    if "positive" in sentiments:
        return "positive"
    return "negative" if "negative" in sentiments else "neither"


def _count_team(records: QuarterRecords, team: str) -> RawTeam:
    asked = {line.person for line in records.asked if line.team == team}
    answered = {line.person for line in records.asked if line.team == team and line.answered}
    return RawTeam(team, RawCount(len(asked)), RawCount(len(answered)))
