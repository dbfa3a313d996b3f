"""A small language for phrases, matched word by word.

    kill (my self|myself)       words, and alternatives in brackets; a group may end in ? (optional)
    hurt*                       any word that begins so
    @carer                      a named group of words from the file's own `words`
    ..   ...   ~                up to 3, up to 8 words between (same sentence); up to 15, across sentences
    _                           exactly one word
    ^ no $                      the beginning and the end of the message

Every repetition is bounded and a phrase is tried only where its first word stands, so that time grows with
the length of the text and with nothing else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

_GAPS = {"..": r"(?:[^ .]+ ){0,3}?", "...": r"(?:[^ .]+ ){0,8}?", "~": r"(?:[^ ]+ ){0,15}?", "_": r"[^ .]+ "}
_GAP = ".."
_PIECES = re.compile(r"\(|\)\??|\||[^\s()|]+")
_WORD = re.compile(r"[a-z0-9]+|[^\x00-\x7f]")
_END = r"(?:[.] )*\Z"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One pattern, the words it may begin with, and every word it knows."""

    source: str
    regex: str
    first: frozenset[str]
    at_start: bool
    words: frozenset[str]

    def end_of_match(self, line: str, at: int) -> int | None:
        """Return where the phrase ends if it begins at this place of the line."""
        found = _compiled(self.regex).match(line, at)
        return found.end() if found else None


class BadPhrase(ValueError):  # noqa: N818 — named as the fact, as all our errors are
    """A pattern in a lexicon file cannot be read; it is our mistake and stops the start."""


def parse(source: str, groups: Mapping[str, str], spellings: Mapping[str, str]) -> Phrase:
    """Read one pattern of the language above; its words are read as a message's would be."""
    text = _with_groups(source, groups).strip()
    at_start = text.startswith("^")
    pieces = _PIECES.findall(text.removeprefix("^"))
    reader = _PatternReader(source, pieces, spellings)
    regex, first, may_be_empty = reader.sequence(top=True)
    if may_be_empty or not first or _GAP in first or reader.left():
        raise BadPhrase(
            f"cannot read the phrase {source!r}: it must begin with a word and close its brackets"
        )
    return Phrase(source, regex, frozenset(first), at_start, frozenset(reader.words))


def _with_groups(source: str, groups: Mapping[str, str], depth: int = 0) -> str:
    if depth > 5:
        raise BadPhrase(f"word groups name each other in a circle in {source!r}")
    if "@" not in source:
        return source

    def replace(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in groups:
            raise BadPhrase(f"no word group @{name}, named in {source!r}")
        return f"({_with_groups(groups[name], groups, depth + 1)})"

    return re.sub(r"@([a-z_]+)", replace, source)


class _PatternReader:
    """Read pieces into a regular expression, noting first words on the way."""

    def __init__(self, source: str, pieces: Sequence[str], spellings: Mapping[str, str]) -> None:
        self._source = source
        self._pieces = pieces
        self._spellings = spellings
        self._at = 0
        self.words: set[str] = set()

    def left(self) -> bool:
        return self._at < len(self._pieces)

    def sequence(self, *, top: bool = False) -> tuple[str, set[str], bool]:
        """Return the expression up to `|`, `)` or the end, its first words, and whether it may be empty."""
        parts: list[str] = []
        first: set[str] = set()
        empty_so_far = True
        while self.left() and self._pieces[self._at] not in {"|", ")", ")?"}:
            piece = self._pieces[self._at]
            self._at += 1
            expression, starts, may_be_empty = self._item(piece)
            parts.append(expression)
            if empty_so_far:
                first |= starts
                empty_so_far = may_be_empty
        if top and self.left():
            raise BadPhrase(f"stray {self._pieces[self._at]!r} in {self._source!r}")
        return "".join(parts), first, empty_so_far

    def _item(self, piece: str) -> tuple[str, set[str], bool]:
        if piece == "(":
            return self._group()
        if piece == "$":
            return _END, set(), True
        if piece in _GAPS:
            return _GAPS[piece], {_GAP}, True
        return self._word(piece)

    def _word(self, piece: str) -> tuple[str, set[str], bool]:
        if piece.endswith("*"):
            stem = piece[:-1]
            if len(stem) < 3 or "*" in stem:
                raise BadPhrase(f"{piece!r} in {self._source!r}: three letters at least before *")
            self.words.add(stem)
            return re.escape(stem) + "[^ .]{0,12} ", {piece}, False
        if not _WORD.fullmatch(piece):
            raise BadPhrase(f"{piece!r} in {self._source!r} is no word that a message is read into")
        words = self._spellings.get(piece, piece).split()
        self.words.update(words)
        return "".join(re.escape(word) + " " for word in words), {words[0]}, False

    def _group(self) -> tuple[str, set[str], bool]:
        options: list[str] = []
        first: set[str] = set()
        may_be_empty = False
        while True:
            expression, starts, empty = self.sequence()
            options.append(expression)
            first |= starts
            may_be_empty |= empty
            if not self.left():
                raise BadPhrase(f"a bracket is left open in {self._source!r}")
            piece = self._pieces[self._at]
            self._at += 1
            if piece != "|":
                break
        optional = piece == ")?"
        return f"(?:{'|'.join(options)}){'?' if optional else ''}", first, may_be_empty or optional


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: what it belongs to, and the line's characters that it covers."""

    owner: int
    start: int
    end: int


class PhraseBook:
    """Many phrases, found in one walk over a line of words."""

    def __init__(self, owned: Sequence[tuple[int, Phrase]]) -> None:
        self.words = frozenset(word for _, phrase in owned for word in phrase.words)
        self._exact: dict[str, list[tuple[int, Phrase]]] = {}
        self._stems: dict[str, list[tuple[int, Phrase]]] = {}
        for owner, phrase in owned:
            for word in sorted(phrase.first):
                home = self._stems if word.endswith("*") else self._exact
                home.setdefault(word.removesuffix("*"), []).append((owner, phrase))
        self._lengths = sorted({len(stem) for stem in self._stems})

    def matches(
        self, line: str, words: Sequence[str], places: Sequence[int], limit: int = 3
    ) -> Iterator[Match]:
        """Yield what is found, in reading order; each phrase's owner at most `limit` times."""
        seen: dict[int, int] = {}
        for index, word in enumerate(words):
            for owner, phrase in self._beginning_with(word):
                if seen.get(owner, 0) >= limit or (phrase.at_start and index):
                    continue
                end = phrase.end_of_match(line, places[index])
                if end is not None:
                    seen[owner] = seen.get(owner, 0) + 1
                    yield Match(owner, places[index], end)

    def _beginning_with(self, word: str) -> Iterator[tuple[int, Phrase]]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._stems.get(word[:length], ())


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)
