"""How soon a person must look at a concern, and when that moment is on the calendar."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from app.analysis.concerns import ConcernFound
from app.analysis.lexicon import tree_of
from app.analysis.phrases import PhraseBook
from app.analysis.vocabulary import book_of, read

_LONDON = ZoneInfo("Europe/London")
_FILE = "escalation.yaml"
_NIGHT_BEGINS = dt.time(22)
_NIGHT_ENDS = dt.time(6)
_MORNING_ENDS = dt.time(12)
_FARTHEST = 366
"""Days to look ahead for an opening; a week that never opens is a mistake in its settings."""


class Tier(StrEnum):
    """The clocks that a person works to."""

    T0 = "T0"
    """Danger now: within fifteen minutes, at any hour."""
    T1 = "T1"
    """A serious disclosure: within one working hour."""
    T2 = "T2"
    """A worry: the same working day, or the next working morning."""
    ROUTE = "route"
    """Unhappy with the service: within two working days."""


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """When somebody is on duty, in London's time."""

    days: frozenset[int]
    """Monday is 0."""
    opens: dt.time
    closes: dt.time
    holidays: frozenset[dt.date]


class NeverOpen(ValueError):  # noqa: N818 — named as the fact, as all our errors are
    """A working week has no working day within a year."""


def clock_tier(
    found: ConcernFound, *, under_13: bool, second_in_14_days: bool, sent_at: dt.datetime, text: str
) -> Tier:
    """Return the clock for a concern: by its kind, one step tighter for whatever makes it worse; never looser."""
    tier = _plain_tier(found, text)
    worse = under_13 or second_in_14_days or _is_night(sent_at) or _says(text, _SECRET)
    return _TIGHTER[tier] if worse else tier


def due_at(tier: Tier, raised_at: dt.datetime, hours: WorkingWeek) -> dt.datetime:
    """Return the moment, in UTC, by which a person must have looked."""
    match tier:
        case Tier.T0:
            return raised_at + dt.timedelta(minutes=15)
        case Tier.T1:
            return _after_working(dt.timedelta(hours=1), raised_at, hours)
        case Tier.T2:
            return _same_day_or_next_morning(raised_at, hours)
        case Tier.ROUTE:
            second = _working_day_after(
                _working_day_after(raised_at.astimezone(_LONDON).date(), hours), hours
            )
            return _moment(second, hours.closes)


def is_open(at: dt.datetime, week: WorkingWeek) -> bool:
    """Whether somebody is on duty; the closing minute itself is not open."""
    local = at.astimezone(_LONDON)
    return _works_on(local.date(), week) and week.opens <= local.time() < week.closes


def next_opening(at: dt.datetime, week: WorkingWeek) -> dt.datetime:
    """Return the next moment, in UTC, when the doors open: strictly later than now."""
    local = at.astimezone(_LONDON)
    if _works_on(local.date(), week) and local.time() < week.opens:
        return _moment(local.date(), week.opens)
    return _moment(_working_day_after(local.date(), week), week.opens)


_TIGHTER = {Tier.T0: Tier.T0, Tier.T1: Tier.T0, Tier.T2: Tier.T1, Tier.ROUTE: Tier.ROUTE}

_DANGER, _SECRET = 0, 1


def _plain_tier(found: ConcernFound, text: str) -> Tier:
    if found.tier == 1:
        return Tier.T0 if _says(text, _DANGER) else Tier.T1
    if found.tier == 2 and (found.position_of_trust or found.kind in _serious_kinds()):
        return Tier.T1
    return Tier.T2


def _is_night(sent_at: dt.datetime) -> bool:
    local = sent_at.astimezone(_LONDON).time()
    return local >= _NIGHT_BEGINS or local < _NIGHT_ENDS


def _says(text: str, list_: int) -> bool:
    reading = read(text)
    found = _book().matches(reading.line, reading.words, reading.places)
    return any(match.owner == list_ for match in found)


@cache
def _book() -> PhraseBook:
    tree = tree_of(_FILE)
    return book_of([tree["danger_now"], tree["secret"]], tree["words"])


@cache
def _serious_kinds() -> frozenset[str]:
    return frozenset(tree_of(_FILE)["serious_kinds"])


def _after_working(length: dt.timedelta, at: dt.datetime, week: WorkingWeek) -> dt.datetime:
    start = at if is_open(at, week) else next_opening(at, week)
    closing = _moment(start.astimezone(_LONDON).date(), week.closes)
    if start + length <= closing:
        return start + length
    return _after_working(length - (closing - start), closing, week)


def _same_day_or_next_morning(at: dt.datetime, week: WorkingWeek) -> dt.datetime:
    if is_open(at, week):
        return _moment(at.astimezone(_LONDON).date(), week.closes)
    opening = next_opening(at, week)
    morning_ends = min(_MORNING_ENDS, week.closes) if week.opens < _MORNING_ENDS else week.closes
    return _moment(opening.astimezone(_LONDON).date(), morning_ends)


def _works_on(day: dt.date, week: WorkingWeek) -> bool:
    return day.weekday() in week.days and day not in week.holidays


def _working_day_after(day: dt.date, week: WorkingWeek) -> dt.date:
    for ahead in range(1, _FARTHEST + 1):
        later = day + dt.timedelta(days=ahead)
        if _works_on(later, week):
            return later
    raise NeverOpen("no working day within a year; check the council's working days and holidays")


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=_LONDON).astimezone(dt.UTC)
