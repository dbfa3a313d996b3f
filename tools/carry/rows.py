"""The labelled replies that are carried through, read from a file of JSON lines."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from app.shared.cohorts import AgeBand, Cohort

NEEDED = ("id", "question", "age", "text")
AGES = {
    "8-10": (Cohort.CHILD_IN_CARE, AgeBand.EIGHT_TO_TEN),
    "11-17": (Cohort.CHILD_IN_CARE, AgeBand.ELEVEN_TO_SEVENTEEN),
    "care_leaver": (Cohort.CARE_LEAVER, AgeBand.EIGHTEEN_AND_OVER),
    "parent_carer": (Cohort.CARER, AgeBand.EIGHTEEN_AND_OVER),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One reply: what was asked, of whom, and what they said."""

    id: str
    question: str
    age: str
    text: str

    @property
    def cohort(self) -> Cohort:
        """What the writer is to the council."""
        return AGES[self.age][0]

    @property
    def age_band(self) -> AgeBand:
        """How old the writer is."""
        return AGES[self.age][1]

    @property
    def may_text(self) -> bool:
        """Whether they may be asked by text: the youngest are asked on the web only."""
        return self.age_band is not AgeBand.EIGHT_TO_TEN


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read the file, or end with every line that cannot be used; no line's words are repeated."""
    rows, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = _read(line)
        except ValueError as error:
            faults.append(f"line {number}: {error}")
            continue
        rows.append(row)
    ids = [row.id for row in rows]
    faults += [f"the id {one} is used twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    if not rows and not faults:
        faults.append("the file is empty")
    if faults:
        sys.exit("\n".join(faults))
    return tuple(rows)


def _read(line: str) -> Row:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError("is not JSON") from error
    if not isinstance(fields, dict):
        raise ValueError("is not a JSON object")  # noqa: TRY004 — a fault of the file, told with the others
    missing = [name for name in NEEDED if not isinstance(fields.get(name), str) or not fields[name]]
    if missing:
        raise ValueError(f"lacks {', '.join(missing)}")
    if fields["age"] not in AGES:
        raise ValueError(f"has an age that is none of {', '.join(AGES)}")
    return Row(*(fields[name] for name in NEEDED))
