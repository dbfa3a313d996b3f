"""How figures read: numbers, shares and the groups, in a councillor's words."""

import datetime as dt
from collections.abc import Sequence

from app.reports.profiles import Profile
from app.reports.published import Cell, Direction
from app.shared.cohorts import Group

CONFIDENTIAL = "c"
NOT_APPLICABLE = "z"

GROUP_HEADINGS = {
    Group.CHILDREN_IN_CARE: "Children in our care",
    Group.CARE_LEAVERS: "Care leavers",
    Group.PARENTS_AND_CARERS: "Parents and carers",
}
GROUP_NOUNS = {
    Group.CHILDREN_IN_CARE: "children in our care",
    Group.CARE_LEAVERS: "care leavers",
    Group.PARENTS_AND_CARERS: "parents and carers",
}
DIRECTIONS = {
    Direction.HIGHER: "Higher",
    Direction.LOWER: "Lower",
    Direction.SAME: "About the same",
    Direction.TOO_CLOSE: "Too close to tell",
    Direction.NOT_SHOWN: "Not shown",
}


def people(cell: Cell) -> str:
    """Write a number of people, or `c`."""
    return CONFIDENTIAL if cell.people is None else str(cell.people)


def roughly(cell: Cell, profile: Profile, *, out_of: Cell | None = None) -> str:
    """Write a shown number of people within a sentence; one that may have been rounded as such."""
    base = (out_of or cell).people
    return f"about {people(cell)}" if cell.people and base and profile.may_be_rounded(base) else people(cell)


def share(cell: Cell) -> str:
    """Write a share: `c` where the number is hidden, `z` where there is none to give."""
    if cell.people is None:
        return CONFIDENTIAL
    return NOT_APPLICABLE if cell.percent is None else f"{cell.percent}%"


def in_words(items: Sequence[str]) -> str:
    """Join names as a sentence does."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def date(day: dt.date) -> str:
    """Write a date as on a letter."""
    return f"{day.day} {day:%B %Y}"


def glossary(profile: Profile) -> tuple[str, ...]:
    """Explain the signs in the tables, from the very thresholds that were applied."""
    noughts = (
        "nought"
        if profile.zero_base is None
        else f"nought where fewer than {profile.zero_base} people answered"
    )
    confidential = (
        f"{CONFIDENTIAL} means confidential. It stands for a number from 1 to {profile.suppress_below - 1}; for {noughts}; for "
        f"the people asked or answering where they were fewer than {profile.minimum_base}; for what everybody in a group "
        "said; and for any number that would let a reader work out another hidden one."
    )
    not_applicable = (
        f"{NOT_APPLICABLE} means that no percentage is given, because it would be out of a hidden number or of fewer than "
        f"{profile.percent_base} people{'' if profile.round_below_base == 0 else ', counted after rounding'}."
    )
    return (confidential, not_applicable, *_rounding(profile), _changes(profile))


def _changes(profile: Profile) -> str:
    named = {direction: f"“{label}”" for direction, label in DIRECTIONS.items()}
    return (
        f"{named[Direction.HIGHER]} and {named[Direction.LOWER]} mean that a share moved by {profile.direction_points} "
        f"percentage points or more, and by more than rounding can explain. {named[Direction.SAME]} means that it is shown "
        f"as equal, or that it moved by fewer than {profile.direction_points} points whatever was rounded. "
        f"{named[Direction.TOO_CLOSE]} means that it is shown as different, but that rounding leaves open how far it moved, "
        f"or even which way. {named[Direction.NOT_SHOWN]} means that one quarter or both have no percentage."
    )


def _rounding(profile: Profile) -> tuple[str, ...]:
    if profile.round_below_base == 0:
        return ()
    limit = profile.round_below_base
    where = "" if limit is None else f" where they are out of fewer than {limit} people"
    rounding = (
        f"Numbers are rounded to the nearest {profile.round_to}{where}, and percentages are worked out from the rounded "
        "numbers. So a column may not add up, and there may be a few people more or fewer than shown. Small numbers are "
        f"hidden before anything is rounded, so a number that is shown stands for {profile.suppress_below} people or more, "
        "or for nobody."
    )
    return (rounding,)
