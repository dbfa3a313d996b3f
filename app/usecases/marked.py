"""A young person's words with the parts marked that made the machine act."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what they wrote, and whether it is marked."""

    text: str
    is_marked: bool


def mark(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Cut a text where the words begin and end; joined together, the pieces are the text, verbatim."""
    marks = [False] * len(text)
    for word in filter(None, words):
        start = text.find(word)
        while start >= 0:
            marks[start : start + len(word)] = [True] * len(word)
            start = text.find(word, start + len(word))
    return tuple(_pieces(text, marks))


def _pieces(text: str, marks: list[bool]) -> Iterable[Piece]:
    begun = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marks[place] != marks[begun]:
            yield Piece(text[begun:place], is_marked=marks[begun])
            begun = place
