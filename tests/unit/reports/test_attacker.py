"""A reader who knows every rule, is told shown numbers, and tries to solve the hidden ones."""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.reports.hiding import hide_parts
from app.reports.profiles import BOARD_EXEMPT, PROFILES, PUBLIC, TEAM_VIEW, Profile
from app.reports.published import Cell, GroupFigures
from app.reports.suppression import suppress
from tests.unit.reports.quarters import raw_group

small_tables = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(lambda parts: sum(parts) >= 10)
profiles = st.sampled_from([BOARD_EXEMPT, TEAM_VIEW, PUBLIC])


def tables_of(base: int, parts: int) -> Iterator[tuple[int, ...]]:
    for bars in itertools.combinations(range(base + parts - 1), parts - 1):
        edges = (-1, *bars, base + parts - 1)
        yield tuple(after - before - 1 for before, after in itertools.pairwise(edges))


@functools.cache
def alike(base: int, parts: int, profile: Profile) -> dict[tuple[int | None, ...], list[tuple[int, ...]]]:
    """Sort every table of a base by what would be published of it."""
    seen = defaultdict(list)
    for table in tables_of(base, parts):
        hidden = hide_parts(table, profile)
        seen[tuple(None if place in hidden else part for place, part in enumerate(table))].append(table)
    return seen


def solved(base: int, parts: int, profile: Profile) -> list[tuple[tuple[int | None, ...], int, int]]:
    """List the hidden cells that can be pinned down to one small number."""
    found = []
    for shown, tables in alike(base, parts, profile).items():
        for place, cell in enumerate(shown):
            possible = {table[place] for table in tables}
            if cell is None and len(possible) == 1 and min(possible) < profile.suppress_below:
                found.append((shown, place, min(possible)))
    return found


def possible_numbers(cell: Cell, base: int, profile: Profile) -> range:
    """Tell what an unrounded number may be, from the published one alone."""
    if cell.people is None:
        return range(base + 1)
    slack = profile.round_to // 2 if profile.rounds(base) else 0
    return range(max(cell.people - slack, 0), cell.people + slack + 1)


def bounds_of_hidden(group: GroupFigures, base: int, profile: Profile) -> list[range]:
    """Narrow the hidden parts by the sum, as far as whole numbers allow."""
    parts = [possible_numbers(line.people, base, profile) for line in group.sentiments]
    total = possible_numbers(group.answered, base, profile)
    narrowed = []
    for place, part in enumerate(parts):
        others = parts[:place] + parts[place + 1 :]
        low = max(part.start, total.start - sum(other.stop - 1 for other in others))
        high = min(part.stop - 1, total.stop - 1 - sum(other.start for other in others))
        if group.sentiments[place].people.people is None:
            narrowed.append(range(low, high + 1))
    return narrowed


def test_no_small_cell_of_any_small_table_can_be_solved_by_somebody_who_knows_the_rules():
    for profile in PROFILES.values():
        for parts, largest in ((2, 60), (3, 36), (4, 24)):
            for base in range(10, largest):
                assert solved(base, parts, profile) == []


@settings(max_examples=40, deadline=None)
@given(parts=small_tables, profile=profiles)
@example(parts=[6, 6, 1, 20], profile=TEAM_VIEW)
@example(parts=[1, 1, 20, 8], profile=TEAM_VIEW)
@example(parts=[5, 5, 5, 5], profile=TEAM_VIEW)
def test_a_hidden_cell_keeps_its_secret_in_the_published_sum(parts, profile):
    group = suppress(raw_group(200, [0], parts), profile).groups[0]

    for possible in bounds_of_hidden(group, sum(parts), profile):
        assert len(possible) > 1


@settings(max_examples=200, deadline=None)
@given(parts=small_tables, profile=profiles, silent=st.integers(0, 40), theme=st.integers(0, 30))
def test_no_shown_number_stands_for_a_small_one(parts, profile, silent, theme):
    base = sum(parts)
    raised = min(theme, base)

    group = suppress(raw_group(base + silent, [raised], parts), profile).groups[0]

    shown = [line.people.people is not None for line in (*group.themes, *group.sentiments)]
    truth = [raised, *parts][: len(shown)]
    assert not any(
        is_shown and profile.is_small(number) for is_shown, number in zip(shown, truth, strict=True)
    )
    if group.asked.is_shown and group.answered.is_shown:
        assert silent >= profile.suppress_below


@settings(max_examples=200, deadline=None)
@given(parts=small_tables, profile=profiles, theme=st.integers(0, 60))
def test_no_shown_number_says_what_everybody_said(parts, profile, theme):
    base = sum(parts)

    group = suppress(raw_group(200, [min(theme, base)], parts), profile).groups[0]

    for line in (*group.themes, *group.sentiments):
        assert line.people.people is None or line.people.people < group.answered.people
        assert line.people.percent is None or line.people.percent < 100
