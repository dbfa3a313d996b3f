"""Replies and other messages, each along its common path."""

from app.storage.messages import InboundMessage
from tests.factories import a_lead, a_person, text_from
from tests.functional.console.pages import answer_to, first, join


class TestReplies:
    def test_tags_are_confirmed_with_one_press(self, kit, enter):
        join(kit, "more time with my friends")
        client = enter("participation_worker")

        page = client.send(
            "/staff/replies/",
            f"/staff/replies/{answer_to(kit, 'better')}/confirm",
            {"list_unconfirmed": "1"},
        )

        assert page.headers["Location"].endswith("/staff/replies/?unconfirmed=1")
        assert "0 replies" in client.get(page.headers["Location"]).text

    def test_tags_are_corrected_beside_the_machines(self, kit, enter):
        join(kit, "more time with my friends")
        client = enter("participation_worker")
        reply = f"/staff/replies/{answer_to(kit, 'better')}"

        client.send(reply, f"{reply}/correct", {"sentiment": "mixed", "themes": ["money"]})
        page = client.get("/staff/replies/").text

        assert '<span class="console-tag console-tag--person">Mixed</span>' in page
        assert "Pat participation worker" in page

    def test_a_reply_is_sent_to_the_lead(self, kit, enter):
        join(kit, "more time with my friends")
        client = enter("participation_worker")
        reply = f"/staff/replies/{answer_to(kit, 'better')}"

        client.send(reply, f"{reply}/worry")

        assert "Words withheld: with the safeguarding lead" in client.get(reply).text
        assert "more time" not in client.get(reply).text

    def test_a_worry_is_withheld_from_a_worker(self, kit, enter):
        a_lead(kit)
        join(kit, "someone hits me at home")

        page = enter("participation_worker").get("/staff/replies/").text

        assert "Words withheld" in page
        assert "hits me" not in page

    def test_whoever_sends_a_reply_on_is_told_that_somebody_is_alerted(self, kit, enter):
        a_lead(kit)

        assert "an alert is on its way to the named leads" in self.send_on(kit, enter)

    def test_whoever_sends_a_reply_on_is_told_that_nobody_is_alerted(self, kit, enter):
        assert "nobody is alerted: no named lead is active" in self.send_on(kit, enter)

    def send_on(self, kit, enter):
        join(kit, "more time with my friends")
        reply = f"/staff/replies/{answer_to(kit, 'better')}"
        return enter("participation_worker").send(reply, f"{reply}/worry", follow_redirects=True).text


class TestOtherMessages:
    def test_a_message_is_read_with_one_press(self, kit, enter):
        a_person(kit)
        text_from(kit, "please tell my worker i miss my brother")
        client = enter("participation_worker")
        before = client.get("/staff/").text

        shown = client.get("/staff/messages/").text
        client.send("/staff/messages/", f"/staff/messages/{first(kit, InboundMessage)}/read")

        assert "1 message that nobody has read." in before
        assert "please tell my worker i miss my brother" in shown
        assert "Read by Pat participation worker" in client.get("/staff/messages/").text
        assert "that nobody has read" not in client.get("/staff/").text

    def test_a_message_is_sent_to_the_lead_and_its_words_are_withheld(self, kit, enter):
        a_person(kit)
        text_from(kit, "please tell my worker i miss my brother")
        client = enter("participation_worker")

        page = client.send(
            "/staff/messages/",
            f"/staff/messages/{first(kit, InboundMessage)}/worry",
            follow_redirects=True,
        ).text

        assert "It is in the safeguarding queue" in page
        assert "Words withheld" in page
        assert "i miss my brother" not in page

    def test_a_picture_is_told_though_it_is_not_kept(self, kit, enter):
        a_person(kit)
        text_from(kit, "", media_count=1)

        page = enter("participation_worker").get("/staff/messages/").text

        assert "1 picture came with it." in page

    def test_a_long_list_has_pages_and_a_press_leads_back_to_its_page(self, kit, enter):
        a_person(kit)
        for number in range(21):
            text_from(kit, f"words number {number}")
        client = enter("participation_worker")

        pressed = client.send(
            "/staff/messages/?page=2",
            f"/staff/messages/{first(kit, InboundMessage)}/read",
            {"list_page": "2"},
        )

        assert "page 1 of 2" in client.get("/staff/messages/").text
        assert pressed.headers["Location"] == "/staff/messages/?page=2"
