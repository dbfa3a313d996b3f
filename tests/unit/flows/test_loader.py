import json

import pytest

from app.flows.loader import SurveyFileBroken, load_survey, shipped_surveys
from app.flows.questions import Choice, OpenText, Option, Scale, YesNo
from app.flows.segments import count_segments
from app.flows.standard_wording import standard_wording
from app.flows.survey import Survey
from app.flows.words import squash
from app.shared.cohorts import AgeBand, Cohort

WHOLE = """\
key: one-of-each
version: 2
title: One of each
cohorts: [child_in_care, care_leaver]
age_bands: ["11-17"]
closing: Thank you.
questions:
  - id: reach
    kind: scale
    text: >-
      How often can you
      reach them?
    low: never
    middle: [not often, sometimes, mostly]
    high: always
  - id: asked
    kind: yes_no
    text: Do they ask you?
    branches: {yes: thing, no: what}
  - id: what
    kind: choice
    text: About what?
    options:
      - {key: home, label: where I live}
      - {key: fun, label: fun}
  - id: thing
    kind: open_text
    text: What {else} would %s help?
    about: One change
"""


def faults_of(text):
    with pytest.raises(SurveyFileBroken) as caught:
        load_survey(text, source="broken.yaml")
    return [str(fault) for fault in caught.value.faults]


def one_question(question, rest=""):
    return (
        f"key: short\nversion: 1\ntitle: Short\ncohorts: [carer]\nclosing: Bye.\nquestions:\n{question}{rest}"
    )


def test_a_file_becomes_a_survey():
    assert load_survey(WHOLE, source="whole.yaml") == Survey(
        key="one-of-each",
        version=2,
        title="One of each",
        cohorts=(Cohort.CHILD_IN_CARE, Cohort.CARE_LEAVER),
        age_bands=(AgeBand.ELEVEN_TO_SEVENTEEN,),
        questions=(
            Scale(
                id="reach",
                text="How often can you reach them?",
                low="never",
                middle=("not often", "sometimes", "mostly"),
                high="always",
            ),
            YesNo(id="asked", text="Do they ask you?", branches=(("yes", "thing"), ("no", "what"))),
            Choice(
                id="what",
                text="About what?",
                choices=(Option(key="home", label="where I live"), Option(key="fun", label="fun")),
            ),
            OpenText(id="thing", text="What {else} would %s help?", about="One change"),
        ),
        closing="Thank you.",
    )


def test_a_published_survey_is_kept_and_read_back_exactly():
    survey = load_survey(WHOLE, source="whole.yaml")

    assert Survey.from_json(survey.to_json()) == survey


@pytest.mark.parametrize("survey", shipped_surveys(), ids=lambda survey: survey.key)
def test_every_shipped_survey_is_kept_and_read_back_exactly(survey):
    assert Survey.from_json(survey.to_json()) == survey


@pytest.mark.parametrize("survey", shipped_surveys(), ids=lambda survey: survey.key)
def test_every_shipped_survey_has_at_most_five_questions_of_one_text_each(survey):
    assert len(survey.questions) <= 5
    assert {count_segments(question.prompt) for question in survey.questions} == {1}


@pytest.mark.parametrize("survey", shipped_surveys(), ids=lambda survey: survey.key)
def test_the_first_line_of_a_texted_question_shows_nothing_on_a_locked_phone(survey):
    is_texted = survey.age_bands != (AgeBand.EIGHT_TO_TEN,)
    kept_off = set(standard_wording().lock_screen)

    shown = {word for question in survey.questions for word in squash(question.prompt[:40]).split()}

    assert (shown & kept_off if is_texted else set()) == set()


def test_the_youngest_are_asked_by_a_survey_of_their_own():
    bands = {survey.key: survey.age_bands for survey in shipped_surveys()}

    assert bands == {
        "pulse-11-17": ("11-17",),
        "pulse-8-10": ("8-10",),
        "pulse-care-leavers": ("11-17", "18+"),
        "pulse-parents-carers": (),
    }


def test_every_fault_is_told_at_once_with_its_place():
    text = """\
key: Bad Key
version: none
colour: red
cohorts: [adult]
age_bands: []
closing: ''
questions:
  - id: one
    kind: scale
    text: How is your placement?
    low: bad
  - id: one
    kind: yes_no
    text: Do you’re carers listen?
    branches: {maybe: two, yes: one, no: nowhere}
  - kind: slider
    text: How far?
"""

    assert faults_of(text) == [
        "line 1: the field 'title' is missing",
        "line 1, key: 'Bad Key' should be made of small letters, digits and single hyphens, beginning with a letter",
        "line 2, version: should be a whole number, 1 or more",
        "line 3, colour: unknown field; the fields here are key, version, title, cohorts, questions, closing, age_bands",
        "line 4, cohorts[0]: 'adult' is not one of child_in_care, care_leaver, parent, carer",
        "line 4, cohorts: name at least one cohort",
        "line 6, closing: should be some text",
        "line 8, questions[0]: the field 'high' is missing",
        """line 10, questions[0].text: 'placement' is jargon; say "home" or "where you live\"""",
        "line 12, questions[1].id: the id 'one' is used twice",
        'line 14, questions[1].text: ’ cannot be sent in a plain text message; write "\'"',
        "line 16, questions[2].kind: there is no kind 'slider'; use one of choice, scale, yes_no, open_text",
    ]


def test_branches_may_only_lead_further_down_to_a_question_that_is_there():
    text = one_question(
        """\
  - {id: one, kind: open_text, text: 'One?'}
  - {id: two, kind: yes_no, text: 'Two?', branches: {maybe: three, yes: one, no: nowhere}}
  - {id: three, kind: open_text, text: 'Three?', branches: {otherwise: end}}
  - {id: four, kind: open_text, text: 'Four?'}
"""
    )

    assert faults_of(text) == [
        "line 8, questions[1].branches.maybe: 'maybe' is no answer to this question; use one of no, yes, otherwise",
        "line 8, questions[1].branches.yes: leads back to 'one'; a branch may only lead further down",
        "line 8, questions[1].branches.no: leads to 'nowhere', and there is no such question",
        "line 10, questions[3].id: no path leads to the question 'four'; mend the branches before it",
    ]


def test_a_question_that_only_a_skip_leads_to_can_be_reached():
    text = one_question(
        """\
  - {id: one, kind: yes_no, text: 'One?', branches: {yes: three, no: three}}
  - {id: two, kind: open_text, text: 'Two?'}
  - {id: three, kind: open_text, text: 'Three?'}
"""
    )

    assert len(load_survey(text, source="skip.yaml").questions) == 3


def test_an_id_is_used_once_and_end_is_kept_for_branches():
    text = one_question(
        "  - {id: one, kind: open_text, text: 'One?'}\n"
        "  - {id: one, kind: open_text, text: 'Two?'}\n"
        "  - {id: end, kind: open_text, text: 'Three?'}\n"
    )

    assert faults_of(text) == [
        "line 8, questions[1].id: the id 'one' is used twice",
        "line 9, questions[2].id: 'end' is where a branch ends the survey; choose another id",
    ]


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ("'Yes'", "'Yes' is a word that phone companies act on; offer another word"),
        ("The END", None),
        ("End", "'End' is a word that phone companies act on; offer another word"),
        ("info!", "'info!' is a word that phone companies act on; offer another word"),
        ("call me", "'call me' is one of our own commands; offer another word"),
        ("pass", "'pass' means missing the question; offer another word"),
        ("'4'", "'4' is a number; numbers stand for the order of the options"),
        ("'!'", "holds no word that could be typed as an answer"),
        ("fun", "'fun' already stands for the option 'fun'"),
    ],
)
def test_an_option_must_be_a_word_that_is_safe_to_type(label, problem):
    text = one_question(
        f"  - id: one\n    kind: choice\n    text: One?\n    options:\n"
        f"      - {{key: fun, label: fun}}\n      - {{key: other, label: {label}}}\n"
    )
    expected = f"line 12, questions[0].options[1].label: {problem}"

    if problem is None:
        assert load_survey(text, source="fine.yaml").questions[0].options()[1] == ("other", "The END")
    else:
        assert faults_of(text) == [expected]


def test_a_choice_offers_between_two_and_nine_options():
    ten = ", ".join(f"{{key: k{letter}, label: l{letter}}}" for letter in "abcdefghij")
    text = one_question(f"  - {{id: one, kind: choice, text: 'One?', options: [{ten}]}}\n")

    assert faults_of(text) == ["line 7, questions[0].options: offer between 2 and 9 options"]


def test_both_ends_of_a_scale_have_names_of_their_own():
    text = one_question("  - {id: one, kind: scale, text: 'One?', low: Never, high: never!}\n")

    assert faults_of(text) == ["line 7, questions[0].high: 'never!' already names another step of the scale"]


@pytest.mark.parametrize(
    ("middle", "faults"),
    [
        ("[rarely, often]", ["middle: name the steps 2, 3 and 4: three names, or leave the field out"]),
        ("sometimes", ["middle: should be a list"]),
        ("[rarely, 'Never', often]", ["middle[1]: 'Never' already names another step of the scale"]),
        ("[rarely, often, often]", ["middle[2]: 'often' already names another step of the scale"]),
        (
            "[rarely, stop, often]",
            ["middle[1]: 'stop' is a word that phone companies act on; offer another word"],
        ),
        ("[rarely, '3', often]", ["middle[1]: '3' is a number; numbers stand for the order of the options"]),
    ],
)
def test_the_steps_between_are_three_with_names_of_their_own(middle, faults):
    text = one_question(
        f"  - {{id: one, kind: scale, text: 'One?', low: never, high: always, middle: {middle}}}\n"
    )

    assert faults_of(text) == [f"line 7, questions[0].{fault}" for fault in faults]


def test_a_survey_published_before_steps_had_names_is_still_read():
    kept = load_survey(WHOLE, source="whole.yaml").to_json()
    older = json.loads(kept)
    del older["questions"][0]["middle"]

    assert Survey.from_json(json.dumps(older)).questions[0].options()[1] == ("2", "2")


@pytest.mark.parametrize("survey", shipped_surveys(), ids=lambda survey: survey.key)
def test_every_step_of_every_shipped_scale_has_a_name(survey):
    scales = [question for question in survey.questions if isinstance(question, Scale)]

    assert scales
    assert {len(question.middle) for question in scales} == {3}


def test_no_two_shipped_surveys_share_a_title():
    titles = [survey.title for survey in shipped_surveys()]

    assert len(set(titles)) == len(titles)


def test_the_length_counts_what_is_really_sent():
    fits = "x" * (160 - len(" 1 yes, 2 no"))
    one_over = one_question(f"  - {{id: one, kind: yes_no, text: {fits}x}}\n")

    loaded = load_survey(one_question(f"  - {{id: one, kind: yes_no, text: {fits}}}\n"), source="fits.yaml")

    assert count_segments(loaded.questions[0].prompt) == 1
    assert faults_of(one_over) == [
        "line 7, questions[0].text: what is sent is 161 characters and travels as more than one text; shorten it to 160"
    ]


def test_characters_that_travel_as_two_count_as_two():
    text = one_question(f"  - {{id: one, kind: open_text, text: '{'x' * 158}{{}}'}}\n")

    assert "travels as more than one text" in faults_of(text)[0]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("How is your placement?", '\'placement\' is jargon; say "home" or "where you live"'),
        ("Placement?", '\'placement\' is jargon; say "home" or "where you live"'),
        ("Is your IRO kind?", "'IRO' is jargon; say \"the person who runs your review\""),
        ("Do you like contact with Mum?", "'contact with' is jargon; say \"time with\""),
    ],
)
def test_jargon_is_refused_with_what_to_write_instead(question, problem):
    assert faults_of(one_question(f"  - {{id: one, kind: open_text, text: '{question}'}}\n")) == [
        f"line 7, questions[0].text: {problem}"
    ]


@pytest.mark.parametrize("question", ["Shall we contact you?", "Was the iron hot?", "Do you replace things?"])
def test_plain_words_that_hold_jargon_are_fine(question):
    text = one_question(f"  - {{id: one, kind: open_text, text: '{question}'}}\n")

    assert load_survey(text, source="fine.yaml").questions[0].text == question


def test_a_survey_asks_something_and_not_too_much():
    thirteen = "".join(
        f"  - {{id: q{letter}, kind: open_text, text: 'What?'}}\n" for letter in "abcdefghijklm"
    )

    assert faults_of(one_question(thirteen)) == [
        "line 6, questions: 13 questions are too many; ask 12 at most, 5 is better"
    ]
    assert faults_of(one_question("").replace("questions:\n", "questions: []\n")) == [
        "line 6, questions: a survey needs at least one question"
    ]


def test_a_cohort_that_is_named_twice_counts_once():
    text = one_question("  - {id: one, kind: open_text, text: 'One?'}\n").replace("[carer]", "[carer, carer]")

    assert load_survey(text, source="twice.yaml").cohorts == (Cohort.CARER,)


def test_the_exception_names_its_source():
    with pytest.raises(SurveyFileBroken) as caught:
        load_survey("", source="empty.yaml")

    assert caught.value.source == "empty.yaml"
    assert [fault.place for fault in caught.value.faults] == ["line 1"]
