"""A survey file becomes a survey, or a list of everything that is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from typing import TypeVar, assert_never

from app.flows.checks import check_branches, check_length, check_question, check_wording
from app.flows.entries import Entry, Reading
from app.flows.questions import END, Choice, Kind, OpenText, Option, Question, Scale, YesNo
from app.flows.survey import Survey
from app.shared.cohorts import AgeBand, Cohort
from app.shared.errors import Fault, Rejected

MOST_QUESTIONS = 12
MOST_OPTIONS = 9
"""One digit is enough to choose."""
STEPS_BETWEEN = 3
"""Of a scale, between its two ends."""
_NEEDED = ("key", "version", "title", "cohorts", "questions", "closing")
_EXTRA_FIELDS = {
    Kind.SCALE: ("low", "high"),
    Kind.YES_NO: (),
    Kind.CHOICE: ("options",),
    Kind.OPEN_TEXT: (),
}
_OPTIONAL_FIELDS = {
    Kind.SCALE: ("middle",),
    Kind.YES_NO: (),
    Kind.CHOICE: (),
    Kind.OPEN_TEXT: ("about",),
}
_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")

Name = TypeVar("Name", bound=StrEnum)


class SurveyFileBroken(Rejected):
    """A survey file cannot be used; every fault is told with its place in the file."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.source = source


def load_survey(text: str, *, source: str) -> Survey:
    """Read a survey file, or raise with every fault that it has."""
    reading = Reading()
    top = reading.open(text)
    survey = _SurveyFile(reading).survey(top) if top is not None else None
    if reading.faults or survey is None:
        raise SurveyFileBroken(source, sorted(reading.faults, key=_line))
    return survey


def shipped_surveys() -> tuple[Survey, ...]:
    """Return the surveys that come with the product, in the order of their keys."""
    folder = files("app.flows").joinpath("definitions")
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name
    )
    return tuple(load_survey(entry.read_text(encoding="utf-8"), source=entry.name) for entry in found)


@dataclass(slots=True)
class _SurveyFile:
    """The walk over one file; what it reads is in its return values, what is wrong in `reading`."""

    reading: Reading
    places: list[tuple[Entry, Question]] = field(default_factory=list)

    def survey(self, top: Entry) -> Survey:
        fields = self.reading.fields(top, needed=_NEEDED, allowed=("age_bands",))
        survey = Survey(
            key=self.name(fields.get("key"), _KEY, "small letters, digits and single hyphens"),
            version=self.reading.whole_number(fields.get("version")),
            title=self.reading.text(fields.get("title")),
            cohorts=self.names(fields.get("cohorts"), Cohort),
            age_bands=self.names(fields.get("age_bands"), AgeBand),
            questions=self.questions(fields.get("questions")),
            closing=self.closing(fields.get("closing")),
        )
        if "cohorts" in fields and not survey.cohorts:
            self.reading.fault(fields["cohorts"], "name at least one cohort")
        return survey

    def questions(self, entry: Entry | None) -> tuple[Question, ...]:
        entries = self.reading.items(entry)
        if entry is not None and isinstance(entry.value, tuple) and not entries:
            self.reading.fault(entry, "a survey needs at least one question")
        if entry is not None and len(entries) > MOST_QUESTIONS:
            self.reading.fault(
                entry, f"{len(entries)} questions are too many; ask {MOST_QUESTIONS} at most, 5 is better"
            )
        for child in entries:
            question = self.question(child)
            if question is not None:
                self.places.append((child, question))
        self.check_ids(entries)
        if len(self.places) == len(entries):
            self.check_together()
        return tuple(question for _, question in self.places)

    def question(self, entry: Entry) -> Question | None:
        kind = self.kind(entry)
        if kind is None:
            self.check_text(entry)
            return None
        extra = _EXTRA_FIELDS[kind]
        optional = ("branches", *_OPTIONAL_FIELDS[kind])
        before = len(self.reading.faults)
        fields = self.reading.fields(entry, needed=("id", "kind", "text", *extra), allowed=optional)
        question = self.build(kind, fields)
        if len(self.reading.faults) == before:
            check_question(question, lambda place, problem: self.fault_in(entry, place, problem))
        else:
            self.check_text(entry)
        return question

    def check_text(self, entry: Entry) -> None:
        """Check the wording of a question that is not whole, so that its author mends everything at once."""
        text = _plain(entry, "text")
        if text is not None:
            check_wording(text, "text", lambda place, problem: self.fault_in(entry, place, problem))

    def check_ids(self, entries: Sequence[Entry]) -> None:
        seen: set[str] = set()
        for entry in entries:
            name = _plain(entry, "id")
            if name in seen:
                self.fault_in(entry, "id", f"the id {name!r} is used twice")
            if name == END:
                self.fault_in(entry, "id", f"{END!r} is where a branch ends the survey; choose another id")
            if name is not None:
                seen.add(name)

    def build(self, kind: Kind, fields: Mapping[str, Entry]) -> Question:
        said = self.reading.text
        question_id = self.name(fields.get("id"), _ID, "small letters, digits and single underscores")
        text = " ".join(said(fields.get("text")).split())
        branches = tuple(
            (value, said(target)) for value, target in self.reading.mapping(fields.get("branches")).items()
        )
        match kind:
            case Kind.SCALE:
                low, high = said(fields.get("low")), said(fields.get("high"))
                middle = self.middle(fields.get("middle"))
                return Scale(id=question_id, text=text, branches=branches, low=low, high=high, middle=middle)
            case Kind.YES_NO:
                return YesNo(id=question_id, text=text, branches=branches)
            case Kind.CHOICE:
                choices = self.choices(fields.get("options"))
                return Choice(id=question_id, text=text, branches=branches, choices=choices)
            case Kind.OPEN_TEXT:
                return OpenText(id=question_id, text=text, branches=branches, about=said(fields.get("about")))
            case _:
                assert_never(kind)

    def middle(self, entry: Entry | None) -> tuple[str, ...]:
        names = tuple(self.reading.text(child) for child in self.reading.items(entry))
        if entry is not None and isinstance(entry.value, tuple) and len(names) != STEPS_BETWEEN:
            self.reading.fault(entry, "name the steps 2, 3 and 4: three names, or leave the field out")
            return ()
        return names

    def choices(self, entry: Entry | None) -> tuple[Option, ...]:
        entries = self.reading.items(entry)
        if entry is not None and isinstance(entry.value, tuple) and not 2 <= len(entries) <= MOST_OPTIONS:
            self.reading.fault(entry, f"offer between 2 and {MOST_OPTIONS} options")
        return tuple(self.option(child) for child in entries)

    def option(self, entry: Entry) -> Option:
        fields = self.reading.fields(entry, needed=("key", "label"))
        key = self.name(fields.get("key"), _ID, "small letters, digits and single underscores")
        return Option(key=key, label=self.reading.text(fields.get("label")))

    def kind(self, entry: Entry) -> Kind | None:
        fields = self.reading.mapping(entry)
        if "kind" not in fields:
            self.reading.fault(entry, f"the field 'kind' is missing; it is one of {', '.join(Kind)}")
            return None
        name = self.reading.text(fields["kind"])
        if name not in set(Kind):
            self.reading.fault(fields["kind"], f"there is no kind {name!r}; use one of {', '.join(Kind)}")
            return None
        return Kind(name)

    def closing(self, entry: Entry | None) -> str:
        text = " ".join(self.reading.text(entry).split())
        if entry is not None:
            check_wording(text, "", lambda _, problem: self.reading.fault(entry, problem))
            check_length(text, "", lambda _, problem: self.reading.fault(entry, problem))
        return text

    def name(self, entry: Entry | None, pattern: re.Pattern[str], allowed: str) -> str:
        name = self.reading.text(entry)
        if entry is not None and name and not pattern.fullmatch(name):
            self.reading.fault(entry, f"{name!r} should be made of {allowed}, beginning with a letter")
        return name

    def names(self, entry: Entry | None, known: type[Name]) -> tuple[Name, ...]:
        found: list[Name] = []
        for child in self.reading.items(entry):
            name = self.reading.text(child)
            if name and name not in set(known):
                self.reading.fault(child, f"{name!r} is not one of {', '.join(known)}")
            elif name and known(name) not in found:
                found.append(known(name))
        return tuple(found)

    def check_together(self) -> None:
        questions = [question for _, question in self.places]
        check_branches(
            questions, lambda index, place, problem: self.fault_in(self.places[index][0], place, problem)
        )

    def fault_in(self, entry: Entry, place: str, problem: str) -> None:
        """Note a fault at the deepest entry below a question that the place names."""
        found = entry
        for step in re.findall(r"\w+", place):
            found = found.below(step)
        self.reading.fault(found, problem)


def _plain(entry: Entry, name: str) -> str | None:
    """Return a field's text as it stands, whatever else is wrong around it."""
    field_entry = entry.value.get(name) if isinstance(entry.value, Mapping) else None
    return field_entry.value if field_entry is not None and isinstance(field_entry.value, str) else None


def _line(fault: Fault) -> int:
    digits = re.match(r"line (\d+)", fault.place)
    return int(digits.group(1)) if digits else 0
