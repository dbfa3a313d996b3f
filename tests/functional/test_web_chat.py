"""The web chat, through HTTP: the same conversation on a page."""

import hashlib
import re

import pytest
from sqlalchemy import select

from app.shared.cohorts import AgeBand, Cohort
from app.storage.answers import Answer
from app.storage.conversations import Conversation, ConversationStatus
from app.storage.invitations import Invitation
from app.storage.messages import InboundMessage
from app.usecases import links
from tests.factories import a_person, an_invitation, text_from
from tests.functional.chat import count, heading_of, one, path_of, send, texts_in


class TestJoining:
    def test_the_limits_of_confidentiality_come_before_any_question(self, client, link):
        page = client.get(link)

        assert page.status_code == 200
        assert "we have to tell people who can help" in " ".join(page.text.split())
        assert "We read replies on weekdays, 9 to 4.30" in page.text
        assert "Do people ask" not in page.text

    def test_yes_keeps_the_date_and_the_wording_and_asks_the_first_question(self, client, kit, link):
        page = client.post(f"{link}/start", data={"reply": "yes"}, follow_redirects=True)

        assert heading_of(page) == "Do people ask what you think?"
        invitation = one(kit, Invitation)
        assert invitation.joined_at == kit.clock()
        assert invitation.joined_wording == kit.toolkit.council.wording_version

    def test_a_second_press_opens_no_second_conversation(self, client, kit, started):
        client.post(f"{started}/start", data={"reply": "yes"})

        assert count(kit, Conversation) == 1

    def test_no_thanks_ends_the_invitation(self, client, kit, link):
        page = client.post(f"{link}/start", data={"reply": "no"}, follow_redirects=True)

        assert heading_of(page) == "OK, no questions. Thank you."
        assert one(kit, Invitation).ended_at == kit.clock()
        assert count(kit, Conversation) == 0

    def test_no_thanks_is_not_undone_by_a_later_yes_from_an_old_page(self, client, kit, link):
        client.post(f"{link}/start", data={"reply": "no"})
        client.post(f"{link}/start", data={"reply": "yes"})

        assert count(kit, Conversation) == 0

    def test_a_press_without_an_answer_changes_nothing(self, client, kit, link):
        page = client.post(f"{link}/start", follow_redirects=True)

        assert heading_of(page) == "How are things going?"
        assert one(kit, Invitation).ended_at is None


class TestAnswering:
    def test_one_question_at_a_time_until_the_closing(self, client, kit, started):
        where = send(client, started, "yes", "0")
        better = send(client, started, "home", "1")
        closing = send(client, started, "more trips out", "2")

        assert heading_of(where) == "What would you like a say in?"
        assert heading_of(better) == "What would make things better?"
        assert "That is all. Thank you." in closing.text
        assert count(kit, Answer) == 3
        assert one(kit, Conversation).status == ConversationStatus.FINISHED

    def test_progress_is_said_in_words(self, client, started):
        assert "Question 1 of 3" in client.get(started).text
        assert (
            "Last question"
            in send(client, started, "yes", "0").text + send(client, started, "home", "1").text
        )

    def test_choices_are_radio_buttons_with_their_labels(self, client, started):
        page = send(client, started, "yes")

        assert 'type="radio" name="text" id="choice-1" value="home"' in page.text
        assert '<label class="app-young__label" for="choice-1">where I live</label>' in page.text

    def test_skip_leaves_the_question_and_the_words_behind(self, client, kit, started):
        page = client.post(
            f"{started}/reply", data={"turn": "0", "text": "no", "skip": "1"}, follow_redirects=True
        )

        assert heading_of(page) == "What would you like a say in?"
        assert texts_in(kit) == {"SKIP"}

    @pytest.mark.parametrize("form", [{"turn": "0"}, {"turn": "0", "text": "  "}])
    def test_nothing_chosen_says_so_and_stores_nothing(self, client, kit, started, form):
        sent = client.post(f"{started}/reply", data=form)
        page = client.get(sent.headers["Location"])

        assert (sent.status_code, sent.headers["Location"]) == (303, f"{started}?again=1")
        assert "Choose one answer, or press Skip." in page.text
        assert heading_of(page) == "Do people ask what you think?"
        assert count(kit, InboundMessage) == 0

    def test_nothing_written_says_so(self, client, started):
        send(client, started, "yes", "0")
        send(client, started, "home", "1")

        page = client.post(f"{started}/reply", data={"turn": "2", "text": " "}, follow_redirects=True)

        assert "Write something, or press Skip." in page.text

    def test_a_page_that_asks_nothing_does_not_say_that_nothing_was_sent(self, client, link):
        assert "press Skip" not in client.get(f"{link}?again=1").text

    def test_a_reply_that_no_button_sends_is_kept_and_the_question_stays(self, client, kit, started):
        page = send(client, started, "purple")

        assert "Sorry, we did not get that." in page.text
        assert "Send 1 for yes" not in page.text
        assert heading_of(page) == "Do people ask what you think?"
        assert texts_in(kit) == {"purple"}

    def test_a_double_click_is_one_answer(self, client, kit, started):
        send(client, started, "yes")
        page = send(client, started, "yes")

        assert heading_of(page) == "What would you like a say in?"
        assert count(kit, InboundMessage) == 1
        assert count(kit, Answer) == 1
        assert one(kit, Conversation).turn == 1

    def test_another_answer_from_a_second_tab_is_kept_but_moves_nothing(self, client, kit, started):
        send(client, started, "yes", "0")
        page = send(client, started, "no", "0")

        assert heading_of(page) == "What would you like a say in?"
        assert "You already answered that one. Here is the next." in page.text
        assert texts_in(kit) == {"yes", "no"}
        assert count(kit, Answer) == 1

    def test_the_next_answer_takes_the_word_about_a_late_one_away(self, client, started):
        send(client, started, "yes", "0")
        send(client, started, "no", "0")

        assert "already answered" not in send(client, started, "home", "1").text

    @pytest.mark.parametrize("turn", ["", "x", "-1", "99999999999999999999", "1"])
    def test_words_that_come_with_a_strange_turn_are_kept_but_no_answer(self, client, kit, started, turn):
        send(client, started, "yes", turn)

        assert texts_in(kit) == {"yes"}
        assert count(kit, Answer) == 0

    def test_the_id_of_a_message_does_not_tell_its_words(self, client, kit, started):
        send(client, started, "yes", "0")
        conversation, message = one(kit, Conversation), one(kit, InboundMessage)

        mark = message.provider_id.removeprefix(f"{conversation.id}:0:")

        assert re.fullmatch("[0-9a-f]{32}", mark)
        assert mark not in {_plain_hash("yes"), _plain_hash(f"{conversation.id}:0:yes")}

    def test_markup_in_an_answer_comes_back_nowhere(self, client, started):
        pages = send(client, started, "<script>alert(1)</script>", "0"), client.get(started)

        assert all("<script>alert" not in page.text for page in pages)


def _plain_hash(text):
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class TestWhatAPageShows:
    def test_never_an_earlier_answer(self, client, started):
        send(client, started, "yes", "0")
        send(client, started, "home", "1")
        send(client, started, "my marked words", "2")

        assert "marked" not in client.get(started).text

    def test_looking_changes_nothing(self, client, kit, link):
        for _ in range(3):
            assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200

        assert count(kit, Conversation) == 0
        assert one(kit, Invitation).joined_at is None

    def test_a_neutral_title_a_way_out_and_no_trace(self, client, started):
        page = client.get(started)

        assert "<title>Questions</title>" in page.text
        assert (
            '<a class="app-young__leave" href="https://www.bbc.co.uk/weather" rel="noreferrer noopener">'
            in page.text
        )
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in page.headers

    def test_a_child_is_shown_childline(self, client, link):
        page = client.get(link)

        assert "call 0800 1111" in page.text
        assert "Samaritans" not in page.text

    def test_an_adult_is_shown_the_samaritans(self, client, kit, survey_id):
        person = a_person(kit, phone=None, age_band=AgeBand.EIGHTEEN_AND_OVER)
        invitation = an_invitation(kit, person, survey_id)
        link = path_of(links.make_personal_link(kit.toolkit, invitation, actor_id=None, days=1))

        page = client.get(link)

        assert "call 116 123" in page.text
        assert "Childline" not in page.text

    def test_nothing_is_fetched_from_elsewhere(self, client, started):
        page = client.get(started)

        assert re.findall(r'(?:src|<link[^>]+href)="(https?:[^"]+)"', page.text) == []

    def test_a_parent_is_not_told_of_their_carer(self, client, kit, survey_id):
        parent = a_person(kit, phone=None, cohort=Cohort.PARENT, age_band=AgeBand.EIGHTEEN_AND_OVER)
        invitation = an_invitation(kit, parent, survey_id, channel="web")
        theirs = path_of(links.make_personal_link(kit.toolkit, invitation, actor_id=None, days=1))

        assert "not your worker or carer" not in client.get(theirs).text

    def test_a_young_person_is_told_who_reads(self, client, link):
        assert "Our team reads replies, not your worker or carer." in client.get(link).text

    def test_danger_comes_first_of_all_who_help(self, client, started):
        footer = client.get(started).text.partition("Need to talk to someone now?")[2]

        assert re.findall(r"<b>([^<]+)</b>", footer) == ["In danger?", "Childline", "SHOUT"]


class TestCommands:
    def test_who_is_this_is_said_with_links_and_as_no_text(self, client, started):
        page = send(client, started, "who is this")

        assert "We are the Marlshire Youth Voice team" in page.text
        assert '<a class="govuk-link" href="https://youthvoice.marlshire.example.org" rel=' in page.text
        assert "STOP" not in page.text
        assert heading_of(page) == "Do people ask what you think?"

    def test_stop_says_that_we_have_stopped(self, client, kit, started):
        page = send(client, started, "STOP")

        assert heading_of(page) == "OK, we have stopped"
        assert "Thank you for what you told us." in page.text
        assert "We will not text you." in page.text
        assert "Thanks for your text" not in page.text
        assert one(kit, Conversation).status == ConversationStatus.STOPPED

    def test_what_is_sent_after_stopping_is_answered(self, client, started):
        send(client, started, "STOP")
        page = send(client, started, "my foster dad hits me")

        assert "You did right to tell us" in page.text


class TestOneSession:
    def test_who_joined_by_text_sees_the_question_they_are_on(self, client, kit, link):
        with kit.toolkit.database.begin() as work:
            work.session.scalars(select(Invitation)).one().channel = "sms"
        text_from(kit, "1")
        text_from(kit, "1")

        assert heading_of(client.get(link)) == "What would you like a say in?"

    def test_who_began_on_the_page_goes_on_by_text(self, client, kit, started):
        send(client, started, "yes", "0")
        text_from(kit, "2")

        assert heading_of(client.get(started)) == "What would make things better?"
        assert count(kit, Answer) == 2

    def test_what_was_said_to_a_text_is_not_shown_on_the_page(self, client, kit, started):
        text_from(kit, "who are you")

        assert "app-young__said" not in client.get(started).text
