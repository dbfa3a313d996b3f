"""Words as people type them: tokens that remember where they stood, and phrases made comparable."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_RUN_OF_LETTERS = re.compile(r"([^\W\d_])\1+")
_APOSTROPHES = frozenset("’‘`´ʼ＇")
_KEYCAP = frozenset("\ufe0f\u20e3")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a reply: made plain, and where it stood in what they typed."""

    plain: str
    start: int
    end: int


def fold(text: str) -> str:
    """Make a text plain one character at a time, so that places in it stay true."""
    return "".join(_fold_character(char) for char in text)


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, lower case and without apostrophes."""
    found = _WORD.finditer(fold(text))
    return tuple(Word(match.group().replace("'", ""), match.start(), match.end()) for match in found)


def squash(text: str) -> str:
    """Reduce a text to its words with single spaces, so that case and punctuation do not matter."""
    return " ".join(word.plain for word in split_words(text))


def shorten_runs(phrase: str) -> str:
    """Write doubled letters once: yesss is yes, nooo is no."""
    return _RUN_OF_LETTERS.sub(r"\1", phrase)


def _fold_character(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _KEYCAP:
        return " "
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    lower = char.lower()
    return lower if len(lower) == 1 else char
