import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flows.engine import ask_again, resume, start
from app.flows.events import (
    AnswerGiven,
    QuestionAsked,
    QuestionSkipped,
    ReplyAfterEnd,
    ReplyNotUnderstood,
    SurveyFinished,
)
from app.flows.loader import shipped_surveys
from app.flows.questions import OpenText, Scale, YesNo
from app.flows.state import State, Status
from app.flows.survey import Survey
from app.shared.cohorts import Cohort

SURVEY = Survey(
    key="short",
    version=1,
    title="Short",
    cohorts=(Cohort.CHILD_IN_CARE,),
    age_bands=(),
    questions=(
        YesNo(id="asked", text="Do they ask?", branches=(("no", "why"), ("otherwise", "rate"))),
        OpenText(id="why", text="Why?"),
        Scale(id="rate", text="How often?", low="never", high="always", branches=(("1", "end"),)),
        OpenText(id="last", text="What else?"),
    ),
    closing="Bye.",
)
HINT = "Sorry, we didn't get that. Send 1 for yes or 2 for no, like 1."


def after(*replies):
    turn = start(SURVEY)
    for reply in replies:
        turn = resume(SURVEY, turn.state, reply)
    return turn


def test_a_conversation_opens_with_the_first_question():
    turn = start(SURVEY)

    assert turn.events == (QuestionAsked("asked", "Do they ask? 1 yes, 2 no"),)
    assert turn.reply_text == "Do they ask? 1 yes, 2 no"
    assert turn.state == State(version=1, status=Status.ASKING, question_id="asked", misses=0, answered=())


def test_an_answer_keeps_its_words_and_asks_the_next_question():
    turn = after("No, never")

    assert turn.events == (
        AnswerGiven("asked", "yes_no", "no", "No, never", "never"),
        QuestionAsked("why", "Why?"),
    )
    assert turn.reply_text == "Why?"
    assert turn.state == State(
        version=1, status=Status.ASKING, question_id="why", misses=0, answered=("asked",)
    )


def test_a_branch_passes_over_a_question():
    assert after("yes").state.question_id == "rate"


def test_a_skipped_question_takes_the_branch_for_everything_else():
    turn = after("skip")

    assert turn.events[0] == QuestionSkipped("asked", "skip")
    assert turn.state.question_id == "rate"
    assert turn.state.answered == ()


def test_a_branch_can_end_the_survey():
    turn = after("yes", "1")

    assert turn.events == (AnswerGiven("rate", "scale", "1", "1", ""), SurveyFinished("Bye."))
    assert turn.state == State(
        version=1, status=Status.FINISHED, question_id=None, misses=0, answered=("asked", "rate")
    )


def test_the_last_answer_finishes_the_survey():
    turn = after("yes", "3", "nothing")

    assert turn.events == (
        AnswerGiven("last", "open_text", None, "nothing", "nothing"),
        SurveyFinished("Bye."),
    )
    assert turn.reply_text == "Bye."


def test_a_first_miss_gets_a_hint_with_an_example():
    turn = after("hmm")

    assert turn.events == (ReplyNotUnderstood("asked", "hmm", HINT),)
    assert turn.reply_text == HINT
    assert turn.state.misses == 1


def test_a_second_miss_offers_to_skip():
    assert after("hmm", "what").reply_text == f"{HINT} Or text SKIP to miss this one."


def test_a_third_miss_is_kept_as_a_comment_and_moves_on():
    turn = after("hmm", "what", "they sort of ask")

    assert turn.events[0] == AnswerGiven("asked", "yes_no", None, "they sort of ask", "they sort of ask")
    assert turn.state.question_id == "rate"
    assert turn.state.misses == 0


def test_a_third_empty_text_is_a_skip_and_not_an_answer():
    turn = after("", "", " ")

    assert turn.events[0] == QuestionSkipped("asked", " ")
    assert turn.state.answered == ()


def test_an_answer_after_a_miss_is_taken():
    assert after("hmm", "yh").events[0] == AnswerGiven("asked", "yes_no", "yes", "yh", "")


def test_an_empty_text_is_an_event():
    assert after("").events == (ReplyNotUnderstood("asked", "", HINT),)


def test_a_reply_after_the_end_is_an_event_and_changes_nothing():
    finished = after("yes", "1").state

    turn = resume(SURVEY, finished, "thanks")

    assert turn.events == (ReplyAfterEnd("thanks"),)
    assert turn.state == finished
    assert turn.reply_text == ""


def test_asking_again_puts_the_open_question_as_if_for_the_first_time():
    turn = ask_again(SURVEY, after("yes", "hmm").state)

    assert turn.events == (QuestionAsked("rate", "How often? 1 never ... 5 always"),)
    assert turn.state.misses == 0


def test_asking_again_after_the_end_asks_nothing():
    finished = after("yes", "1").state

    assert ask_again(SURVEY, finished).events == ()


def test_a_branch_that_would_lead_back_goes_on_instead():
    looping = Survey(
        key="loop",
        version=1,
        title="Loop",
        cohorts=(Cohort.CARER,),
        age_bands=(),
        questions=(OpenText(id="one", text="One?"), YesNo(id="two", text="Two?", branches=(("yes", "one"),))),
        closing="Bye.",
    )
    second = resume(looping, start(looping).state, "x").state

    assert resume(looping, second, "yes").events[1] == SurveyFinished("Bye.")


@given(st.sampled_from(shipped_surveys()), st.lists(st.text(), max_size=60))
def test_whatever_is_written_every_shipped_survey_ends_within_three_texts_a_question(survey, replies):
    turn = start(survey)
    for reply in replies:
        turn = resume(survey, State.from_json(turn.state.to_json()), reply)

    assert turn.state.status is Status.FINISHED or len(replies) < 3 * len(survey.questions)


def test_a_state_of_an_unknown_form_is_our_mistake():
    with pytest.raises(ValueError, match="unknown state version 2"):
        State.from_json('{"version": 2}')


def test_a_question_that_the_survey_does_not_have_is_our_mistake():
    with pytest.raises(LookupError, match="survey short version 1 has no question gone"):
        SURVEY.question("gone")
