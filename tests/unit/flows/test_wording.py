import datetime as dt
import re

import pytest

from app.flows.segments import count_segments, strange_characters
from app.flows.templates import fill
from app.flows.wording import MessageKey, WorkingHours, load_council, shipped_council
from app.shared.errors import Rejected

NO_DAY = "should be a day like 2026-11-21, or nothing until somebody has checked the number"
CHILDLINE = "Childline 0800 1111"
COUNCIL = """\
name: Marlshire County Council
team_name: Marlshire Youth Voice team
web_address: https://voice.example.org
privacy_address: https://voice.example.org/privacy
hours: {days: [monday, tuesday, friday], opens: "10:00", closes: "16:00"}
contacts:
  childline: {number: 0800 1111, verified_on: 2026-11-02}
  nhs_crisis: {number: "111", verified_on: }
  samaritans: {number: 116 123, verified_on: 2026-11-02}
  front_door: {number: 01632 960101, verified_on: 2026-11-02}
pledges: {1: keep you safe, 2: not known}
messages: {version: own-1, replace: {}}
"""


def council(**changes):
    text = COUNCIL
    for old, new in changes.items():
        text = re.sub(rf"(?m)^( *{old}: ).*$", lambda line, new=new: line[1] + new, text)
    return load_council(text, source="test.yaml")


def faults_of(text):
    with pytest.raises(Rejected) as caught:
        load_council(text, source="test.yaml")
    return [str(fault) for fault in caught.value.faults]


def replaced(message):
    return COUNCIL.replace("replace: {}", f"replace: {{{message}}}")


class TestWhatIsSaid:
    def test_a_concern_is_answered_with_when_it_will_be_read(self):
        said = shipped_council("demo").say(MessageKey.M4C_CONCERN, adult=False, when="on Monday morning")

        assert said == (
            "Thanks, we got your text. You did right to tell us. Our team will read it on Monday morning. "
            "Not safe before then? Call 999. To talk now: Childline 0800 1111 or text SHOUT to 85258."
        )

    def test_a_promise_that_nobody_can_make_is_left_out(self):
        said = shipped_council("demo").say(MessageKey.M4C_CONCERN, adult=False)

        assert "Our team will read it. Not safe" in said

    def test_adults_are_told_of_lines_for_adults(self):
        said = shipped_council("demo").say(MessageKey.M5C_MORE, adult=True)

        assert said.endswith(
            "To talk now: text SHOUT to 85258 or ring NHS 111 option 2 or ring Samaritans 116 123."
        )
        assert CHILDLINE not in said

    def test_a_number_that_nobody_verified_is_left_out_of_its_text(self):
        said = council(childline="{number: 0800 1111, verified_on: }").say(MessageKey.M7_HELP, adult=False)

        assert said == (
            "Thanks for your text. Want us to ring? Text CALL ME. In danger? Call 999. "
            "To talk now: text SHOUT to 85258. No more texts? Reply STOP."
        )

    def test_only_the_unverified_one_of_two_numbers_is_left_out(self):
        said = council().say(MessageKey.M5C_MORE, adult=True)

        assert said.endswith("To talk now: text SHOUT to 85258 or ring Samaritans 116 123.")

    def test_the_limits_say_who_reads_only_where_the_council_says_so(self):
        sentence = "Our team reads replies, not your worker or carer."

        assert sentence in shipped_council("demo").say(MessageKey.M2_LIMITS, adult=False)
        assert sentence not in shipped_council("worcestershire").say(MessageKey.M2_LIMITS, adult=False)

    def test_a_fact_that_is_not_true_of_the_reader_can_be_left_out(self):
        said = shipped_council("demo").say(MessageKey.M2_LIMITS, adult=True, who_reads="")

        assert "worker or carer" not in said
        assert "miss a question. If someone" in said

    def test_a_call_that_cannot_be_today_offers_what_is_left_as_1_and_2(self):
        said = shipped_council("demo").say(MessageKey.M12_CALL_ME_LATER, adult=False)

        assert "but not today. Reply 1 another day, 2 please text not ring." in said

    def test_the_stranger_is_told_whom_they_have_reached(self):
        said = shipped_council("demo").say(MessageKey.M11_STRANGER, adult=False)

        assert said.startswith("This is the Marlshire Youth Voice team. We don't know this number.")

    def test_who_has_not_joined_is_told_how_and_not_refused(self):
        said = shipped_council("demo").say(MessageKey.NOT_JOINED, adult=False)

        assert said.startswith("To join in, reply with just the number 1.")

    def test_who_comes_back_is_told_that_we_ask_next_time(self):
        assert "We'll ask again next time." in shipped_council("demo").say(MessageKey.STARTED, adult=False)

    def test_the_hours_are_the_councils_own(self):
        assert "We read replies on Monday, Tuesday and Friday, 10 to 4." in council().say(
            MessageKey.M4_OUT_OF_HOURS, adult=False
        )

    def test_a_council_may_say_it_in_its_own_words(self):
        own = load_council(
            replaced(
                "wrong_number: 'Sorry! We took you off our list at once. Call 999 or text SHOUT to 85258.'"
            ),
            source="own",
        )

        assert (
            own.say(MessageKey.WRONG_NUMBER, adult=True)
            == "Sorry! We took you off our list at once. Call 999 or text SHOUT to 85258."
        )
        assert own.wording_version == "standard-1+own-1"

    def test_a_fact_is_never_read_as_a_template(self):
        assert fill("Hi {name}[ and {other}]", {"name": "{other} [x]", "other": None}) == "Hi {other} [x]"


class TestEveryMessage:
    @pytest.mark.parametrize("name", ["demo", "worcestershire"])
    @pytest.mark.parametrize("adult", [False, True], ids=["under_18", "adult"])
    @pytest.mark.parametrize("key", MessageKey)
    def test_is_plain_and_at_most_two_texts(self, name, adult, key):
        said = shipped_council(name).say(
            key, adult=adult, when="on Monday morning", questions="5", ring_until="4.30"
        )

        assert strange_characters(said) == ""
        assert count_segments(said) <= 2
        assert not re.search(r"[{}\[\]]|  ", said)

    @pytest.mark.parametrize("adult", [False, True], ids=["under_18", "adult"])
    @pytest.mark.parametrize(
        "key",
        [
            MessageKey.M2_LIMITS,
            MessageKey.M4_OUT_OF_HOURS,
            MessageKey.M4C_CONCERN,
            MessageKey.M5_CONCERN,
            MessageKey.M5C_MORE,
            MessageKey.M7_HELP,
            MessageKey.M8_STOP,
            MessageKey.M11_STRANGER,
            MessageKey.M12_CALL_ME,
            MessageKey.M12_CALL_ME_LATER,
            MessageKey.PAUSED,
        ],
    )
    def test_about_danger_holds_999_and_shout_even_if_nothing_else_is_known(self, adult, key):
        unverified = "{number: 0800 1111, verified_on: }"
        bare = council(childline=unverified, samaritans=unverified)

        said = bare.say(key, adult=adult)

        assert "999" in said
        assert "SHOUT to 85258" in said

    @pytest.mark.parametrize("key", [MessageKey.M1_INVITE, MessageKey.M8_STOP, MessageKey.M5C_MORE])
    def test_that_should_be_one_text_is_one_text(self, key):
        assert count_segments(shipped_council("worcestershire").say(key, adult=False, questions="5")) == 1

    def test_to_an_adult_never_names_childline(self):
        said = [shipped_council("demo").say(key, adult=True) for key in MessageKey]

        assert [text for text in said if "Childline" in text] == []


class TestFaults:
    def test_all_are_told_at_once(self):
        text = """\
name: Marlshire
team_name: ''
web_address: voice.example.org
privacy_address: https://voice.example.org
hours: {days: [], opens: "25:00", closes: 9}
contacts:
  childline: {number: ring us, verified_on: yesterday}
  nhs_crisis: {number: "111"}
pledges: {first: x}
messages: {replace: {m99: x}}
"""

        assert faults_of(text) == [
            "line 10, messages: the field 'version' is missing",
            f"line 10, messages.replace.m99: there is no message 'm99'; the messages are {', '.join(MessageKey)}",
            "line 2, team_name: should be some text",
            "line 3, web_address: should be a whole web address in small letters that begins with https://",
            'line 5, hours.opens: should be a time in quotes, like "09:00"',
            'line 5, hours.closes: should be a time in quotes, like "09:00"',
            "line 5, hours.days: name at least one day",
            "line 5, hours.closes: should be later than the time of opening",
            "line 6, contacts: the contact 'samaritans' is missing",
            "line 7, contacts.childline.number: should be digits with single spaces",
            f"line 7, contacts.childline.verified_on: {NO_DAY}",
            "line 8, contacts.nhs_crisis: the field 'verified_on' is missing",
            "line 9, pledges.first: a pledge is found by its number",
        ]

    def test_of_an_empty_file_are_told(self):
        assert faults_of("{}") == [
            f"line 1: the field {name!r} is missing"
            for name in (
                "name",
                "team_name",
                "web_address",
                "privacy_address",
                "hours",
                "contacts",
                "pledges",
                "messages",
            )
        ]

    def test_of_hours_are_told(self):
        text = COUNCIL.replace("[monday, tuesday, friday]", "[someday]").replace("16:00", "10:00")

        assert faults_of(text) == [
            "line 5, hours.days[0]: should be a day of the week, like monday",
            "line 5, hours.closes: should be later than the time of opening",
        ]

    @pytest.mark.parametrize(
        ("message", "problem"),
        [
            (
                "'Are you in danger? If so you can do this now: call 999 or text SHOUT to 85258.'",
                "'danger' stands in the first 40 characters, ",
            ),
            (
                "'Thanks. We will tell your worker at once. Call 999, text SHOUT to 85258.'",
                "'worker' stands in the first 40",
            ),
            (
                "'Thanks a lot for that text. We will read it soon. Call 999.'",
                "must hold 'SHOUT to 85258' whatever else is known",
            ),
            (
                "'Thanks, ring {childline}. Call 999 or text SHOUT to 85258.'",
                "{childline} may be unknown; put it in a",
            ),
            (
                "'Thanks, ring {front_door}. Call 999 or text SHOUT to 85258.'",
                "{front_door} may be unverified; put it in a [piece]",
            ),
            (
                "'Thanks {friend}. Call 999 or text SHOUT to 85258.'",
                "{friend} is not a fact that anybody knows",
            ),
            (
                "'Thanks – we got your text and will read it: call 999 or text SHOUT to 85258.'",
                "– cannot be sent in a plain text message; write '-'",
            ),
            (
                f"'Thanks, we got your text and will read it. Call 999 or text SHOUT to 85258.{' more' * 60}'",
                "can be 375 characters long and then travels",
            ),
            (
                "'Thanks, we got your text and will read it. Call 999 or text SHOUT to 85258 at your placement.'",
                "'placement' is jargon; say \"home\"",
            ),
        ],
    )
    def test_of_a_message_are_told_for_both_ages_at_its_line(self, message, problem):
        first, second = faults_of(replaced(f"thanks: {message}"))

        assert first.startswith(f"line 12, messages.replace.thanks (under 18): {problem}")
        assert second.startswith(f"line 12, messages.replace.thanks (18 and over): {problem}")

    def test_of_the_standard_wording_with_this_councils_names_are_told(self):
        text = COUNCIL.replace(
            "https://voice.example.org/privacy", f"https://voice.example.org/{'long/' * 40}"
        )

        assert [fault.split(":")[0] for fault in faults_of(text)] == [
            "standard wording, messages.who (under 18)",
            "standard wording, messages.who (18 and over)",
        ]


@pytest.mark.parametrize(
    ("days", "opens", "closes", "words"),
    [
        ((0, 1, 2, 3, 4), dt.time(9), dt.time(16, 30), "on weekdays, 9 to 4.30"),
        ((0, 1), dt.time(9, 5), dt.time(12), "on Monday and Tuesday, 9.05 to 12"),
        ((5,), dt.time(0), dt.time(1), "on Saturday, 12 to 1"),
    ],
)
def test_hours_are_said_as_a_text_says_them(days, opens, closes, words):
    assert WorkingHours(days, opens, closes).in_words() == words


def test_worcestershire_gives_out_no_number_that_nobody_saw():
    known = shipped_council("worcestershire").contacts

    assert [name for name, contact in known.items() if contact.verified_on is None] == [
        "samaritans",
        "always_heard",
        "become",
    ]


def test_a_pledge_that_was_not_found_is_not_made_up():
    assert shipped_council("worcestershire").pledges[7] == "not known"


def test_the_demo_council_has_only_numbers_set_aside_for_fiction():
    contacts = shipped_council("demo").contacts
    own = {
        name: contact.number
        for name, contact in contacts.items()
        if name not in {"childline", "nhs_crisis", "samaritans"}
    }

    assert all(number.startswith("01632 960") for number in own.values())
    assert len(own) == 4
