"""A CSV of people, as spreadsheets write it, becomes rows, or a list of everything that is wrong with it.

No fault repeats a name or a number: it says which row and column, and how to mend it.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.shared.cohorts import AgeBand, Cohort
from app.shared.errors import Fault, Rejected
from app.shared.phones import NotAMobile, parse_uk_mobile

COLUMNS = ("name", "phone", "cohort", "age_band", "team")
MOST_BYTES = 5 * 1024 * 1024
MOST_PEOPLE = 2000
"""Of one file: all of them are written in one transaction, and a young person's text waits for it (SQLite)."""
LONGEST = 100
FORMULA_STARTS = ("=", "+", "-", "@")
BOM_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

AGES = {
    "8-10": AgeBand.EIGHT_TO_TEN,
    "8to10": AgeBand.EIGHT_TO_TEN,
    "11-17": AgeBand.ELEVEN_TO_SEVENTEEN,
    "11to17": AgeBand.ELEVEN_TO_SEVENTEEN,
    "18+": AgeBand.EIGHTEEN_AND_OVER,
    "18andover": AgeBand.EIGHTEEN_AND_OVER,
}
EXAMPLE = (
    "name,phone,cohort,age_band,team\r\n"
    "Sam Example,07700 900101,child_in_care,11 to 17,North team\r\n"
    "Ali Specimen,,child_in_care,8 to 10,North team\r\n"
    "Jo Sample,07700 900102,care_leaver,18+,Leaving care team\r\n"
    "Chris Model,07700 900103,carer,18+,Fostering team\r\n"
)
"""Fictional people and numbers set aside for fiction; the ages are written so that Excel makes no dates of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as the file has them."""

    number: int
    """The row as a spreadsheet counts: the headings are row 1."""
    name: str
    phone: str | None
    cohort: Cohort
    age_band: AgeBand
    team: str


Known = Callable[[Sequence[str]], set[str]]
"""Returns which of some phones (E.164) belong to somebody who is here already."""


def read_people(content: bytes, *, known: Known, test_numbers: bool = False) -> tuple[PersonRow, ...]:
    """Read the people of a file. Raises Rejected with every fault of every row at once."""
    faults: list[Fault] = []
    rows = []
    phones: dict[int, str] = {}
    for number, cells in _records(_decode(content)):
        reading = _Row(number, cells, faults, test_numbers=test_numbers)
        row = reading.read()
        if row is not None:
            rows.append(row)
        if reading.phone is not None:
            phones[number] = reading.phone
    faults += _shared_phones(phones)
    faults += _stored_phones(phones, known(tuple(phones.values())))
    if not rows and not faults:
        faults.append(Fault("file", "holds no people below its headings"))
    if faults:
        raise Rejected(sorted(faults, key=_row_of))
    return tuple(rows)


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Rejected([Fault("file", "is larger than 5 MB; split it into smaller files")])
    if not content.strip():
        raise Rejected([Fault("file", "is empty; choose a CSV file with people in it")])
    if content.startswith(b"PK\x03\x04"):
        raise Rejected([Fault("file", "is an Excel workbook; in Excel choose Save As, then CSV UTF-8")])
    try:
        text = content.decode("utf-16" if content.startswith(BOM_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        # What Excel on Windows writes when it is not asked for UTF-8.
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text or "\ufffd" in text:
        raise Rejected([Fault("file", "holds bytes that are not text; save it as CSV UTF-8 and try again")])
    return text


def _records(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Return each row's number and its cells by column. Raises Rejected where the headings are wrong."""
    first = text.lstrip("\r\n").split("\n", maxsplit=1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        headings = [heading.strip().lower().replace(" ", "_") for heading in next(reader)]
        rows = list(reader)
    except csv.Error:
        raise Rejected([Fault("file", "is not a CSV file that can be read; save it as CSV UTF-8")]) from None
    faults = _faults_of_headings(headings)
    if sum(any(cell.strip() for cell in cells) for cells in rows) > MOST_PEOPLE:
        faults.append(Fault("file", f"holds more than {MOST_PEOPLE:,} people; split it into smaller files"))
    if faults:
        raise Rejected(faults)
    for number, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(headings) - len(cells))]
            yield number, dict(zip(headings, padded, strict=False)) | {"": "".join(cells[len(headings) :])}


def _faults_of_headings(headings: list[str]) -> list[Fault]:
    faults = [
        Fault("row 1", f"the column {name} is missing; the headings are {', '.join(COLUMNS)}")
        for name in COLUMNS
        if name not in headings
    ]
    faults += [
        Fault(f"row 1, column {place}", f"this column is not one of {', '.join(COLUMNS)}; remove it")
        for place, heading in enumerate(headings, start=1)
        if heading not in COLUMNS
    ]
    faults += [
        Fault("row 1", f"the column {name} is there twice; keep one")
        for name in COLUMNS
        if headings.count(name) > 1
    ]
    return faults


@dataclass(slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]
    faults: list[Fault]
    test_numbers: bool
    phone: str | None = None
    """Known as soon as it is read, so that two rows with one number are told whatever else is wrong with them."""

    def read(self) -> PersonRow | None:
        before = len(self.faults)
        name, team = self._words("name"), self._words("team")
        self.phone = self._phone()
        cohort, age_band = self._cohort(), self._age_band()
        if self.cells[""].strip():
            self._fault(
                "team", "there is more to the right of it; a comma inside a cell needs quotation marks"
            )
        if cohort is not None and age_band is not None:
            self._check_together(cohort, age_band)
        if len(self.faults) > before or cohort is None or age_band is None:
            return None
        return PersonRow(
            number=self.number, name=name, phone=self.phone, cohort=cohort, age_band=age_band, team=team
        )

    def _words(self, column: str) -> str:
        words = " ".join(self.cells[column].split(" ")).strip()
        if not words:
            self._fault(column, "is missing")
        elif words.startswith(FORMULA_STARTS):
            self._fault(column, "begins like a formula (=, +, - or @); write the words only")
        elif _CONTROL.search(words):
            self._fault(column, "holds a line break or a hidden character; write it again by hand")
        elif len(words) > LONGEST:
            self._fault(column, f"is longer than {LONGEST} letters; shorten it")
        return words

    def _phone(self) -> str | None:
        written = self.cells["phone"].strip()
        if not written:
            return None
        if re.search(r"\d[eE]\+?\d", written):
            self._fault(
                "phone", "has been turned into a sum by Excel; format the column as text and write it again"
            )
            return None
        try:
            return parse_uk_mobile(written, test_numbers=self.test_numbers)
        except NotAMobile as error:
            self._fault("phone", str(error))
            return None

    def _cohort(self) -> Cohort | None:
        written = re.sub(r"[\s_-]+", "_", self.cells["cohort"].strip().lower())
        if written in set(Cohort):
            return Cohort(written)
        self._fault("cohort", f"should be one of {', '.join(Cohort)}")
        return None

    def _age_band(self) -> AgeBand | None:
        written = re.sub(r"\s", "", self.cells["age_band"].lower()).replace("–", "-")
        if written in AGES:
            return AGES[written]
        if re.search(r"[a-z]{3}", written) and re.search(r"\d", written):
            self._fault(
                "age_band", "has been turned into a date by Excel; write 8 to 10, 11 to 17 or 18+ instead"
            )
        else:
            self._fault("age_band", "should be 8 to 10, 11 to 17 or 18+")
        return None

    def _check_together(self, cohort: Cohort, age_band: AgeBand) -> None:
        if cohort is Cohort.CHILD_IN_CARE and age_band is AgeBand.EIGHTEEN_AND_OVER:
            self._fault("cohort", "somebody of 18 or over is not a child in care; write care_leaver")
        if cohort is Cohort.CARE_LEAVER and age_band is AgeBand.EIGHT_TO_TEN:
            self._fault("age_band", "a care leaver is older than 10")

    def _fault(self, column: str, problem: str) -> None:
        self.faults.append(Fault(f"row {self.number}, column {column}", problem))


def _shared_phones(phones: Mapping[int, str]) -> list[Fault]:
    first: dict[str, int] = {}
    for number, phone in phones.items():
        first.setdefault(phone, number)
    return [
        Fault(
            f"row {number}, column phone",
            f"is the same number as in row {first[phone]}; one phone belongs to one person",
        )
        for number, phone in phones.items()
        if first[phone] != number
    ]


def _stored_phones(phones: Mapping[int, str], known: Collection[str]) -> list[Fault]:
    return [
        Fault(f"row {number}, column phone", "belongs to somebody who is here already; remove the row")
        for number, phone in phones.items()
        if phone in known
    ]


def _row_of(fault: Fault) -> int:
    found = re.match(r"row (\d+)", fault.place)
    return int(found[1]) if found else 0
