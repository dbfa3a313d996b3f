"""What a reply is about: the codebook's themes, several to a reply, each with the words that say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.analysis.lexicon import tree_of
from app.analysis.phrases import PhraseBook
from app.analysis.reading import Reading
from app.analysis.vocabulary import book_of, read, read_question

_FROM_WORDS = 0.6
_FOR_EACH_MORE = 0.15
_FROM_QUESTION = 0.35
_FEWEST_WORDS = 2
"""A shorter reply says nothing about the question's subject that words of its own would not."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One line of the codebook."""

    key: str
    label: str
    definition: str
    domain: str
    """The nearest Bright Spots domain."""
    principle: str
    """Corporate parenting principles by letter, "b, c" where there are two."""
    pledge: str
    """The council's pledge by number, or "not known"."""
    patterns: tuple[str, ...]
    asked: tuple[str, ...]
    """Patterns of the questions that are about this theme."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """All themes, in the order in which a person reads them."""

    themes: tuple[Theme, ...]

    def get_theme(self, key: str) -> Theme:
        """Return the theme with this key."""
        return next(theme for theme in self.themes if theme.key == key)


@dataclass(frozen=True, slots=True)
class ThemeTag:
    """A theme found in a reply."""

    key: str
    words: tuple[str, ...]
    """Exact pieces of the reply; empty where only the question names the theme."""
    score: float
    """0 to 1; from the question alone at most 0.35."""


@cache
def load_codebook() -> Codebook:
    """Return the codebook, read once."""
    return Codebook(tuple(_theme(theme) for theme in tree_of("codebook.yaml")["themes"]))


def themes_of(text: str, *, question: str = "") -> tuple[ThemeTag, ...]:
    """Return the themes of a reply, the surest first; none means that no theme is assigned."""
    reading = read(text)
    said = _words_by_theme(reading)
    asked = _asked(read_question(question))
    tags: list[ThemeTag] = []
    for number, theme in enumerate(load_codebook().themes):
        words = said.get(number, ())
        from_question = number in asked and _says_something(reading)
        if words or from_question:
            tags.append(ThemeTag(theme.key, words, _score(words, from_question=from_question)))
    return tuple(sorted(tags, key=lambda tag: -tag.score))


def _words_by_theme(reading: Reading) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for match in _book().matches(reading.line, reading.words, reading.places):
        found.setdefault(match.owner, []).append(reading.said(match.start, match.end))
    return {number: tuple(dict.fromkeys(words)) for number, words in found.items()}


def _asked(question: Reading) -> frozenset[int]:
    matches = _asked_book().matches(question.line, question.words, question.places)
    return frozenset(match.owner for match in matches)


def _says_something(reading: Reading) -> bool:
    return sum(word.isalnum() for word in reading.words) >= _FEWEST_WORDS


def _score(words: tuple[str, ...], *, from_question: bool) -> float:
    score = _FROM_WORDS + _FOR_EACH_MORE * (len(words) - 1) if words else 0.0
    return round(min(1.0, score + (_FROM_QUESTION if from_question else 0.0)), 2)


def _theme(tree: Mapping[str, Any]) -> Theme:  # YAML
    return Theme(
        key=tree["key"],
        label=tree["label"],
        definition=tree["definition"],
        domain=tree["domain"],
        principle=tree["principle"],
        pledge=tree["pledge"],
        patterns=tuple(tree["patterns"]),
        asked=tuple(tree["asked"]),
    )


@cache
def _book() -> PhraseBook:
    return book_of([theme.patterns for theme in load_codebook().themes], _groups())


@cache
def _asked_book() -> PhraseBook:
    return book_of([theme.asked for theme in load_codebook().themes], _groups())


def _groups() -> Mapping[str, str]:
    groups: Mapping[str, str] = tree_of("codebook.yaml")["words"]
    return groups
