"""The safeguarding queue, along its common path."""

from sqlalchemy import select

from app.storage.concerns import Concern
from app.storage.outbox import OutboxMessage, OutboxState
from tests.factories import a_lead, text_from
from tests.functional.console.pages import first, join


class TestTheQueue:
    def test_an_item_is_taken_and_closed(self, kit, enter):
        join(kit, "someone hits me at home")
        client = enter("safeguarding_lead")
        item = f"/staff/concerns/{first(kit, Concern)}"

        client.send(item, f"{item}/take")
        taken = client.get(item).text
        closed = client.send(
            item,
            f"{item}/close",
            {
                "outcome": "lado",
                "note": "Rang the officer.",
                "told": "not_yet",
                "after_pause": "leave_stopped",
            },
            follow_redirects=True,
        ).text

        assert "Close this item" in taken
        assert "The item is closed." in closed
        assert "young person not told yet" in client.get("/staff/concerns/closed").text

    def test_the_words_that_fired_are_marked(self, kit, enter):
        join(kit, "someone hits me at home")

        page = enter("safeguarding_lead").get(f"/staff/concerns/{first(kit, Concern)}").text

        assert "<mark>" in page

    def test_a_form_with_nothing_in_it_says_all_that_is_missing(self, kit, enter):
        join(kit, "someone hits me at home")
        client = enter("safeguarding_lead")
        item = f"/staff/concerns/{first(kit, Concern)}"
        client.send(item, f"{item}/take")

        answer = client.send(item, f"{item}/close")

        assert answer.status_code == 422
        assert "Choose what was done" in answer.text
        assert "Write what was decided" in answer.text
        assert "Say whether the young person" in answer.text

    def test_a_name_is_on_no_page_until_it_is_asked_for(self, kit, enter):
        join(kit, "someone hits me at home")
        client = enter("safeguarding_lead")
        item = f"/staff/concerns/{first(kit, Concern)}"

        before = client.get("/staff/concerns/").text + client.get(item).text
        shown = client.send(item, f"{item}/identity").text

        assert "Sam Example" not in before
        assert "900001" not in before
        assert "Sam Example" in shown
        assert "07700 900001" in shown

    def test_nobody_to_alert_is_said_loudly(self, enter, add_account):
        lonely = enter("safeguarding_lead", is_named_lead=True)
        alone = lonely.get("/staff/concerns/").text
        add_account("safeguarding_lead", "second@example.org", is_named_lead=True)

        together = lonely.get("/staff/concerns/").text

        assert "Nobody may be alerted." in alone
        assert "Nobody may be alerted." not in together

    def test_an_item_is_found_by_the_reference_of_its_alert(self, kit, enter):
        join(kit, "someone hits me at home")
        client = enter("safeguarding_lead")
        with kit.toolkit.database.read() as work:
            item = work.session.scalars(select(Concern)).one()

        found = client.get(f"/staff/concerns/find?reference={item.reference}")
        missed = client.get("/staff/concerns/find?reference=ZZZZ")

        assert found.headers["Location"] == f"/staff/concerns/{item.id}"
        assert missed.status_code == 422
        assert "No item has this reference." in missed.text

    def test_a_long_queue_has_pages(self, kit, enter):
        for number in range(10, 61):
            text_from(kit, "who has this number now", phone=f"+4477009001{number}")
        client = enter("safeguarding_lead")

        first_page = client.get("/staff/concerns/").text
        second_page = client.get("/staff/concerns/?page=2").text

        assert first_page.count("console-queue__what") == 50
        assert second_page.count("console-queue__what") == 1
        assert "Page 1 of 2" in first_page

    def test_alerts_that_reached_nobody_are_said_loudly(self, kit, enter):
        a_lead(kit)
        join(kit, "someone hits me at home")
        client = enter("safeguarding_lead")
        before = client.get("/staff/concerns/").text
        with kit.toolkit.database.begin() as work:
            for row in work.session.scalars(select(OutboxMessage).where(OutboxMessage.purpose == "alert")):
                row.state = OutboxState.FAILED

        after = client.get("/staff/concerns/").text

        assert "did not reach anybody" not in before
        assert "2 alerts did not reach anybody." in after
