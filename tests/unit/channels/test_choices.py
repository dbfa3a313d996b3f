"""What a page's buttons send is read as what they say, in every survey that ships with the product."""

from importlib.resources import files

import pytest

from app.flows import commands
from app.flows.loader import load_survey
from app.flows.understanding import Declined, Understood
from app.usecases.webpages import SKIP

SURVEYS = [
    load_survey(file.read_text(encoding="utf-8"), source=file.name)
    for file in files("app.flows").joinpath("definitions").iterdir()
    if file.name.endswith(".yaml")
]
CHOICES = [
    pytest.param(question, value, id=f"{survey.key}-{question.id}-{value}")
    for survey in SURVEYS
    for question in survey.questions
    for value, _ in question.options()
]
QUESTIONS = [
    pytest.param(question, id=f"{survey.key}-{question.id}")
    for survey in SURVEYS
    for question in survey.questions
]


@pytest.mark.parametrize(("question", "value"), CHOICES)
def test_a_button_is_read_as_its_own_value(question, value):
    assert question.read(value) == Understood(value, "")
    assert commands.recognise(value) is None


@pytest.mark.parametrize("question", QUESTIONS)
def test_skip_is_read_as_skip(question):
    assert question.read(SKIP) == Declined()
    assert commands.recognise(SKIP) is None
