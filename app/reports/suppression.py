"""Disclosure control: from exact counts to figures that may be shown (domain guide 8.2).

The rules, in the order in which they are applied; the thresholds come from the profile:

1. People are counted, never messages (8.2, count unit); `figures.count` sees to it.
2. Below the minimum base a group has no tables at all (8.2, minimum base).
3. Small counts are hidden (8.2, primary suppression); a nought is shown only out of a large base (8.2, zero).
4. What everybody said is hidden, also where rounding alone would make it read so (8.2, homogeneity).
5. Where one part of a whole is hidden, the next-smallest is too (8.2, complementary); if the hidden ones could still be
   solved, the whole table is hidden. Asked = answered + not answered is such a whole: where few did not answer, the
   number asked is hidden, because the number answered is the base of everything else.
6. What is left is rounded (8.2, rounding), and percentages are made from the rounded numbers, so that they tell nothing
   more, and only out of a large base (8.2, percent). That the base is large is asked of the rounded base too: a
   missing percentage out of "about 20" would tell that it was 18 or 19.
7. Change is told in words, from shown shares only, and only where both quarters have the minimum base (7.3, section 5;
   8.2, differencing); `change` never tells more than rounding left. The quarter before is suppressed by the same
   rules, or taken as released.
8. A team is named as silent, or as heard, by the rules for any number: a nought out of a large base, no number from 1 to
   5, nothing below the minimum base (R02; 8.2, zero, primary suppression, small groups).
"""

from collections.abc import Collection, Sequence

from app.reports.change import with_change
from app.reports.figures import SENTIMENTS, RawCount, RawFigures, RawGroup, RawQuarter, ThemeLine
from app.reports.hiding import hide_overlapping, hide_parts, rounded
from app.reports.profiles import Profile
from app.reports.published import HIDDEN, Cell, Direction, Figures, GroupFigures, Line, TeamFigures


class AnotherReader(ValueError):  # noqa: N818 — named as the fact, as all our errors are
    """Figures that were released to one kind of reader would be shown to another."""


def suppress(raw: RawFigures, profile: Profile, *, released_before: Figures | None = None) -> Figures:
    """Make the figures that may be shown; hand over last quarter's released figures where there are any."""
    if released_before and released_before.profile.name != profile.name:
        raise AnotherReader("Last quarter's figures were released to another kind of reader.")
    before = released_before or Figures(
        profile,
        tuple(_group(group, raw.themes, profile) for group in raw.previous.groups),
        TeamFigures((), (), ()),
        HIDDEN,
    )
    known = {group.group: group for group in before.groups}
    return Figures(
        profile,
        tuple(
            with_change(_group(group, raw.themes, profile), known[group.group], profile)
            for group in raw.current.groups
        ),
        _teams(raw.current, profile),
        _alone(raw.current.open_link_answers.people, profile),
    )


def _group(raw: RawGroup, themes: Sequence[ThemeLine], profile: Profile) -> GroupFigures:
    base = raw.answered.people
    asked, answered = _response(raw.asked.people, base, profile)
    if base < profile.minimum_base:
        return GroupFigures(raw.group, asked, answered, HIDDEN, has_tables=False, themes=(), sentiments=())
    return GroupFigures(
        raw.group,
        asked,
        answered,
        HIDDEN,
        has_tables=True,
        themes=_lines(
            [(line.key, line.label) for line in themes],
            _cells(raw.themes, base, hide_overlapping(_exact(raw.themes), base, profile), profile),
        ),
        sentiments=_lines(
            list(SENTIMENTS.items()),
            _cells(raw.sentiments, base, hide_parts(_exact(raw.sentiments), profile), profile),
        ),
    )


def _exact(counts: Sequence[RawCount]) -> list[int]:
    return [raw.people for raw in counts]


def _response(asked: int, answered: int, profile: Profile) -> tuple[Cell, Cell]:
    """Show how many were asked and how many answered, without telling that only a few did not."""
    if asked == 0:
        # That nobody was asked is a fact about the council, not about any child.
        return Cell(0), HIDDEN
    few_silent = answered >= profile.minimum_base and asked - answered < profile.suppress_below
    asked_cell = (
        HIDDEN if asked < profile.minimum_base or few_silent else Cell(rounded(asked, asked, profile))
    )
    if answered == 0 and profile.shows_zero(asked):
        return asked_cell, _with_percent(0, asked_cell.people, profile)
    if answered < profile.minimum_base:
        return asked_cell, HIDDEN
    return asked_cell, _with_percent(rounded(answered, answered, profile), asked_cell.people, profile)


def _cells(counts: Sequence[RawCount], base: int, hidden: Collection[int], profile: Profile) -> list[Cell]:
    return [
        HIDDEN
        if place in hidden
        else _with_percent(rounded(raw.people, base, profile), rounded(base, base, profile), profile)
        for place, raw in enumerate(counts)
    ]


def _with_percent(people: int, base: int | None, profile: Profile) -> Cell:
    """Add the share, from shown numbers alone: both are rounded already, and a hidden base is None."""
    if base is None or base < profile.percent_base:
        return Cell(people)
    return Cell(people, (200 * people + base) // (2 * base))


def _alone(number: int, profile: Profile) -> Cell:
    """Show a number that has no base of its own."""
    if number < profile.minimum_base:
        return HIDDEN
    return Cell(rounded(number, number, profile))


def _lines(names: Sequence[tuple[str, str]], cells: Sequence[Cell]) -> tuple[Line, ...]:
    return tuple(
        Line(key, label, cell, HIDDEN, Direction.NOT_SHOWN)
        for (key, label), cell in zip(names, cells, strict=True)
    )


def _teams(raw: RawQuarter, profile: Profile) -> TeamFigures:
    """Sort the teams as a cell of each would be: shown, a nought out of enough people, or hidden."""
    names = tuple(sorted(team.team for team in raw.teams))
    if not profile.name_silent_teams:
        return TeamFigures((), (), names)
    heard = {
        team.team
        for team in raw.teams
        if team.asked.people >= profile.minimum_base and team.answered.people >= profile.suppress_below
    }
    silent = {
        team.team for team in raw.teams if team.answered.people == 0 and profile.shows_zero(team.asked.people)
    }
    return TeamFigures(
        tuple(team for team in names if team in heard),
        tuple(team for team in names if team in silent),
        tuple(team for team in names if team not in heard | silent),
    )
