"""Which word that we look for an unknown word sounds like: young children write what they hear.

Only words of five letters and more, and only where the ordinary dictionary does not know the word; shorter ones
are in the list of spellings or nowhere, since too many short words sound alike.
"""

import re
from collections.abc import Iterable

FEWEST_LETTERS = 5
_MOST_LETTERS = 18
_FOLDS = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^kn", "n"),
        (r"^wr", "r"),
        (r"gh(?=t|$)", ""),
        (r"ph|th|v", "f"),
        (r"tch", "ch"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c(?!h)|q", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"dg", "j"),
        (r"(?<=[kpsf])t$|(?<=[kpsf])ed$|(?<=h)ed$|(?<=h)t$|(?<=[kpsfh])d$", "t"),
        (r"(.)\1", r"\1"),
    )
]
_VOWELS = re.compile(r"(?<!^)[aeiouwyh]")
_FIRST_VOWEL = re.compile(r"^[aeiou]")


class Sounds:
    """The words that are looked for, by how they sound."""

    def __init__(self, words: Iterable[str], ordinary: frozenset[str]) -> None:
        self._ordinary = ordinary
        self._words = sorted({word for word in words if _is_long_enough(word)})
        self._exact = frozenset(self._words)
        self._alike: dict[str, list[tuple[str, str]]] = {}
        for word in self._words:
            folded = _folded(word)
            self._alike.setdefault(_key(folded), []).append((folded, word))

    def find_like(self, word: str) -> str | None:
        """Return the one word that this unknown word is likely to mean."""
        if not _is_long_enough(word) or word in self._ordinary or word in self._exact:
            return None
        return self._find_slip(word) or self._find_sound(word)

    def _find_slip(self, word: str) -> str | None:
        """Two neighbouring letters changed over, or one letter too many."""
        if len(word) <= FEWEST_LETTERS:
            return None
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
        shorter = (word[:at] + word[at + 1 :] for at in range(1, len(word)))
        return next((tried for tried in (*swapped, *shorter) if tried in self._exact), None)

    def _find_sound(self, word: str) -> str | None:
        folded = _folded(word)
        allowed = 1 if len(word) < 8 else 2
        near = sorted(
            (steps, known)
            for other, known in self._alike.get(_key(folded), ())
            if (steps := _steps(folded, other, allowed)) <= allowed
        )
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return near[0][1]


def _is_long_enough(word: str) -> bool:
    return FEWEST_LETTERS <= len(word) <= _MOST_LETTERS and word.isascii() and word.isalpha()


def _folded(word: str) -> str:
    for pattern, by in _FOLDS:
        word = pattern.sub(by, word)
    return word


def _key(folded: str) -> str:
    return _VOWELS.sub("", _FIRST_VOWEL.sub("a", folded))


def _steps(one: str, other: str, most: int) -> int:
    """How many letters to change, add, drop or swap with a neighbour; counting stops above the most allowed."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        older, before, row = before, row, [number]
        for place, wanted in enumerate(other, start=1):
            steps = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted))
            if older and place > 1 and letter == other[place - 2] and one[number - 2] == wanted:
                steps = min(steps, older[place - 2] + 1)
            row.append(steps)
    return row[-1]
