"""Text that tries to be more than text, on every staff page that shows any."""

import pytest

from app.storage.concerns import Concern
from tests.factories import a_person, a_survey, text_from
from tests.functional.console.pages import CORPUS, answer_to, assert_is_text, first, join


@pytest.mark.parametrize("words", CORPUS)
class TestTextThatTriesToBeMore:
    def test_a_reply_stays_text_in_the_list_and_on_its_own_page(self, kit, enter, words):
        join(kit, words)
        client = enter("participation_worker")

        pages = (
            client.get("/staff/replies/").text + client.get(f"/staff/replies/{answer_to(kit, 'better')}").text
        )

        assert_is_text(pages, words)

    def test_a_worry_stays_text_in_the_queue_and_on_its_own_page(self, kit, enter, words):
        join(kit, f"someone hits me {words} at home")
        client = enter("safeguarding_lead")

        pages = (
            client.get("/staff/concerns/").text + client.get(f"/staff/concerns/{first(kit, Concern)}").text
        )

        assert_is_text(pages, words)

    def test_another_message_stays_text(self, kit, enter, words):
        a_person(kit)
        text_from(kit, words)

        assert_is_text(enter("participation_worker").get("/staff/messages/").text, words)

    def test_a_reference_that_is_typed_stays_text(self, enter, words):
        page = enter("safeguarding_lead").get("/staff/concerns/find", query_string={"reference": words})

        assert "<script" not in page.text
        assert "<img" not in page.text

    def test_a_note_stays_text(self, kit, enter, words):
        join(kit, "someone hits me at home")
        client = enter("safeguarding_lead")
        item = f"/staff/concerns/{first(kit, Concern)}"
        client.send(item, f"{item}/take")
        refused = client.send(item, f"{item}/close", {"note": words}).text
        client.send(item, f"{item}/close", {"outcome": "lado", "note": words, "told": "yes"})

        assert_is_text(refused, words)
        assert_is_text(client.get(item).text, words)


def test_a_title_stays_text(kit, enter):
    definition = (
        "key: odd\nversion: 1\ntitle: '<script>alert(1)</script>'\ncohorts: [carer]\nclosing: Thanks.\n"
        "questions:\n  - {id: a, kind: open_text, text: '{{ 7*7 }} <img src=x>?'}\n"
    )
    survey_id = a_survey(kit, definition)
    client = enter("participation_worker")

    pages = [client.get(path).text for path in ("/staff/surveys/", f"/staff/surveys/{survey_id}")]

    assert_is_text("".join(pages), "<script>alert(1)</script>")
    assert_is_text("".join(pages), "{{ 7*7 }} <img src=x>?")
