"""Count a quarter again, by plain SQL and by the rules as the domain guide writes them.

Nothing here is taken from app.reports but the names of the lines: two counts that share code would share mistakes.
"""

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from app.analysis.themes import load_codebook
from app.storage.database import Work

GROUPS = {
    "Children in our care": ("child_in_care",),
    "Care leavers": ("care_leaver",),
    "Parents and carers": ("parent", "carer"),
}
FEELINGS = (
    "Positive",
    "Mixed: some positive, some negative",
    "Negative",
    "No feeling either way, or nothing in words",
)
LEAST_PEOPLE, SMALL, NOUGHTS_FROM, PERCENT_FROM, EXACT_FROM, STEP = 10, 6, 20, 20, 100, 5
"""Guide 8.2, board_exempt: no tables below 10; 1 to 5 hidden; 0 shown from 20; shares from 20, counted
after rounding; rounded below 100."""
HIDDEN = ("c", "c")

Shown = tuple[str, str]
"""People and share, as a paper prints them."""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """What a paper must print of one group, and how many people stand behind it."""

    people: int
    response: tuple[str, str, str]
    """Asked, answered, share who answered."""
    themes: Mapping[str, Shown]
    feelings: Mapping[str, Shown]
    """Both empty where a group has no tables."""


def recount(work: Work) -> dict[str, GroupCount]:
    """Count every group; the database holds one quarter only."""
    asked, answered = _contacts(work, "invitations"), _contacts(work, "answers")
    themes, feelings = _reviews(work)
    return {group: _count(cohorts, asked, answered, (themes, feelings)) for group, cohorts in GROUPS.items()}


def _contacts(work: Work, table: str) -> dict[str, str]:
    """Return who stands in a table, with their cohort."""
    left_out = " WHERE t.skipped = false" if table == "answers" else ""
    rows = work.session.execute(
        text(f"SELECT t.person_id, p.cohort FROM {table} t JOIN people p ON p.id = t.person_id{left_out}")
    )
    return {str(person): cohort for person, cohort in rows}


def _reviews(work: Work) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    rows = work.session.execute(
        text(
            "SELECT a.person_id, r.sentiment, r.themes FROM tag_reviews r JOIN answers a ON a.id = r.answer_id "
            "WHERE a.person_id IS NOT NULL"
        )
    )
    themes: dict[str, set[str]] = defaultdict(set)
    feelings: dict[str, set[str]] = defaultdict(set)
    for person, sentiment, keys in rows:
        themes[str(person)].update(_list_of(keys))
        feelings[str(person)].add(sentiment)
    return themes, feelings


def _list_of(keys: Any) -> list[str]:  # noqa: ANN401 — text on SQLite, a list on PostgreSQL
    return json.loads(keys) if isinstance(keys, str) else list(keys)


def _count(
    cohorts: Sequence[str],
    asked: Mapping[str, str],
    answered: Mapping[str, str],
    said: tuple[Mapping[str, set[str]], Mapping[str, set[str]]],
) -> GroupCount:
    people = [person for person, cohort in answered.items() if cohort in cohorts]
    all_asked = {person for person, cohort in (*asked.items(), *answered.items()) if cohort in cohorts}
    themes, feelings = said
    base = len(people)
    response = _response(len(all_asked), base)
    if base < LEAST_PEOPLE:
        return GroupCount(base, response, {}, {})
    labels = {theme.key: theme.label for theme in load_codebook().themes}
    raised = {label: sum(key in themes.get(person, ()) for person in people) for key, label in labels.items()}
    felt = [_overall(feelings.get(person, set())) for person in people]
    parts = [felt.count(feeling) for feeling in FEELINGS]
    hidden = _hidden_parts(parts)
    return GroupCount(
        base,
        response,
        {label: HIDDEN if _hides(number, base) else _show(number, base) for label, number in raised.items()},
        {
            feeling: HIDDEN if place in hidden else _show(parts[place], base)
            for place, feeling in enumerate(FEELINGS)
        },
    )


def _overall(feelings: set[str]) -> str:
    if "mixed" in feelings or {"positive", "negative"} <= feelings:
        return FEELINGS[1]
    if "positive" in feelings:
        return FEELINGS[0]
    return FEELINGS[2] if "negative" in feelings else FEELINGS[3]


def _response(asked: int, answered: int) -> tuple[str, str, str]:
    if asked == 0:
        return ("0", "c", "c")
    few_silent = answered >= LEAST_PEOPLE and asked - answered < SMALL
    shown_asked = "c" if asked < LEAST_PEOPLE or few_silent else str(_rounded(asked, asked))
    if answered == 0:
        return (shown_asked, "0", "0%") if asked >= NOUGHTS_FROM else (shown_asked, "c", "c")
    if answered < LEAST_PEOPLE:
        return (shown_asked, "c", "c")
    people = _rounded(answered, answered)
    if shown_asked == "c" or int(shown_asked) < PERCENT_FROM:
        return (shown_asked, str(people), "z")
    return (shown_asked, str(people), _percent(people, int(shown_asked)))


def _rounded(number: int, base: int) -> int:
    return number if base >= EXACT_FROM else STEP * int((number + STEP / 2) // STEP)


def _percent(people: int, base: int) -> str:
    return f"{int(100 * people / base + 0.5)}%"


def _show(number: int, base: int) -> Shown:
    people, shown_base = _rounded(number, base), _rounded(base, base)
    return (str(people), "z" if shown_base < PERCENT_FROM else _percent(people, shown_base))


def _hides(number: int, base: int) -> bool:
    """Hide small numbers, noughts out of few people, and what everybody said."""
    if number == 0:
        return base < NOUGHTS_FROM
    return number < SMALL or _rounded(number, base) >= _rounded(base, base)


def _hidden_parts(parts: Sequence[int]) -> set[int]:
    """Return the hidden parts of a whole: the small ones and the next-smallest; all, where one can be worked out.

    Every table that would have been printed alike is tried: a hidden number that is the same in all of them is none.
    """
    base, everything = sum(parts), set(range(len(parts)))
    if any(_rounded(part, base) >= _rounded(base, base) for part in parts):
        return everything
    hidden = _with_cover(parts)
    if hidden == everything:
        return everything
    known = {place for place in hidden if _hides(parts[place], base)}
    alike = [table for table in _tables(parts, hidden) if _is_printed_alike(table, hidden)]
    if any(len({table[place] for table in alike}) == 1 for place in known):
        return everything
    return hidden


def _with_cover(parts: Sequence[int]) -> set[int]:
    base = sum(parts)
    small = {place for place, part in enumerate(parts) if _hides(part, base)}
    others = sorted((part, place) for place, part in enumerate(parts) if part and place not in small)
    return small | ({others[0][1]} if small and others else set())


def _is_printed_alike(table: Sequence[int], hidden: set[int]) -> bool:
    base = sum(table)
    if any(_rounded(part, base) >= _rounded(base, base) for part in table):
        return False
    return _with_cover(table) == hidden


def _tables(parts: Sequence[int], hidden: set[int]) -> Iterator[list[int]]:
    """Return every table with the same shown parts and the same whole."""
    places, left = sorted(hidden), sum(parts[place] for place in hidden)
    for numbers in itertools.product(range(left + 1), repeat=max(0, len(places) - 1)):
        if sum(numbers) > left:
            continue
        table = list(parts)
        for place, number in zip(places, (*numbers, left - sum(numbers)), strict=bool(places)):
            table[place] = number
        yield table
