"""Whether we can read a message at all."""

from functools import cache

from app.analysis.english import ordinary_words
from app.analysis.reading import Reading
from app.analysis.vocabulary import spellings

_FEWEST_WORDS = 4
_SHARE_OF_ENGLISH = 0.4


def is_unreadable(reading: Reading) -> bool:
    """Whether the letters are not ours or broken, or too few of the words are English."""
    letters = [letter for letter in reading.original[:20_000] if letter.isalpha() or letter == "\ufffd"]
    if letters and sum(not _is_latin(letter) for letter in letters) * 2 >= len(letters):
        return True
    words = [word for word in reading.words[:2_000] if word.isalpha() and word.isascii()]
    foreign = [word for word in reading.words[:2_000] if word.isalpha()]
    if len(foreign) < _FEWEST_WORDS:
        return False
    return sum(word in _english() for word in words) < _SHARE_OF_ENGLISH * len(foreign)


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


@cache
def _english() -> frozenset[str]:
    meant = {word for value in spellings().values() for word in value.split()}
    return ordinary_words() | meant | frozenset(spellings())
