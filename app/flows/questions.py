"""The kinds of question: what is sent, what may be chosen on a page, and how a reply is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.flows.answer_words import answer_words
from app.flows.understanding import Declined, Unclear, Understood, is_dont_know, is_skip, read_head
from app.flows.words import squash

Answer = Understood | Declined | Unclear
Options = tuple[tuple[str, str], ...]
END = "end"
"""Where a branch leads that finishes the survey."""
OTHERWISE = "otherwise"
"""The branch for every reply that has none of its own, a skipped question too."""


class Kind(StrEnum):
    """The kinds of question, as a survey file names them."""

    CHOICE = "choice"
    SCALE = "scale"
    YES_NO = "yes_no"
    OPEN_TEXT = "open_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    id: str
    text: str
    branches: tuple[tuple[str, str], ...] = ()

    def branch_for(self, value: str | None) -> str | None:
        """Return where a value leads, or None for the next question in order."""
        ways = dict(self.branches)
        return ways.get(value, ways.get(OTHERWISE)) if value is not None else ways.get(OTHERWISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(_Asked):
    """One number from 1 to 5 whose two ends have names, and where the survey gives them the three between too."""

    kind: ClassVar[Kind] = Kind.SCALE
    low: str
    high: str
    middle: tuple[str, ...] = ()
    """The names of 2, 3 and 4, or none; a text names the ends alone, to stay short."""

    @property
    def prompt(self) -> str:
        """What is sent: the question and how to answer it."""
        return f"{self.text} 1 {self.low} ... 5 {self.high}"

    @property
    def hint(self) -> str:
        """How to answer, with an example."""
        return f"Sorry, we didn't get that. Send one number from 1 ({self.low}) to 5 ({self.high}), like 3."

    def options(self) -> Options:
        """Return each value and its label, in order."""
        return tuple(
            (value, f"{value} {name}".strip()) for value, name in zip("12345", self._names(), strict=True)
        )

    def read(self, reply: str) -> Answer:
        """Read a number, a number word or the name of a step."""
        if is_skip(reply, zero_skips=True):
            return Declined()
        return read_head(reply, self._heads(), out_of="5") or _without_answer(reply, self.hint)

    def _names(self) -> tuple[str, ...]:
        return (self.low, *(self.middle or ("", "", "")), self.high)

    def _heads(self) -> Mapping[str, str]:
        named = {squash(name): value for value, name in zip("12345", self._names(), strict=True) if name}
        return named | _numbers(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(_Asked):
    """Yes or no, offered as 1 and 2 because carriers listen for the word itself."""

    kind: ClassVar[Kind] = Kind.YES_NO

    @property
    def prompt(self) -> str:
        """What is sent: the question and how to answer it."""
        return f"{self.text} 1 yes, 2 no"

    @property
    def hint(self) -> str:
        """How to answer, with an example."""
        return "Sorry, we didn't get that. Send 1 for yes or 2 for no, like 1."

    def options(self) -> Options:
        """Return each value and its label, in order."""
        return (("yes", "Yes"), ("no", "No"))

    def read(self, reply: str) -> Answer:
        """Read yes or no in the ways people type them."""
        if is_skip(reply, zero_skips=True):
            return Declined()
        return read_head(reply, _yes_no_heads()) or _without_answer(reply, self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(_Asked):
    """One of two to nine named options, chosen by number."""

    kind: ClassVar[Kind] = Kind.CHOICE
    choices: tuple[Option, ...]

    @property
    def prompt(self) -> str:
        """What is sent: the question and how to answer it."""
        offered = ", ".join(f"{number} {option.label}" for number, option in enumerate(self.choices, start=1))
        return f"{self.text} {offered}"

    @property
    def hint(self) -> str:
        """How to answer, with an example."""
        return f"Sorry, we didn't get that. Send one number from 1 to {len(self.choices)}, like 2."

    def options(self) -> Options:
        """Return each value and its label, in order."""
        return tuple((option.key, option.label) for option in self.choices)

    def read(self, reply: str) -> Answer:
        """Read an option's number, key or label."""
        heads = self._heads()
        if is_skip(reply, zero_skips="0" not in heads):
            return Declined()
        return read_head(reply, heads) or _without_answer(reply, self.hint)

    def _heads(self) -> Mapping[str, str]:
        keys = [option.key for option in self.choices]
        numbered = {phrase: keys[int(number) - 1] for phrase, number in _numbers(len(keys)).items()}
        named = {squash(name): option.key for option in self.choices for name in (option.key, option.label)}
        return numbered | named


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText(_Asked):
    """A question in their own words; what it is about helps a reader of the answers."""

    kind: ClassVar[Kind] = Kind.OPEN_TEXT
    about: str = ""

    @property
    def prompt(self) -> str:
        """What is sent: the question alone."""
        return self.text

    @property
    def hint(self) -> str:
        """How to answer, with an example."""
        return "That came through empty. Send a few words if you like, like: more time with my friends."

    def options(self) -> Options:
        """Return nothing: there is nothing to choose from."""
        return ()

    def read(self, reply: str) -> Answer:
        """Take any words as they are; 0 may be an answer here."""
        if is_skip(reply, zero_skips=False):
            return Declined()
        words = reply.strip()
        return Understood(None, words) if words else Unclear(self.hint)


Question = Choice | Scale | YesNo | OpenText


def _without_answer(reply: str, hint: str) -> Declined | Unclear:
    """Take "I don't know" as leaving the question, where the question itself does not offer it."""
    return Declined() if is_dont_know(reply) else Unclear(hint)


def _numbers(top: int) -> dict[str, str]:
    """Return 1 to `top` as digits and as words."""
    digits = {str(number): str(number) for number in range(1, top + 1)}
    spelled = {word: digit for word, digit in answer_words().numbers.items() if digit in digits}
    return digits | spelled


def _yes_no_heads() -> Mapping[str, str]:
    known = answer_words()
    said = dict.fromkeys(known.yes, "yes") | dict.fromkeys(known.no, "no")
    return said | {"1": "yes", "2": "no"}
