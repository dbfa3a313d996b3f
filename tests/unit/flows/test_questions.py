import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flows.questions import Choice, OpenText, Option, Scale, YesNo
from app.flows.understanding import Declined, Unclear, Understood

SCALE = Scale(id="reach", text="How often?", low="never", high="always")
NAMED = Scale(
    id="reach", text="How often?", low="never", middle=("not often", "sometimes", "mostly"), high="always"
)
YES_NO = YesNo(id="asked", text="Do they ask?")
CHOICE = Choice(
    id="day",
    text="How was it?",
    choices=(
        Option(key="good", label="good"),
        Option(key="so_so", label="so so"),
        Option(key="bad", label="not great"),
    ),
)
COUNT = Choice(
    id="moves",
    text="How many?",
    choices=(Option(key="zero", label="0 moves"), Option(key="none", label="none")),
)
OPEN = OpenText(id="thing", text="What?")


class TestScale:
    @pytest.mark.parametrize(
        ("reply", "value"),
        [
            ("3", "3"),
            ("3.", "3"),
            (" 3 ", "3"),
            ("3/5", "3"),
            ("3 out of 5", "3"),
            ("three", "3"),
            ("its a 3", "3"),
            ("I'd say 4", "4"),
            ("prob a 4", "4"),
            ("never", "1"),
            ("Always!!", "5"),
            ("5 always", "5"),
            ("always 5", "5"),
            ("٣", "3"),
            ("4️⃣", "4"),
        ],
    )
    def test_one_number_is_read_however_it_is_written(self, reply, value):
        assert SCALE.read(reply) == Understood(value, SCALE.read(reply).comment)

    @pytest.mark.parametrize(
        ("reply", "value", "comment"),
        [
            ("3 cos my carer is nice", "3", "cos my carer is nice"),
            ("4, My PA is great", "4", "My PA is great"),
            ("1 never lasts", "1", "never lasts"),
            ("5 my nan's house is lush", "5", "my nan's house is lush"),
            ("always cos she texts back", "5", "cos she texts back"),
            ("2\nno one picks up", "2", "no one picks up"),
            ("3", "3", ""),
        ],
    )
    def test_what_follows_the_number_is_kept_as_a_comment(self, reply, value, comment):
        assert SCALE.read(reply) == Understood(value, comment)

    @pytest.mark.parametrize(
        "reply",
        [
            "3/10",
            "4 or 5",
            "4-5",
            "3.5",
            "3 and a half",
            "3 and",
            "10",
            "33",
            "07700 900123",
            "5 times",
            "2 of my friends",
            "one of them",
            "3 different homes",
            "<3",
            "50%",
            "5 not",
            "4 jk",
            "not always",
            "never mind",
            "not 5",
            "good",
            "idk if she cares",
            "🙂",
            "",
            "9" * 5000,
        ],
    )
    def test_a_reply_that_would_have_to_be_guessed_is_unclear(self, reply):
        assert SCALE.read(reply) == Unclear(
            "Sorry, we didn't get that. Send one number from 1 (never) to 5 (always), like 3."
        )

    @pytest.mark.parametrize("reply", ["skip", "SKIP.", "pass", "Don't want to say", "0"])
    def test_not_wanting_to_say_declines(self, reply):
        assert SCALE.read(reply) == Declined()

    @pytest.mark.parametrize(
        ("reply", "value"),
        [("sometimes", "3"), ("Not often", "2"), ("mostly tbh", "4"), ("3 sometimes", "3"), ("never", "1")],
    )
    def test_a_step_that_has_a_name_can_be_said_by_it(self, reply, value):
        assert NAMED.read(reply).value == value

    @pytest.mark.parametrize("reply", ["sometimes not", "mostly never", "sometimes or always", "2 sometimes"])
    def test_two_steps_at_once_are_not_guessed(self, reply):
        assert isinstance(NAMED.read(reply), Unclear)

    def test_a_page_offers_a_name_for_each_step_that_has_one(self):
        assert NAMED.options() == (
            ("1", "1 never"),
            ("2", "2 not often"),
            ("3", "3 sometimes"),
            ("4", "4 mostly"),
            ("5", "5 always"),
        )

    def test_what_is_sent_names_the_ends_alone_to_stay_short(self):
        assert NAMED.prompt == "How often? 1 never ... 5 always"

    def test_a_page_offers_five_values_with_named_ends(self):
        assert SCALE.options() == (("1", "1 never"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5 always"))

    def test_what_is_sent_names_both_ends(self):
        assert SCALE.prompt == "How often? 1 never ... 5 always"


class TestYesNo:
    @pytest.mark.parametrize(
        "reply", ["yes", "Y", "yh", "Yesss", "yep", "ofc", "aye", "1", "yeah yeah", "deffo", "Yes."]
    )
    def test_yes_in_the_ways_people_type_it(self, reply):
        assert YES_NO.read(reply) == Understood("yes", "")

    @pytest.mark.parametrize(
        "reply", ["no", "n", "nah", "nooo", "nope", "2", "not really", "I don't", "of course not", "no way"]
    )
    def test_no_in_the_ways_people_type_it(self, reply):
        assert YES_NO.read(reply) == Understood("no", "")

    def test_a_reason_is_kept_as_a_comment(self):
        assert YES_NO.read("yes but not always") == Understood("yes", "but not always")

    @pytest.mark.parametrize(
        "reply",
        [
            "no one listens",
            "no cap",
            "yeah nah",
            "yes and no",
            "y?",
            "yeah right",
            "not good",
            "3",
            "i do hate it",
            "maybe",
        ],
    )
    def test_what_only_looks_like_yes_or_no_is_unclear(self, reply):
        assert YES_NO.read(reply) == Unclear("Sorry, we didn't get that. Send 1 for yes or 2 for no, like 1.")

    def test_zero_declines(self):
        assert YES_NO.read("0") == Declined()


class TestChoice:
    @pytest.mark.parametrize(
        ("reply", "value"),
        [
            ("1", "good"),
            ("Good", "good"),
            ("so_so", "so_so"),
            ("so so", "so_so"),
            ("2 tbh", "so_so"),
            ("not great", "bad"),
        ],
    )
    def test_an_option_is_read_by_number_key_or_label(self, reply, value):
        assert CHOICE.read(reply) == Understood(value, CHOICE.read(reply).comment)

    @pytest.mark.parametrize("reply", ["not good", "good not", "1 and 2", "1,3", "4", "god", "goodbye"])
    def test_not_good_is_not_good(self, reply):
        assert CHOICE.read(reply) == Unclear(
            "Sorry, we didn't get that. Send one number from 1 to 3, like 2."
        )

    def test_zero_declines_where_it_is_no_answer(self):
        assert CHOICE.read("0") == Declined()

    def test_what_is_sent_numbers_the_options(self):
        assert CHOICE.prompt == "How was it? 1 good, 2 so so, 3 not great"

    def test_a_page_sends_back_the_key(self):
        assert CHOICE.options() == (("good", "good"), ("so_so", "so so"), ("bad", "not great"))


class TestOpenText:
    @pytest.mark.parametrize("reply", ["more time with my brother", "no", "0", "🙂", "idk"])
    def test_any_words_are_taken_as_they_are(self, reply):
        assert OPEN.read(reply) == Understood(None, reply)

    def test_a_skip_declines(self):
        assert OPEN.read("Skip!") == Declined()

    @pytest.mark.parametrize("reply", ["", "  ", "\n"])
    def test_an_empty_text_is_unclear(self, reply):
        assert isinstance(OPEN.read(reply), Unclear)


class TestNotKnowing:
    @pytest.mark.parametrize(
        "question", [SCALE, NAMED, YES_NO, CHOICE], ids=["scale", "named", "yes_no", "choice"]
    )
    @pytest.mark.parametrize("reply", ["idk", "Don't know", "i dont know", "dunno", "Not sure."])
    def test_leaves_a_question_that_offers_answers(self, question, reply):
        assert question.read(reply) == Declined()

    def test_is_an_answer_where_the_question_offers_it(self):
        offers = Choice(
            id="say",
            text="Did you get a say?",
            choices=(Option(key="yes_i_did", label="I did"), Option(key="unsure", label="not sure")),
        )

        assert offers.read("not sure") == Understood("unsure", "")

    def test_is_an_answer_in_their_own_words(self):
        assert OPEN.read("dont know") == Understood(None, "dont know")


class TestAnything:
    @given(st.text())
    def test_no_reply_is_an_exception_and_every_value_was_offered(self, reply):
        for question in (SCALE, NAMED, YES_NO, CHOICE, COUNT):
            read = question.read(reply)

            assert isinstance(read, Declined | Unclear) or read.value in dict(question.options())

    @given(st.text())
    def test_an_open_question_keeps_every_word_or_says_why_not(self, reply):
        read = OPEN.read(reply)

        assert isinstance(read, Declined | Unclear) or read == Understood(None, reply.strip())

    @given(st.sampled_from(["4", "four", "always"]), st.text(alphabet=" .!)\n", max_size=5))
    def test_trailing_marks_never_change_a_value(self, said, marks):
        assert SCALE.read(said + marks) == SCALE.read(said)
