"""Say how a group moved since last quarter, from figures that may be shown and from nothing else.

A direction is told only where both shares are shown. Whatever the rounding hid, it is never untrue: "higher" and
"lower" hold for every pair of exact numbers that would be shown alike, and what such pairs disagree about is too close
to tell.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.reports.profiles import Profile
from app.reports.published import HIDDEN, Cell, Direction, GroupFigures, Line


def with_change(now: GroupFigures, before: GroupFigures, profile: Profile) -> GroupFigures:
    """Set last quarter beside this one, where both have tables."""
    if not (now.has_tables and before.has_tables):
        return now

    def compare(lines: Sequence[Line], earlier: Sequence[Line]) -> tuple[Line, ...]:
        cells = {line.key: line.people for line in earlier}
        return tuple(
            replace(
                line,
                last_quarter=(cell := cells.get(line.key, HIDDEN)),
                direction=_direction((line.people, now.answered), (cell, before.answered), profile),
            )
            for line in lines
        )

    return replace(
        now,
        answered_last_quarter=before.answered,
        themes=compare(now.themes, before.themes),
        sentiments=compare(now.sentiments, before.sentiments),
    )


def _direction(now: tuple[Cell, Cell], before: tuple[Cell, Cell], profile: Profile) -> Direction:
    """Say which way a share went; each quarter comes as the part and its base."""
    part, earlier_part = now[0], before[0]
    if part.percent is None or earlier_part.percent is None:
        return Direction.NOT_SHOWN
    points = part.percent - earlier_part.percent
    if points == 0:
        return Direction.SAME
    lowest, highest = _range_of_share(*now, profile)
    earlier_lowest, earlier_highest = _range_of_share(*before, profile)
    if points >= profile.direction_points and lowest > earlier_highest:
        return Direction.HIGHER
    if points <= -profile.direction_points and highest < earlier_lowest:
        return Direction.LOWER
    most = max(highest - earlier_lowest, earlier_highest - lowest)
    return Direction.SAME if most < profile.direction_points else Direction.TOO_CLOSE


def _range_of_share(part: Cell, base: Cell, profile: Profile) -> tuple[float, float]:
    """Tell between which percentages the exact share lies, where both numbers may have been rounded."""
    people, of = part.people or 0, base.people or 0
    slack = profile.round_to // 2 if profile.may_be_rounded(of) else 0
    return 100 * max(people - slack, 0) / (of + slack), 100 * (people + slack) / (of - slack)
