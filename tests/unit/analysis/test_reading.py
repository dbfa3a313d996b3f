import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.phrases import BadPhrase, parse
from app.analysis.reading import Reader

READER = Reader(frozenset({"kill", "myself", "kms", "harm", "self", "scared", "of", "rape"}), {"im": "i am"})


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("KILL Myself", " kill myself "),
        ("killlll myselfff", " kill myself "),
        ("k m s", " kms "),
        ("k.m.s", " kms "),
        ("s3lf h@rm", " self harm "),
        ("r*pe", " rape "),
        ("I’m scared", " i am scared "),
        ("i'm scared", " i am scared "),
        ("ｋｍｓ", " kms "),
        ("k\u200bill", " kill "),
        ("scared!!! of", " scared . of "),
        ("scared 😭", " scared 😭 "),
        ("٣", " 3 "),
        ("", "  "),
    ],
)
def test_a_word_is_known_however_it_is_typed(typed, line):
    assert READER.read(typed).line == line


def test_what_was_said_is_the_exact_piece_of_the_message():
    reading = READER.read("so yh — I’M  scaaared, of")

    start = reading.line.index("i am")

    assert reading.said(start, len(reading.line)) == "I’M  scaaared, of"


@given(st.text(max_size=200))
def test_every_word_stands_where_it_says_in_any_text(text):
    reading = READER.read(text)

    assert all(0 <= start < end <= len(text) for start, end in reading.spans)
    assert all(
        reading.line.startswith(f" {word} ", place - 1)
        for word, place in zip(reading.words, reading.places, strict=True)
    )


@pytest.mark.parametrize(
    "source", ["", "(a|b", "a)", ".. a", "(a)?", "$", "ab*", "isn't", "@nobody", "(..|a) b"]
)
def test_a_broken_phrase_stops_the_start(source):
    with pytest.raises(BadPhrase):
        parse(source, {}, {})


@pytest.mark.parametrize(
    ("source", "line", "found"),
    [
        ("kick* me", " kicked me ", True),
        ("kick* me", " kicked him ", False),
        ("hit .. me", " hit and then me ", True),
        ("hit .. me", " hit a b c d me ", False),
        ("hit .. me", " hit . me ", False),
        ("hit ~ me", " hit . me ", True),
        ("no (more)? food", " no food ", True),
        ("a _ c", " a b c ", True),
        ("a _ c", " a c ", False),
        ("no $", " no . ", True),
        ("no $", " no food ", False),
    ],
)
def test_phrases_read_gaps_options_and_ends(source, line, found):
    assert (parse(source, {}, {}).end_of_match(line, 1) is not None) is found


def test_word_groups_that_name_each_other_in_a_circle_are_refused():
    with pytest.raises(BadPhrase):
        parse("@a", {"a": "@b", "b": "@a"}, {})
