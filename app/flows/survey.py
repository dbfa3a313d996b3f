"""A survey: its questions in order, for whom, and the form in which a published one is kept."""

import json
from dataclasses import asdict, dataclass
from typing import Any, assert_never

from app.flows.questions import Choice, Kind, OpenText, Option, Question, Scale, YesNo
from app.shared.cohorts import AgeBand, Cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey as published; it never changes, a new wording is a new version."""

    key: str
    version: int
    title: str
    cohorts: tuple[Cohort, ...]
    age_bands: tuple[AgeBand, ...]
    """Empty means any age."""
    questions: tuple[Question, ...]
    closing: str

    def question(self, question_id: str) -> Question:
        """Return the question with this id."""
        for question in self.questions:
            if question.id == question_id:
                return question
        message = f"survey {self.key} version {self.version} has no question {question_id}"
        raise LookupError(message)

    def to_json(self) -> str:
        """Return the survey as it is kept in a published row."""
        plain = asdict(self) | {"questions": [_question_to_plain(question) for question in self.questions]}
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Survey":
        """Read a survey back from its published row."""
        plain = json.loads(text)
        return cls(
            key=plain["key"],
            version=plain["version"],
            title=plain["title"],
            cohorts=tuple(Cohort(name) for name in plain["cohorts"]),
            age_bands=tuple(AgeBand(name) for name in plain["age_bands"]),
            questions=tuple(_question_from_plain(question) for question in plain["questions"]),
            closing=plain["closing"],
        )


def _question_to_plain(question: Question) -> dict[str, object]:
    return asdict(question) | {"kind": question.kind.value}


def _question_from_plain(plain: dict[str, Any]) -> Question:  # Any: a row of our own, as json gives it
    kind = Kind(plain["kind"])
    branches = tuple((value, target) for value, target in plain["branches"])
    asked = {"id": plain["id"], "text": plain["text"], "branches": branches}
    match kind:
        case Kind.SCALE:
            return Scale(**asked, low=plain["low"], high=plain["high"], middle=_middle(plain))
        case Kind.YES_NO:
            return YesNo(**asked)
        case Kind.CHOICE:
            return Choice(**asked, choices=tuple(Option(**option) for option in plain["choices"]))
        case Kind.OPEN_TEXT:
            return OpenText(**asked, about=plain["about"])
        case _:
            assert_never(kind)


def _middle(plain: dict[str, Any]) -> tuple[str, ...]:  # Any: a row of our own, as json gives it
    # A survey that was published before steps had names is kept without them.
    return tuple(plain.get("middle", ()))
