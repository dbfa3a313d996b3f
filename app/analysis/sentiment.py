"""How the writer feels about what they describe: a TextBlob analyzer that minds negation, slang and the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from textblob import TextBlob
from textblob.en import sentiment as textblob_lexicon
from textblob.sentiments import CONTINUOUS, BaseSentimentAnalyzer

from app.analysis.concerns import screen
from app.analysis.language import is_unreadable
from app.analysis.lexicon import rows_of, tree_of
from app.analysis.phrases import Match, PhraseBook
from app.analysis.reading import Reading
from app.analysis.vocabulary import book_of, read, read_question

_FILE = "feelings.yaml"
_FELT = 0.5
"""Below this the sum of a reply's feelings is a plain fact."""
_BOTH = 0.4
"""A reply is mixed where its weaker side has at least this share of the stronger."""
_REACH = 3
"""How many words before a feeling a negator may stand."""
_TEXTBLOB_WEIGHT = 1.6
_TEXTBLOB_FLOOR = 0.2
_TOLD_TIER = 2


class Sentiment(StrEnum):
    """What a reply's feeling is called."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    MIXED = "mixed"
    UNKNOWN = "unknown"
    """We cannot read it."""


@dataclass(frozen=True, slots=True)
class SentimentTag:
    """A reply's feeling, and the words that say so."""

    label: Sentiment
    polarity: float
    """-1 to 1."""
    words: tuple[str, ...]
    """Exact pieces of the reply."""


class Feeling(NamedTuple):
    """What the analyzer returns to TextBlob."""

    polarity: float
    subjectivity: float
    label: Sentiment
    words: tuple[str, ...]


def sentiment_of(text: str, *, question: str = "") -> SentimentTag:
    """Return a reply's feeling, in the light of the question that it answers."""
    # `TextBlob.polarity` ignores a custom analyzer; `TextBlob.sentiment` does not.
    feeling: Feeling = TextBlob(text, analyzer=HeardAnalyzer(question=question)).sentiment
    return SentimentTag(feeling.label, feeling.polarity, feeling.words)


class HeardAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # TextBlob carries no types
    """Feelings by clause: our phrases and slang first, TextBlob's word list for the rest.

    TextBlob 0.20.1 does not know "n't" and counts "not great" as +0.8 times a half: the reading has written every
    contraction out, and negators never reach TextBlob; we turn the feeling round ourselves.
    """

    kind = CONTINUOUS

    def __init__(self, *, question: str = "") -> None:
        super().__init__()
        self._question = question

    def analyze(self, text: str) -> Feeling:
        """Return the feeling of a text."""
        super().analyze(text)
        reading = read(text)
        if not reading.words or is_unreadable(reading):
            return Feeling(0.0, 0.0, Sentiment.UNKNOWN, ())
        short = _short_answer(reading, read_question(self._question))
        if short:
            return Feeling(_OF_LABEL[short], 1.0, short, (text.strip(),))
        told = screen(text, question=self._question).most_serious
        if told and told.tier <= _TOLD_TIER:
            # A disclosure is never good or neutral news, whatever words it is told in. Nothing flows the other way.
            return Feeling(_OF_LABEL[Sentiment.NEGATIVE], 1.0, Sentiment.NEGATIVE, told.words)
        return _summed(list(_felt(reading)))


_OF_LABEL = {Sentiment.POSITIVE: 0.5, Sentiment.NEGATIVE: -0.5}


@dataclass(frozen=True, slots=True)
class _Felt:
    clause: int
    value: float
    words: str


def _summed(felt: Sequence[_Felt]) -> Feeling:
    clauses: dict[int, float] = {}
    for one in felt:
        clauses[one.clause] = clauses.get(one.clause, 0.0) + one.value
    good = sum(value for value in clauses.values() if value > 0)
    bad = -sum(value for value in clauses.values() if value < 0)
    words = tuple(dict.fromkeys(one.words for one in felt if one.value))
    polarity = round(max(-1.0, min(1.0, (good - bad) / 4)), 3)
    strength = min(1.0, (good + bad) / 4)
    return Feeling(polarity, strength, _label(good, bad), words)


def _label(good: float, bad: float) -> Sentiment:
    if min(good, bad) >= _FELT and min(good, bad) >= _BOTH * max(good, bad):
        return Sentiment.MIXED
    if good - bad >= _FELT:
        return Sentiment.POSITIVE
    if bad - good >= _FELT:
        return Sentiment.NEGATIVE
    return Sentiment.NEUTRAL


def _short_answer(reading: Reading, question: Reading) -> Sentiment | None:
    answers = _answers()
    asked = {match.owner for match in _found(answers.asked, question)}
    for match in _found(answers.said, reading):
        if match.owner in asked:
            return answers.labels[match.owner]
    return None


def _felt(reading: Reading) -> Iterator[_Felt]:
    clauses = _clauses(reading)
    taken: set[int] = set()
    for match in _longest(list(_found(_phrases().book, reading))):
        first, end = reading.index_at(match.start), reading.index_at(match.end)
        taken.update(range(first, end))
        value = _phrases().values[match.owner]
        if value:
            turned = _turned(value, reading, first, clauses)
            yield _Felt(clauses[first], turned, reading.said(match.start, match.end))
    for index, word in enumerate(reading.words):
        if index in taken:
            continue
        value = _of_word(word)
        if value:
            start = reading.places[index]
            turned = _turned(value, reading, index, clauses)
            yield _Felt(clauses[index], turned, reading.said(start, start + len(word)))


def _of_word(word: str) -> float:
    value = _phrases().emoji.get(word)
    if value is not None:
        return value
    if word in _phrases().ignored or not word.isascii() or not word.isalpha():
        return 0.0
    # One word at a time and never a negator: TextBlob's own handling of "not" is what we work round.
    polarity = float(textblob_lexicon([word])[0])
    return polarity * _TEXTBLOB_WEIGHT if abs(polarity) >= _TEXTBLOB_FLOOR else 0.0


def _turned(value: float, reading: Reading, index: int, clauses: Sequence[int]) -> float:
    before = [
        reading.words[at] for at in range(max(0, index - _REACH), index) if clauses[at] == clauses[index]
    ]
    if not any(word in _phrases().negators for word in before):
        return value
    return -value * (0.8 if value > 0 else 0.4)


def _clauses(reading: Reading) -> list[int]:
    """Number the clauses: a new one after a full stop, a comma, or a word such as "but"."""
    numbers: list[int] = []
    clause = 0
    last_end = 0
    for word, (start, end) in zip(reading.words, reading.spans, strict=True):
        if word == "." or word in _phrases().turns or "," in reading.original[last_end:start]:
            clause += 1
        numbers.append(clause)
        last_end = end
    return numbers


def _longest(matches: list[Match]) -> Iterator[Match]:
    """Of phrases that overlap, keep the longest, and of equals the first listed."""
    free = sorted(matches, key=lambda match: (match.start - match.end, match.start))
    kept: list[Match] = []
    covered: set[int] = set()
    for match in free:
        if match.start not in covered and match.end - 1 not in covered:
            kept.append(match)
            covered.update(range(match.start, match.end))
    yield from sorted(kept, key=lambda match: match.start)


def _found(book: PhraseBook, reading: Reading) -> Iterator[Match]:
    return book.matches(reading.line, reading.words, reading.places, limit=200)


@dataclass(frozen=True, slots=True)
class _Phrases:
    book: PhraseBook
    values: tuple[float, ...]
    emoji: dict[str, float]
    negators: frozenset[str]
    turns: frozenset[str]
    ignored: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Answers:
    asked: PhraseBook
    said: PhraseBook
    labels: tuple[Sentiment, ...]


@cache
def _phrases() -> _Phrases:
    tree = tree_of(_FILE)
    slang = [
        ([term, *variants.split(",")], float(value)) for term, variants, _, value in rows_of("slang.psv")
    ]
    lists = [(one["patterns"], float(one["value"])) for one in tree["phrases"]]
    lists += [([name.strip().lower() for name in names if name.strip()], value) for names, value in slang]
    return _Phrases(
        book=book_of([patterns for patterns, _ in lists], tree["words"]),
        values=tuple(value for _, value in lists),
        emoji={sign: float(value) for value, signs in tree["emoji"].items() for sign in signs},
        negators=frozenset(tree["negators"]),
        turns=frozenset(tree["turns"]),
        ignored=frozenset(tree["ignored"]),
    )


@cache
def _answers() -> _Answers:
    tree = tree_of(_FILE)["answers"]
    groups = tree_of(_FILE)["words"]
    return _Answers(
        asked=book_of([one["question"] for one in tree], groups),
        said=book_of([one["patterns"] for one in tree], groups),
        labels=tuple(Sentiment(one["label"]) for one in tree),
    )
