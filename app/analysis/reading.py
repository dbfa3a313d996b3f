"""A message as words, however it was typed, each tied to the letters that it was read from.

Nothing here corrects the stored text: the reading serves matching only.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from app.analysis.sounds import Sounds

_TOKENS = re.compile(
    r"[^\W_](?:[\w'’@$!*|]{0,60}[\w*$])?"  # a word, with what stands for letters inside it
    r"|[\U0001F1E6-\U0001FAFF☀-➿❤]"
    r"|[.!?;\n]+"
)
_LEET = {"3": "e", "0": "o", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "1": "il", "!": "i", "|": "il"}
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ＇")
_BEFORE_TO = {
    "want",
    "need",
    "going",
    "have",
    "got",
    "like",
    "used",
    "try",
    "trying",
    "wanted",
    "able",
    "how",
    "about",
}
"""After these a "2" is a word, not a number."""
_INSIDE = re.compile(r"[@$!*|]")
_RUNS = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a message and where each stands in it."""

    original: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    line: str
    """The words between single spaces, a full stop where a sentence ends; what phrases are matched on."""
    places: tuple[int, ...]
    """Where in the line each word begins."""

    def index_at(self, place: int) -> int:
        """Return the number of the word at this place of the line."""
        return bisect_left(self.places, place)

    def said(self, start: int, end: int) -> str:
        """Return the exact letters of the message behind a stretch of the line."""
        first, last = self.index_at(start), self.index_at(end) - 1
        while last > first and self.words[last] == ".":
            last -= 1
        return self.original[self.spans[first][0] : self.spans[last][1]]

    def without(self, covered: Iterable[tuple[int, int]]) -> "Reading":
        """Return the same reading with these stretches of the line blotted out."""
        words = list(self.words)
        for start, end in covered:
            for index in range(self.index_at(start), self.index_at(end)):
                words[index] = "~"
        return _laid_out(self.original, words, list(self.spans))

    def sentence_around(self, place: int) -> tuple[int, int]:
        """Return the stretch of the line that is the sentence around a place."""
        start = self.line.rfind(" . ", 0, place + 1)
        end = self.line.find(" . ", place)
        return (0 if start < 0 else start + 2), (len(self.line) if end < 0 else end)


class Reader:
    """Read messages, knowing which words somebody is looking for."""

    def __init__(
        self, vocabulary: frozenset[str], spellings: Mapping[str, str], sounds: Sounds | None = None
    ) -> None:
        self._known = vocabulary | frozenset(word for value in spellings.values() for word in value.split())
        self._spellings = spellings
        self._sounds = sounds
        self._lengths: dict[int, list[str]] = {}
        for word in sorted(self._known):
            self._lengths.setdefault(len(word), []).append(word)

    def read(self, text: str) -> Reading:
        """Return the words of a text."""
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        for raw, start, end in self._joined(_tokens(text)):
            for word in self._meant(raw).split():
                words.append("to" if word == "2" and words and words[-1] in _BEFORE_TO else word)
                spans.append((start, end))
        return _laid_out(text, words, spans)

    def _joined(self, tokens: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
        """Put letters typed one by one ("k m s") together where they spell a word that is looked for."""
        run: list[tuple[str, int, int]] = []
        for token in tokens:
            if len(token[0]) == 1 and token[0].isalpha() and token[0].isascii():
                run.append(token)
                continue
            if token[0] == "." and run and token[2] - token[1] == 1 and len(run) < 12:
                run.append(token)
                continue
            yield from self._run(run)
            run = []
            yield token
        yield from self._run(run)

    def _run(self, run: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
        letters = [token for token in run if token[0] != "."]
        spelt = "".join(token[0] for token in letters)
        if len(letters) >= 3 and self._is_known(spelt):
            yield spelt, letters[0][1], letters[-1][2]
            yield from (token for token in run[-1:] if token[0] == ".")
            return
        yield from run

    def _meant(self, raw: str) -> str:
        word = self._without_runs(raw)
        if self._is_known(word):
            return self._spellings.get(word, word)
        if not word.isalpha() and any(letter.isalpha() for letter in word):
            word = self._without_leet(word)
        if self._sounds and not self._is_known(word):
            word = self._sounds.find_like(word) or word
        return self._spellings.get(word, word)

    def _is_known(self, word: str) -> bool:
        return word in self._known or word in self._spellings

    def _without_runs(self, word: str) -> str:
        runs = _RUNS.findall(word)
        if not runs:
            return word
        pieces = _RUNS.split(word)[:7]
        for lengths in product((1, 2), repeat=len(pieces) // 2):
            tried = "".join(
                piece if number % 2 == 0 else piece * lengths[number // 2]
                for number, piece in enumerate(pieces)
            )
            if self._is_known(tried):
                return tried
        return _RUNS.sub(r"\1", word)

    def _without_leet(self, word: str) -> str:
        if "*" in word.strip("*"):
            hidden = re.compile(re.escape(word).replace(r"\*", "."))
            return next(
                (known for known in self._lengths.get(len(word), ()) if hidden.fullmatch(known)), word
            )
        choices = [_LEET.get(letter, letter) for letter in word[:16]]
        for letters in product(*choices):
            tried = "".join(letters)
            if self._is_known(tried):
                return tried
        return _INSIDE.sub(" ", word)


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    folded, places = _folded(text)
    for found in _TOKENS.finditer(folded):
        raw = found.group()
        start, end = places[found.start()], places[found.end() - 1] + 1
        if raw[0] in ".!?;\n":
            yield ".", start, end
            continue
        word = raw.translate(_APOSTROPHES)
        if word:
            yield word, start, end


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text in plain small letters, and for each of them its place in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in letter.lower() if letter.isascii() else _plain(letter):
            letters.append(plain)
            places.append(place)
    return "".join(letters), places


def _plain(letter: str) -> str:
    if letter in "’‘`´ʼ＇":
        return "'"
    if letter == "…":
        return "."
    if letter in "\u200b\u200c\u200d\ufeff\ufe0f\u00ad":
        return ""
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    return "".join(
        part for part in unicodedata.normalize("NFKD", letter.casefold()) if not unicodedata.combining(part)
    )


def _laid_out(original: str, words: list[str], spans: list[tuple[int, int]]) -> Reading:
    places: list[int] = []
    at = 1
    for word in words:
        places.append(at)
        at += len(word) + 1
    line = " " + " ".join(words) + " "
    return Reading(original, tuple(words), tuple(spans), line, tuple(places))
