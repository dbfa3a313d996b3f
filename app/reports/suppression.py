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
   more, and only out of a large base (8.2, percent).
7. Change is told in words, from shown numbers only, where it is more than rounding could make, and only where both
   quarters have the minimum base and both numbers are shown (7.3, section 5; 8.2, differencing). The quarter before is
   suppressed by the same rules, or taken as released.
8. A team is named as silent only where the minimum base was asked (R02; 8.2, small groups).
"""

from collections.abc import Collection, Sequence

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
            _with_change(_group(group, raw.themes, profile), known[group.group], profile)
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
    asked_cell = HIDDEN if asked < profile.minimum_base or few_silent else _shown(asked, asked, profile)
    if answered == 0 and profile.shows_zero(asked):
        return asked_cell, Cell(0)
    if answered < profile.minimum_base:
        return asked_cell, HIDDEN
    people = rounded(answered, answered, profile)
    share = _percent(people, asked_cell.people) if asked >= profile.percent_base else None
    return asked_cell, Cell(people, share)


def _cells(counts: Sequence[RawCount], base: int, hidden: Collection[int], profile: Profile) -> list[Cell]:
    return [
        HIDDEN if place in hidden else _shown(raw.people, base, profile, with_percent=True)
        for place, raw in enumerate(counts)
    ]


def _shown(number: int, base: int, profile: Profile, *, with_percent: bool = False) -> Cell:
    people = rounded(number, base, profile)
    if not with_percent or base < profile.percent_base:
        return Cell(people)
    return Cell(people, _percent(people, rounded(base, base, profile)))


def _percent(people: int, base: int | None) -> int | None:
    return None if base is None else (200 * people + base) // (2 * base)


def _alone(number: int, profile: Profile) -> Cell:
    """Show a number that has no base of its own."""
    if number < profile.minimum_base:
        return HIDDEN
    return _shown(number, number, profile)


def _lines(names: Sequence[tuple[str, str]], cells: Sequence[Cell]) -> tuple[Line, ...]:
    return tuple(
        Line(key, label, cell, HIDDEN, Direction.NOT_SHOWN)
        for (key, label), cell in zip(names, cells, strict=True)
    )


def _with_change(now: GroupFigures, before: GroupFigures, profile: Profile) -> GroupFigures:
    if not (now.has_tables and before.has_tables):
        return now

    def compare(lines: Sequence[Line], earlier: Sequence[Line]) -> tuple[Line, ...]:
        people = {line.key: line.people for line in earlier}
        return tuple(
            Line(
                line.key,
                line.label,
                line.people,
                people.get(line.key, HIDDEN),
                _direction(
                    (line.people.people, now.answered.people),
                    (people.get(line.key, HIDDEN).people, before.answered.people),
                    profile,
                ),
            )
            for line in lines
        )

    return GroupFigures(
        now.group,
        now.asked,
        now.answered,
        before.answered,
        has_tables=True,
        themes=compare(now.themes, before.themes),
        sentiments=compare(now.sentiments, before.sentiments),
    )


def _direction(
    now: tuple[int | None, int | None], before: tuple[int | None, int | None], profile: Profile
) -> Direction:
    """Say which way a share went, from shown numbers alone."""
    (part, base), (earlier_part, earlier_base) = now, before
    if part is None or earlier_part is None or not base or not earlier_base:
        return Direction.NOT_SHOWN
    lowest, highest = _range_of_share(part, base, profile)
    earlier_lowest, earlier_highest = _range_of_share(earlier_part, earlier_base, profile)
    points = 100 * part / base - 100 * earlier_part / earlier_base
    if points >= profile.direction_points and lowest > earlier_highest:
        return Direction.HIGHER
    if points <= -profile.direction_points and highest < earlier_lowest:
        return Direction.LOWER
    return Direction.SAME


def _range_of_share(part: int, base: int, profile: Profile) -> tuple[float, float]:
    """Tell between which shares the exact one lies, where both numbers may have been rounded."""
    slack = profile.round_to // 2 if profile.rounds(base) or base == profile.round_below_base else 0
    return (part - slack) / (base + slack), (part + slack) / (base - slack)


def _teams(raw: RawQuarter, profile: Profile) -> TeamFigures:
    names = tuple(sorted(team.team for team in raw.teams))
    heard = tuple(sorted(team.team for team in raw.teams if team.answered.people > 0))
    answered = sum(group.answered.people for group in raw.groups)
    if not profile.name_silent_teams or answered < 2 * len(heard):
        # With so few answers, a team that was heard would stand for one person.
        return TeamFigures((), (), names)
    named = {team.team for team in raw.teams if team.asked.people >= profile.minimum_base}
    return TeamFigures(
        tuple(team for team in heard if team in named),
        tuple(team for team in names if team in named and team not in heard),
        tuple(team for team in names if team not in named),
    )
