"""The words people answer with, read once from answer_words.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.flows.entries import Entry, Reading
from app.shared.errors import Rejected


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What counts as skipping, as not knowing, as yes, as no, and what may stand beside an answer."""

    skip: frozenset[str]
    dont_know: frozenset[str]
    numbers: Mapping[str, str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    openers: frozenset[str]
    joiners: frozenset[str]
    counted: frozenset[str]
    uncounted: frozenset[str]
    takebacks: frozenset[str]


@cache
def answer_words() -> AnswerWords:
    """Return the words of the file that ships with the product."""
    text = files("app.flows").joinpath("answer_words.yaml").read_text(encoding="utf-8")
    return read_answer_words(text)


def read_answer_words(text: str) -> AnswerWords:
    """Read the words from a file's text, and tell every fault at once."""
    reading = Reading()
    top = reading.open(text)
    names = (
        "skip",
        "dont_know",
        "numbers",
        "yes",
        "no",
        "openers",
        "joiners",
        "counted",
        "uncounted",
        "takebacks",
    )
    fields = reading.fields(top, needed=names) if top else {}

    def phrases(name: str) -> tuple[str, ...]:
        return _phrases(reading, fields.get(name))

    numbers = reading.mapping(fields.get("numbers"))
    words = AnswerWords(
        skip=frozenset(phrases("skip")),
        dont_know=frozenset(phrases("dont_know")),
        numbers={word: digit for digit, entry in numbers.items() for word in _phrases(reading, entry)},
        yes=phrases("yes"),
        no=phrases("no"),
        openers=frozenset(phrases("openers")),
        joiners=frozenset(phrases("joiners")),
        counted=frozenset(phrases("counted")),
        uncounted=frozenset(phrases("uncounted")),
        takebacks=frozenset(phrases("takebacks")),
    )
    if reading.faults:
        raise Rejected(reading.faults)
    return words


def _phrases(reading: Reading, entry: Entry | None) -> tuple[str, ...]:
    return tuple(reading.text(item) for item in reading.items(entry))
