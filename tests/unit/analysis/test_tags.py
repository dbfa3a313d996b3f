import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis import lexicon
from app.analysis.__main__ import main
from app.analysis.sentiment import Sentiment, sentiment_of
from app.analysis.tagger import tag
from app.analysis.themes import load_codebook, themes_of

IMPROVE = "What could we do better?"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("i love it here", "positive"),
        ("I don't feel safe here", "negative"),
        ("It isn't great", "negative"),
        ("she's not helpful at all", "negative"),
        ("could be better", "negative"),
        ("not bad", "positive"),
        ("cant complain", "positive"),
        ("the trip was sick", "positive"),
        ("i feel sick", "negative"),
        ("thats peak", "negative"),
        ("maths is long", "negative"),
        ("not gonna lie its bare good", "positive"),
        ("my carer is lovely but my worker never rings me", "mixed"),
        ("the bus is at 8", "neutral"),
        ("more trips please", "neutral"),
        ("my own room", "neutral"),
        ("👍👍😁", "positive"),
        ("he hits me", "negative"),
        ("أنا بخير", "unknown"),
        ("", "unknown"),
    ],
)
def test_feelings_are_read_as_young_people_mean_them(text, label):
    assert sentiment_of(text).label == label


@pytest.mark.parametrize(
    ("question", "text", "label"),
    [
        (IMPROVE, "nothing", "positive"),
        ("What is the best thing right now?", "nothing", "negative"),
        ("Do you feel listened to?", "yes", "positive"),
        ("Do you feel listened to?", "no", "negative"),
        ("Is anything worrying you?", "no", "positive"),
        ("Is anything worrying you?", "yes", "negative"),
        ("", "nothing", "neutral"),
    ],
)
def test_a_short_answer_means_what_the_question_makes_of_it(question, text, label):
    assert sentiment_of(text, question=question).label == label


def test_polarity_has_the_sign_of_the_feeling():
    assert sentiment_of("i love it").polarity > 0 > sentiment_of("i hate it").polarity


def test_the_codebook_has_the_twenty_one_themes_each_with_its_mapping():
    keys = [theme.key for theme in load_codebook().themes]

    assert sorted(keys) == sorted(
        [
            "worker",
            "worker_changes",
            "home",
            "moves",
            "family",
            "friends",
            "school",
            "work",
            "health",
            "feelings",
            "voice",
            "plans",
            "story",
            "leaving_care",
            "housing",
            "money",
            "activities",
            "identity",
            "freedom",
            "safety",
            "travel",
        ]
    )
    for theme in load_codebook().themes:
        assert theme.domain in {"Relationships", "Rights", "Resilience", "Recovery"}
        assert theme.label
        assert theme.definition
        assert theme.pledge == "not known" or theme.pledge.isdigit()
        assert set(theme.principle) <= set("abcdefg, ")
    assert load_codebook().get_theme("worker").label == "My worker"


@pytest.mark.parametrize(
    ("text", "question", "keys"),
    [
        ("my social worker never rings", "", {"worker"}),
        ("i miss my little brother", "", {"family"}),
        ("cant afford the bus to college", "", {"money", "travel", "school"}),
        ("its alright there", "How do you feel about where you live?", {"home"}),
        ("ok", "How is school or college going?", set()),
        ("purple", "", set()),
    ],
)
def test_themes_come_from_the_words_and_the_question(text, question, keys):
    assert {theme.key for theme in themes_of(text, question=question)} == keys


def test_a_theme_from_the_question_alone_has_no_words_and_a_low_score():
    (theme,) = themes_of("its alright there", question="How do you feel about where you live?")

    assert theme.words == ()
    assert theme.score == 0.35


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_tagged_and_words_are_pieces_of_it(text, question):
    tags = tag(text, question=question)

    assert -1 <= tags.sentiment.polarity <= 1
    assert all(words in text for words in tags.sentiment.words)
    assert all(words in text for theme in tags.themes for words in theme.words)
    assert all(0 < theme.score <= 1 for theme in tags.themes)


def test_the_same_text_has_the_same_tags():
    assert tag("love my carer, hate the bus") == tag("love my carer, hate the bus")


def test_the_version_changes_with_a_word_list(monkeypatch):
    before = lexicon.version_of("slang.psv")
    changed = lexicon.text_of("slang.psv") + "new|| |1\n"
    lexicon.version_of.cache_clear()
    monkeypatch.setattr(lexicon, "text_of", lambda _: changed)

    after = lexicon.version_of("slang.psv")

    lexicon.version_of.cache_clear()
    assert before != after


def test_lines_are_answered_in_order_and_bad_ones_named_by_number_only():
    lines = [
        b'{"id": 1, "question": "", "text": "i want to die"}\n',
        b"secret words\n",
        b'{"id": 2}\n',
        b'{"text": "x"}\n',
        b"[1]\n",
        b'{"id": 3, "text": "x", "question": 4}\n',
        b"\xff\xfe\n",
        b"\n",
        b'{"id": "z", "text": "ok \\ud83d"}\n',
    ]
    out, errors = io.StringIO(), io.StringIO()

    code = main(lines, out, errors)

    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert code == 1
    assert [answer["id"] for answer in answers] == [1, "z"]
    assert answers[0]["concern"] == {"category": "suicide", "tier": 1, "words": ["want to die"]}
    assert answers[0]["sentiment"] == "negative"
    assert answers[1]["concern"] is None
    assert [line.split(":")[0] for line in errors.getvalue().splitlines()] == [
        "line 2",
        "line 3",
        "line 4",
        "line 5",
        "line 6",
        "line 7",
    ]
    assert "secret" not in errors.getvalue()


def test_good_lines_alone_succeed():
    out = io.StringIO()

    assert main([b'{"id": 1, "text": "ok"}'], out, io.StringIO()) == 0
    assert Sentiment(json.loads(out.getvalue())["sentiment"])
