"""Hold a paper, in each format, against the second count."""

from collections.abc import Iterable, Mapping, Sequence

from tools.carry.checks import Check, of_each
from tools.carry.formats import Cells, PrintedTable, text_of_pdf, without_space
from tools.carry.recount import GroupCount

RESPONSE = "People asked and people who answered"
RAISED, FELT = "Subjects raised by {group}", "How {group} felt"
LEFT_OUT = "0"
"""A subject that nobody raised stands in a sentence of its own, not in the table."""

Expected = Mapping[str, tuple[Cells, ...]]
"""The rows of each table, by how its caption begins."""


def expected_tables(counts: Mapping[str, GroupCount]) -> Expected:
    """Return what must be printed."""
    tables: dict[str, tuple[Cells, ...]] = {
        RESPONSE: tuple((group, *one.response) for group, one in counts.items())
    }
    for group, one in counts.items():
        if one.feelings:
            raised = [(label, *shown) for label, shown in one.themes.items() if shown[0] != LEFT_OUT]
            tables[RAISED.format(group=group.lower())] = tuple(raised)
            tables[FELT.format(group=group.lower())] = tuple(
                (feeling, *shown) for feeling, shown in one.feelings.items()
            )
    return tables


def compare_tables(what: str, expected: Expected, printed: Sequence[PrintedTable]) -> Check:
    """Check every figure of a format that has tables: none other, none missing."""
    wrong: list[str] = []
    for caption, rows in expected.items():
        found = [table for table in printed if table.caption.startswith(caption)]
        if len(found) != 1:
            wrong.append(f"{caption}: there are {len(found)} such tables")
            continue
        shown = {row[0]: row[1 : len(rows[0])] for row in found[0].rows}
        wanted = {row[0]: row[1:] for row in rows}
        wrong += [f"{caption}: {name} is missing" for name in wanted.keys() - shown.keys()]
        wrong += [f"{caption}: {name} should not be there" for name in shown.keys() - wanted.keys()]
        wrong += [
            f"{caption}: {name} has another number"
            for name in wanted.keys() & shown.keys()
            if shown[name] != wanted[name]
        ]
        if len(found[0].rows) != len(rows):
            wrong.append(f"{caption}: {len(found[0].rows)} rows instead of {len(rows)}")
    return of_each(f"figures agree with the database: {what}", _figures(expected), wrong)


def compare_pdf(expected: Expected, content: bytes) -> Check:
    """Check every figure of the PDF, in which a table is only words in a row."""
    words = text_of_pdf(content)
    starts = {caption: words.find(without_space(caption)) for caption in expected}
    wrong = [f"{caption}: there is no such table" for caption, start in starts.items() if start < 0]
    for caption, rows in expected.items():
        # A table's words end where the next one's begin: the same row may stand in both.
        end = min((start for start in starts.values() if start > starts[caption]), default=len(words))
        table = words[starts[caption] : end]
        wrong += [
            f"{caption}: {row[0]} is missing or has another number"
            for row in rows
            if without_space("".join(row)) not in table
        ]
    return of_each("figures agree with the database: PDF", _figures(expected), wrong)


def _figures(expected: Expected) -> Iterable[str]:
    return (f"{caption}: {row[0]}" for caption, rows in expected.items() for row in rows)
