from collections import UserDict

import pytest
import syllapy
import textstat
from textstat.backend.counts import _count_syllables

from app.flows.loader import shipped_surveys
from app.flows.wording import MessageKey, shipped_council

MOST_GRADE = 5
QUESTIONS = [
    (survey.key, question.id, question.text) for survey in shipped_surveys() for question in survey.questions
]
CLOSINGS = [(survey.key, survey.closing) for survey in shipped_surveys()]


class _Syllables(UserDict):
    """Counts syllables by rule, where textstat would download a dictionary."""

    def __missing__(self, word):
        return [["0"] * syllapy.count(word)]

    def __contains__(self, word):
        return True


@pytest.fixture
def grade(monkeypatch):
    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda lang: _Syllables())
    return textstat.flesch_kincaid_grade


@pytest.mark.parametrize(("survey", "question", "text"), QUESTIONS, ids=lambda value: value[:20])
def test_a_child_of_nine_can_read_every_question(grade, survey, question, text):
    assert grade(text) <= MOST_GRADE


@pytest.mark.parametrize(("survey", "text"), CLOSINGS, ids=lambda value: value[:20])
def test_a_child_of_nine_can_read_every_closing(grade, survey, text):
    assert grade(text) <= MOST_GRADE


@pytest.mark.parametrize("adult", [False, True], ids=["under_18", "adult"])
@pytest.mark.parametrize("key", [key for key in MessageKey if key is not MessageKey.WHO])
def test_a_child_of_nine_can_read_every_message(grade, key, adult):
    said = shipped_council("demo").say(key, adult=adult, when="on Monday", questions="5", ring_until="4.30")

    assert grade(said.replace("4.30", "4")) <= MOST_GRADE


def test_the_measure_tells_hard_words_from_plain_ones(grade):
    hard = "Participation in statutory independent reviewing officer consultations is proportionate."

    assert grade(hard) > 15
    assert grade("Do you feel safe at home?") < 2
