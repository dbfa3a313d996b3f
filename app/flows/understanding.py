"""What a reply opens with: the one answer at its head, and the comment after it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.flows.answer_words import answer_words
from app.flows.words import Word, fold, shorten_runs, split_words, squash

_LONGEST_PHRASE = 6
_MAY_STAND_BEFORE = frozenset(" \t\r\n.,(\"'*#-")
_AROUND_A_COMMENT = " \t\r\n.,;:!-–—()\ufe0f\u20e3"
_CHANGES_A_NUMBER = frozenset("/%£$€?+=<>^&@")
_ENDS_AN_ANSWER = frozenset(".,;:!-–—\n()")


@dataclass(frozen=True, slots=True)
class Understood:
    """The reply was an answer: its value, where the question has values, and what else they said."""

    value: str | None
    comment: str


@dataclass(frozen=True, slots=True)
class Declined:
    """They would rather not answer this question."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The reply could not be read as an answer; the hint says how to answer, with an example."""

    hint: str


def is_skip(reply: str, *, zero_skips: bool) -> bool:
    """Whether a reply as a whole asks to miss the question."""
    said = squash(reply)
    return said in answer_words().skip or (zero_skips and said == "0")


def is_dont_know(reply: str) -> bool:
    """Whether a reply as a whole says that they do not know; to a question in their own words that is an answer."""
    return squash(reply) in answer_words().dont_know


def read_head(reply: str, heads: Mapping[str, str], *, out_of: str | None = None) -> Understood | None:
    """Read the answer that a reply opens with, or None where that would be guessing.

    `heads` maps each phrase that counts as an answer to its value; `out_of` is the scale's top, for 3/5.
    """
    words = split_words(reply)
    found = _find_head(words, heads)
    if found is None:
        return None
    first, after, value = found
    if not _MAY_STAND_BEFORE.issuperset(reply[: words[0].start]):
        return None
    if _is_number(words[first]) and out_of is not None:
        after = _pass_the_total(reply, words, after, out_of)
    after = _pass_repetitions(words, after, heads, value)
    if not _may_end_here(reply, words, after, heads, value):
        return None
    return Understood(value, reply[words[after - 1].end :].strip(_AROUND_A_COMMENT))


def _find_head(words: tuple[Word, ...], heads: Mapping[str, str]) -> tuple[int, int, str] | None:
    """Return the first and last place of the answer and its value, passing words like "I'd say"."""
    place = 0
    while place < len(words):
        for length in range(_LONGEST_PHRASE, 0, -1):
            value = _value_of(words[place : place + length], heads)
            if value is not None:
                return place, min(place + length, len(words)), value
        step = _opener_length(words, place)
        if step == 0:
            return None
        place += step
    return None


def _value_of(words: tuple[Word, ...], heads: Mapping[str, str]) -> str | None:
    phrase = " ".join(word.plain for word in words)
    return heads.get(phrase) or heads.get(shorten_runs(phrase))


def _opener_length(words: tuple[Word, ...], place: int) -> int:
    openers = answer_words().openers
    for length in (3, 2, 1):
        if " ".join(word.plain for word in words[place : place + length]) in openers:
            return min(length, len(words) - place)
    return 0


def _pass_the_total(reply: str, words: tuple[Word, ...], after: int, out_of: str) -> int:
    """Step over the "/5" or "out of 5" of "3/5"."""
    rest = [word.plain for word in words[after : after + 3]]
    if rest[:1] == [out_of] and fold(reply[words[after - 1].end : words[after].start]).strip() == "/":
        return after + 1
    if rest == ["out", "of", out_of]:
        return after + 3
    return after


def _pass_repetitions(words: tuple[Word, ...], after: int, heads: Mapping[str, str], value: str) -> int:
    """Step over the same answer said again: "yes yes", "always 5"; words after a digit are a comment."""
    while after < len(words) and _value_of(words[after : after + 1], heads) == value:
        if _is_number(words[after - 1]) and not _is_number(words[after]):
            break
        after += 1
    return after


def _may_end_here(
    reply: str, words: tuple[Word, ...], after: int, heads: Mapping[str, str], value: str
) -> bool:
    """Whether what follows the answer is a comment, and does not change or take back the answer."""
    last = words[after - 1]
    gap = reply[last.end : words[after].start] if after < len(words) else reply[last.end :]
    if after == len(words) or _CHANGES_A_NUMBER.intersection(gap):
        return not _CHANGES_A_NUMBER.intersection(gap)
    if _is_taken_back(words[after:]) or _names_another(words, after, heads, value):
        return False
    return bool(_ENDS_AN_ANSWER.intersection(gap)) or _may_begin_a_comment(words[after].plain, last)


def _is_taken_back(rest: tuple[Word, ...]) -> bool:
    return " ".join(word.plain for word in rest) in answer_words().takebacks


def _names_another(words: tuple[Word, ...], after: int, heads: Mapping[str, str], value: str) -> bool:
    """Whether a second, different answer follows: "4 or 5", "yes and no", "3, 2"."""
    if words[after].plain in {"or", "and", "n", "to", "maybe", "then"}:
        after += 1
    following = words[after : after + 1]
    if not following:
        return False
    other = _value_of(following, heads)
    return _is_number(following[0]) or (other is not None and other != value)


def _is_number(word: Word) -> bool:
    return word.plain.isdigit()


def _may_begin_a_comment(word: str, answer: Word) -> bool:
    """After a digit anything but a thing that it counts; after a word only what joins sentences."""
    known = answer_words()
    if not _is_number(answer):
        return word in known.joiners
    counts_something = word in known.counted or (word.endswith("s") and word not in known.uncounted)
    return not counts_something
