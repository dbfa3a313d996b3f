"""The web chat, through HTTP: links that open, and links that do not."""

import re

import pytest

from app.storage.answers import Answer
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.invitations import Invitation, WebLink
from app.storage.messages import InboundMessage
from app.usecases import links
from tests.factories import a_person, an_invitation
from tests.functional.chat import SERIOUS, count, heading_of, one, path_of, press_on, send


class TestLinksThatDoNotOpen:
    def gone(self, client, path):
        page = client.get(path)
        return page.status_code, page.text

    def test_unknown_expired_replaced_and_of_another_kind_look_all_the_same(
        self, client, kit, link, invitation_id, open_link
    ):
        expired = path_of(links.make_personal_link(kit.toolkit, invitation_id, actor_id=None, days=1))
        kit.clock.pass_time(days=2)
        unknown = self.gone(client, "/t/" + "A" * 43)

        assert unknown[0] == 404
        assert "This link does not work" in unknown[1]
        assert self.gone(client, link) == unknown
        assert self.gone(client, expired) == unknown
        assert self.gone(client, open_link.replace("/s/", "/t/")) == unknown
        assert self.gone(client, link.replace("/t/", "/s/")) == unknown

    def test_a_link_of_one_kind_does_not_open_as_another(self, client, kit, link, open_link):
        as_open, as_personal = link.replace("/t/", "/s/"), open_link.replace("/s/", "/t/")

        assert client.get(link).status_code == 200
        assert client.get(open_link).status_code == 200
        assert client.get(as_open).status_code == 404
        assert client.post(as_open, data={"press": "A" * 43}).status_code == 404
        assert client.get(as_personal).status_code == 404
        assert client.post(f"{as_personal}/reply", data={"text": "hello", "turn": "0"}).status_code == 404
        assert count(kit, Conversation) == 0

    def test_a_new_link_replaces_the_old(self, client, kit, link, invitation_id):
        new = path_of(links.make_personal_link(kit.toolkit, invitation_id, actor_id=None, days=14))

        assert client.get(link).status_code == 404
        assert client.get(new).status_code == 200

    def test_only_a_hash_of_the_token_is_stored(self, kit, link):
        token = link.removeprefix("/t/")
        row = one(kit, WebLink)

        assert len(token) == 43
        assert token not in str(vars(row))

    def test_one_child_cannot_reach_another(self, client, kit, started):
        other = an_invitation(kit, a_person(kit, phone=None), one(kit, Invitation).survey_id)
        theirs = path_of(links.make_personal_link(kit.toolkit, other, actor_id=None, days=14))

        send(client, theirs, "yes", "0")
        client.get(theirs, query_string={"conversation": str(one(kit, Conversation).id)})

        assert count(kit, InboundMessage) == 0
        assert one(kit, Conversation).turn == 0

    @pytest.mark.parametrize("rest", ["", "/start", "/reply"])
    def test_posting_to_an_unknown_link_stores_nothing(self, client, kit, rest):
        page = client.post("/t/unknown" + rest, data={"text": "hello", "turn": "0", "reply": "yes"})

        assert page.status_code in {404, 405}
        assert count(kit, InboundMessage) == 0

    def test_words_from_a_page_left_open_too_long_are_kept_and_screened(self, client, kit, started):
        kit.clock.pass_time(days=15)

        page = send(client, started, SERIOUS)

        assert page.status_code == 200
        assert "We got what you sent" in page.text
        assert "You did right to tell us" in page.text
        assert count(kit, Concern) == 1
        assert count(kit, Answer) == 0

    def test_guessing_is_slowed_but_an_answer_never_is(self, client, kit, started):
        statuses = [client.get(f"/t/guess-{number}").status_code for number in range(62)]

        assert statuses[:60] == [404] * 60
        assert statuses[60:] == [429, 429]
        assert client.post(f"{started}/reply", data={"turn": "0", "text": "yes"}).status_code == 303
        assert count(kit, Answer) == 1

    def test_a_link_that_works_is_shown_whatever_was_tried_from_the_same_building(
        self, client, kit, started, open_link
    ):
        for number in range(31):
            client.get(f"/t/guess-{number}")
            client.get(f"/s/guess-{number}")

        assert client.get("/t/guess").status_code == 429
        assert client.get(open_link).status_code == 200
        assert "You did right to tell us" in send(client, started, SERIOUS).text

    def test_too_much_at_once_is_refused_whole(self, client, kit, started):
        page = send(client, started, "x" * 100_000)

        assert page.status_code == 413
        assert "That was too long to send at once" in page.text
        assert count(kit, InboundMessage) == 0


class TestTheOpenLink:
    def start(self, client, open_link):
        press = press_on(client.get(open_link))
        return client.post(open_link, data={"press": press}).headers["Location"], press

    def test_it_says_plainly_that_we_cannot_find_them(self, client, open_link):
        page = client.get(open_link)

        assert "We do not know who you are" in page.text
        assert "we cannot find you or call you back" in page.text

    def test_it_promises_nothing_that_needs_to_find_them(self, client, open_link):
        page = client.get(open_link)

        assert "we have to tell people who can help" in " ".join(page.text.split())
        assert "try to tell you first" not in page.text

    def test_stopping_says_so_and_nothing_of_texts(self, client, kit, open_link):
        visitor, _ = self.start(client, open_link)
        page = send(client, visitor, "STOP", "0")

        assert heading_of(page) == "OK, we have stopped"
        assert "text you" not in page.text
        assert "Thanks for your text" not in page.text

    def test_a_press_starts_a_conversation_of_nobody_we_know(self, client, kit, open_link):
        visitor, _ = self.start(client, open_link)

        assert re.fullmatch(r"/t/[A-Za-z0-9_-]{43}", visitor)
        assert heading_of(client.get(visitor)) == "Do people ask what you think?"
        assert one(kit, Conversation).person_id is None

    def test_pressing_twice_is_one_conversation(self, client, kit, open_link):
        first, press = self.start(client, open_link)
        second = client.post(open_link, data={"press": press}).headers["Location"]

        assert second == first
        assert count(kit, Conversation) == 1

    def test_the_next_child_at_the_same_computer_starts_afresh(self, client, kit, open_link):
        first, press = self.start(client, open_link)
        send(client, first, "yes", "0")

        assert client.post(open_link, data={"press": press}).headers["Location"] == open_link

    def test_two_visitors_are_two_conversations(self, client, kit, open_link):
        first, _ = self.start(client, open_link)
        second, _ = self.start(client, open_link)

        assert first != second
        assert count(kit, Conversation) == 2

    @pytest.mark.parametrize("press", ["", "short", "é" * 43, "a" * 44])
    def test_a_press_of_no_form_of_ours_starts_nothing(self, client, kit, open_link, press):
        assert client.post(open_link, data={"press": press}).headers["Location"] == open_link
        assert count(kit, Conversation) == 0

    def test_looking_starts_nothing(self, client, kit, open_link):
        client.get(open_link)

        assert count(kit, Conversation) == 0

    def test_an_answer_is_kept_without_a_person_a_phone_or_an_address(self, client, kit, open_link):
        visitor, _ = self.start(client, open_link)
        send(client, visitor, "yes", "0")

        message = one(kit, InboundMessage)
        assert (message.person_id, message.phone_sealed) == (None, None)
        assert "127.0.0.1" not in str(vars(message))

    def test_a_visitor_in_danger_is_told_that_we_cannot_find_them(self, client, kit, open_link):
        visitor, _ = self.start(client, open_link)
        page = send(client, visitor, SERIOUS, "0")

        assert count(kit, Concern) == 1
        assert "999" in page.text

    def test_the_visitors_link_ends_after_two_days(self, client, kit, open_link):
        visitor, _ = self.start(client, open_link)
        kit.clock.pass_time(hours=49)

        assert client.get(visitor).status_code == 404

    def test_an_ended_open_link_starts_nothing(self, client, kit, open_link):
        press = press_on(client.get(open_link))
        kit.clock.pass_time(days=15)

        assert client.post(open_link, data={"press": press}).status_code == 404
        assert count(kit, Conversation) == 0
