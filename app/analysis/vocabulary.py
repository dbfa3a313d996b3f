"""The one reader of messages, knowing every word that any list looks for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from app.analysis.english import ordinary_words
from app.analysis.lexicon import rows_of, tree_of
from app.analysis.phrases import Phrase, PhraseBook, parse
from app.analysis.reading import Reader, Reading
from app.analysis.sounds import Sounds

_ENDING = re.compile(r"(?:s|es|ed|d|ing)$")


@lru_cache(maxsize=8)
def read(text: str) -> Reading:
    """Return a message as words; one message is read once for all who ask."""
    return _reader().read(text)


@lru_cache(maxsize=256)
def read_question(text: str) -> Reading:
    """Return a question as words; there are few of them."""
    return _reader().read(text)


def phrases(sources: Iterable[str], groups: Mapping[str, str]) -> tuple[Phrase, ...]:
    """Read patterns, their words spelt as messages are read."""
    return tuple(parse(source, groups, spellings()) for source in sources)


def book_of(lists: Iterable[Iterable[str]], groups: Mapping[str, str]) -> PhraseBook:
    """Put lists of patterns into one book; a match names the number of its list."""
    return PhraseBook(
        [(number, phrase) for number, list_ in enumerate(lists) for phrase in phrases(list_, groups)]
    )


@cache
def spellings() -> dict[str, str]:
    """Return how young people type, and what it is read as."""
    return {row[0]: row[1] for row in rows_of("spellings.psv")}


@cache
def _reader() -> Reader:
    words: set[str] = set()
    for name in ("concerns.yaml", "frames.yaml", "codebook.yaml", "feelings.yaml", "escalation.yaml"):
        words.update(_words_in(tree_of(name)))
    whole = {word for word in words if _ENDING.sub("", word) in ordinary_words() or word in ordinary_words()}
    meant = {word for value in spellings().values() for word in value.split()}
    sounds = Sounds(whole | meant, ordinary_words() | frozenset(spellings()))
    return Reader(frozenset(word.removesuffix("*") for word in words), spellings(), sounds)


def _words_in(tree: Any) -> Iterator[str]:  # noqa: ANN401 — the leaves of a YAML tree, whatever its shape
    if isinstance(tree, Mapping):
        tree = tree.values()
    if isinstance(tree, str):
        for mark in "()|?^$.~":
            tree = tree.replace(mark, " ")
        yield from tree.split()
    elif isinstance(tree, Iterable):
        for branch in tree:
            yield from _words_in(branch)
