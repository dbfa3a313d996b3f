"""Whether a message says that somebody may not be safe. A missed disclosure is the worst fault there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from app.analysis.language import is_unreadable
from app.analysis.lexicon import tree_of, version_of
from app.analysis.phrases import Match, PhraseBook
from app.analysis.reading import Reading
from app.analysis.vocabulary import book_of, read, read_question

_FILES = ("concerns.yaml", "frames.yaml")


class Category(StrEnum):
    """What a concern is about. What the category hides, the concern's kind says."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    SEXUAL_ABUSE = "sexual_abuse"
    PHYSICAL_ABUSE = "physical_abuse"
    EMOTIONAL_ABUSE = "emotional_abuse"
    NEGLECT = "neglect"
    EXPLOITATION = "exploitation"
    DOMESTIC_ABUSE = "domestic_abuse"
    MISSING = "missing"
    HOMELESSNESS_NOW = "homelessness_now"
    BULLYING = "bullying"
    SUBSTANCE = "substance"
    HARM_TO_OTHERS = "harm_to_others"
    ONLINE_HARM = "online_harm"
    EATING = "eating"
    TRAFFICKING_OR_FORCED = "trafficking_or_forced"


@dataclass(frozen=True, slots=True)
class ConcernFound:
    """One concern, with the words that raised it."""

    category: Category
    kind: str
    tier: int
    """1: somebody should act now; 2: the same or the next working day; 3: a worker should follow up."""
    words: tuple[str, ...]
    """Exact pieces of the message; empty never."""
    position_of_trust: bool
    """A carer, worker or teacher may be the one who does it: hidden from them and their team."""


@dataclass(frozen=True, slots=True)
class Screening:
    """All that the screen saw in one message."""

    concerns: tuple[ConcernFound, ...]
    """The most serious first."""
    version: str
    unreadable: bool = False
    """We cannot read the language or the letters: a person must, whatever was or was not found."""

    @property
    def most_serious(self) -> ConcernFound | None:
        """Return the concern that decides what happens next."""
        return self.concerns[0] if self.concerns else None


def screen(text: str, *, question: str = "") -> Screening:
    """Look for every concern in a message, in the light of the question that it answers."""
    rules = _rules()
    whole = read(text)
    reading = whole.without((hit.start, hit.end) for hit in _found(rules.idioms, whole))
    hits = [*_in_rules(rules, reading), *_in_answers(rules, reading, read_question(question))]
    merged = _merged(rules, whole, hits, read_question(question))
    return Screening(
        tuple(sorted(merged, key=_seriousness)), version_of(*_FILES, "spellings.psv"), is_unreadable(whole)
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    category: Category
    kind: str
    tier: int
    done_by_other: bool
    said_lightly: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    rules: tuple[_Rule, ...]
    book: PhraseBook
    answers: tuple[_Rule, ...]
    answer_book: PhraseBook
    asked_book: PhraseBook
    lowered: tuple[tuple[int, frozenset[str]], ...]
    lowered_book: PhraseBook
    idioms: PhraseBook
    stories: PhraseBook
    people: PhraseBook
    """0 trusted adults, 1 trusted adults who are only told, 2 anyone else who may have done it."""
    at_home: PhraseBook


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: _Rule
    tier: int
    start: int
    end: int


def _in_rules(rules: _Rules, reading: Reading) -> Iterator[_Hit]:
    story = any(True for _ in _found(rules.stories, reading))
    guards = list(_found(rules.lowered_book, reading))
    for match in _found(rules.book, reading):
        rule = rules.rules[match.owner]
        said = reading.line[match.start : match.end].split()
        if rule.said_lightly and story and not {"me", "my", "us"} & set(said):
            continue
        yield _Hit(rule, _lowered(rules, rule, match, guards, reading), match.start, match.end)


def _lowered(rules: _Rules, rule: _Rule, match: Match, guards: list[Match], reading: Reading) -> int:
    tier = rule.tier
    start, end = reading.sentence_around(match.start) if guards else (0, 0)
    for guard in guards:
        to, kinds = rules.lowered[guard.owner]
        if rule.kind in kinds and start <= guard.start < end:
            tier = max(tier, to)
    return tier


def _in_answers(rules: _Rules, reading: Reading, question: Reading) -> Iterator[_Hit]:
    asked = {match.owner for match in _found(rules.asked_book, question)}
    for match in _found(rules.answer_book, reading):
        if match.owner in asked:
            rule = rules.answers[match.owner]
            yield _Hit(rule, rule.tier, match.start, match.end)


def _merged(rules: _Rules, reading: Reading, hits: list[_Hit], question: Reading) -> Iterator[ConcernFound]:
    """Make one concern of all hits of a kind, at its most serious tier."""
    kinds: dict[tuple[Category, str], list[_Hit]] = {}
    for hit in hits:
        kinds.setdefault((hit.rule.category, hit.rule.kind), []).append(hit)
    for (category, kind), alike in kinds.items():
        words = tuple(dict.fromkeys(reading.said(hit.start, hit.end) for hit in alike))
        trusted = any(hit.rule.done_by_other and _by_trusted(rules, reading, hit, question) for hit in alike)
        yield ConcernFound(category, kind, min(hit.tier for hit in alike), words, trusted)


def _by_trusted(rules: _Rules, reading: Reading, hit: _Hit, question: Reading) -> bool:
    """Whether a carer or worker seems to be the doer; in doubt, yes, since a wrong no shows it to them."""
    people = list(_found(rules.people, reading))
    only_told = [match for match in people if match.owner == 1]
    if any(match.owner == 0 and not _inside(match, only_told) for match in people):
        return True
    someone_else = any(match.owner == 2 for match in people)
    asked_about_home = any(True for _ in _found(rules.at_home, question))
    said = set(reading.line[hit.start : hit.end].split()) | set(reading.words)
    return asked_about_home and not someone_else and bool(said & {"he", "she", "they"})


def _inside(match: Match, wider: list[Match]) -> bool:
    return any(other.start <= match.start and match.end <= other.end for other in wider)


def _seriousness(found: ConcernFound) -> tuple[int, int]:
    return found.tier, _ORDER[found.category]


_ORDER = {
    category: number
    for number, category in enumerate(
        [
            Category.SUICIDE,
            Category.SEXUAL_ABUSE,
            Category.TRAFFICKING_OR_FORCED,
            Category.EXPLOITATION,
            Category.SELF_HARM,
            Category.DOMESTIC_ABUSE,
            Category.MISSING,
            Category.HOMELESSNESS_NOW,
            Category.NEGLECT,
            Category.EMOTIONAL_ABUSE,
            Category.ONLINE_HARM,
            Category.PHYSICAL_ABUSE,
            Category.HARM_TO_OTHERS,
            Category.SUBSTANCE,
            Category.EATING,
            Category.BULLYING,
        ]
    )
}
"""Which of two concerns of one tier is named first."""


def _found(book: PhraseBook, reading: Reading) -> Iterator[Match]:
    return book.matches(reading.line, reading.words, reading.places)


@cache
def _rules() -> _Rules:
    tree = _tree()
    groups: Mapping[str, str] = tree["words"]
    return _Rules(
        rules=tuple(_rule(rule) for rule in tree["rules"]),
        book=book_of([rule["patterns"] for rule in tree["rules"]], groups),
        answers=tuple(_rule(rule) for rule in tree["answers"]),
        answer_book=book_of([rule["patterns"] for rule in tree["answers"]], groups),
        asked_book=book_of([rule["question"] for rule in tree["answers"]], groups),
        lowered=tuple((guard["to"], frozenset(guard["kinds"])) for guard in tree["lowered"]),
        lowered_book=book_of([guard["patterns"] for guard in tree["lowered"]], groups),
        idioms=book_of([tree["idioms"]], groups),
        stories=book_of([tree["stories"]], groups),
        people=book_of([tree["trusted"], tree["told"], tree["others"]], groups),
        at_home=book_of([tree["at_home_questions"]], groups),
    )


def _tree() -> dict[str, Any]:  # YAML
    """Put the files together: what several of them hold is one longer list, or one larger set of words."""
    whole: dict[str, Any] = {"words": {}}
    for name in _FILES:
        for part, content in tree_of(name).items():
            whole[part] = whole["words"] | content if part == "words" else [*whole.get(part, []), *content]
    return whole


def _rule(tree: Mapping[str, Any]) -> _Rule:  # YAML
    return _Rule(
        Category(tree["category"]),
        tree["kind"],
        tree["tier"],
        tree.get("done_by_other", False),
        tree.get("said_lightly", False),
    )
