"""The staff pages, each along its common path, and with text that tries to be more than text."""

import html
import re

import pytest
from sqlalchemy import select

from app.storage.answers import Answer
from app.storage.concerns import Concern
from app.storage.people import Person
from tests.factories import a_lead, a_person, a_survey, an_invitation, text_from
from tests.functional.console.conftest import token_on

SCRIPT = "<script>alert(1)</script>"
CORPUS = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %} ${7*7} {0.__class__}",
    "</blockquote></li><h1>gone</h1>",
    "javascript:alert(1)",
    "\u202egnorts si siht\u202c \u200b zero",
]


def join(kit, *texts, phone="+447700900001"):
    survey_id = a_survey(kit)
    an_invitation(kit, a_person(kit, phone=phone), survey_id)
    for text in ("1", "4", *texts):
        text_from(kit, text, phone=phone)
    kit.work_off()
    return survey_id


def first(kit, table):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(table.id)).first()


def answer_to(kit, question_id):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(Answer.id).where(Answer.question_id == question_id)).one()


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

    def test_a_note_stays_text(self, kit, enter, words):
        join(kit, "someone hits me at home")
        client = enter("safeguarding_lead")
        item = f"/staff/concerns/{first(kit, Concern)}"
        client.send(item, f"{item}/take")
        refused = client.send(item, f"{item}/close", {"note": words}).text
        client.send(item, f"{item}/close", {"outcome": "lado", "note": words, "told": "yes"})

        assert_is_text(refused, words)
        assert_is_text(client.get(item).text, words)


def assert_is_text(page, words):
    assert "<script" not in page
    assert "<img" not in page
    assert "<h1>gone" not in page
    assert words in html.unescape(re.sub(r"<[^>]*>", "", page))


def upload(client, content, page="/staff/people/import", action="/staff/people/import"):
    # Written by hand: the test client leaves the file open that it keeps a large form in.
    head = '--edge\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    token = head.format("csrf_token", "") + token_on(client.get(page).text) + "\r\n"
    file = head.format("file", '; filename="file.csv"')
    body = token.encode() + file.encode() + content + b"\r\n--edge--\r\n"
    return client.post(action, data=body, content_type="multipart/form-data; boundary=edge")


class TestPeople:
    def test_a_good_file_is_taken_in(self, enter):
        client = enter("participation_worker")
        example = client.get("/staff/people/example.csv").data

        answer = upload(client, example)

        assert answer.status_code == 302
        page = client.get("/staff/people/").text
        assert "4 people were taken in. New teams: 3." in page
        assert "Sam Example" not in page

    def test_a_bad_file_is_told_row_by_row_and_nobody_is_taken_in(self, kit, enter):
        client = enter("participation_worker")

        answer = upload(client, b"name,phone,cohort,age_band,team\nSam,020,carer,18+,\n")

        assert answer.status_code == 422
        assert "Nobody was taken in: 2 mistakes" in answer.text
        assert "Row 2, column phone" in answer.text
        assert first(kit, Person) is None

    def test_a_file_of_two_hundred_kilobytes_is_not_too_big(self, enter):
        rows = b"".join(b"Sam Example,,carer,18+,North team %d\n" % number for number in range(5000))

        answer = upload(enter("participation_worker"), b"name,phone,cohort,age_band,team\n" + rows)

        assert answer.status_code == 302

    def test_a_file_that_is_too_big_is_told_so(self, enter):
        answer = upload(enter("participation_worker"), b"x" * (5 * 1024 * 1024 + 10))

        assert answer.status_code == 422
        assert "is larger than 5 MB" in answer.text

    def test_another_form_takes_no_such_file(self, enter):
        client = enter("participation_worker")

        answer = upload(client, b"x" * 200_000, "/staff/surveys/", "/staff/surveys/publish")

        assert answer.status_code == 413


class TestSurveys:
    def test_a_shipped_survey_is_published_and_people_are_invited(self, kit, enter):
        a_person(kit)
        a_person(kit, phone=None)
        client = enter("participation_worker")
        client.send("/staff/surveys/", "/staff/surveys/publish", {"key": "pulse-11-17"})
        with kit.toolkit.database.read() as work:
            people = work.session.scalars(select(Person.id)).all()
        (survey,) = re.findall(r'href="/staff/surveys/([0-9a-f-]{36})"', client.get("/staff/surveys/").text)

        plan = client.get(f"/staff/surveys/{survey}/invite").text
        invited = client.send(
            f"/staff/surveys/{survey}/invite",
            f"/staff/surveys/{survey}/invite",
            {"person": [str(person) for person in people]},
        ).text
        kit.work_off()

        assert "2 would be asked" in plan
        assert "1 text goes out. 1 link was made." in invited
        assert "https://heard.example.org/t/" in invited
        assert len(kit.gateway.sent) == 1

    def test_a_broken_survey_file_is_told_line_by_line(self, enter):
        client = enter("participation_worker")

        answer = upload(
            client, b"key: x\nversion: 1\nquestions: []\n", "/staff/surveys/", "/staff/surveys/publish"
        )

        assert answer.status_code == 422
        assert "Nothing was published" in answer.text
        assert "line " in answer.text
        assert "No survey is published yet." in answer.text

    def test_an_open_link_is_shown_once(self, kit, enter):
        survey_id = a_survey(kit)
        client = enter("participation_worker")
        page = f"/staff/surveys/{survey_id}"

        shown = client.send(page, f"{page}/link").text

        assert "https://heard.example.org/s/" in shown
        assert "https://heard.example.org/s/" not in client.get(page).text

    def test_a_title_stays_text(self, kit, enter):
        definition = (
            "key: odd\nversion: 1\ntitle: '<script>alert(1)</script>'\ncohorts: [carer]\nclosing: Thanks.\n"
            "questions:\n  - {id: a, kind: open_text, text: '{{ 7*7 }} <img src=x>?'}\n"
        )
        survey_id = a_survey(kit, definition)
        client = enter("participation_worker")

        pages = [client.get(path).text for path in ("/staff/surveys/", f"/staff/surveys/{survey_id}")]

        assert_is_text("".join(pages), "<script>alert(1)</script>")
        assert_is_text("".join(pages), "{{ 7*7 }} <img src=x>?")


class TestStaff:
    def test_an_administrator_switches_an_account_off(self, enter, add_account):
        gone = add_account("report_reader")
        client = enter("administrator")

        client.send("/staff/staff/", f"/staff/staff/{gone}/switch", {"to": "off"})

        assert "switched off" in client.get("/staff/staff/").text

    def test_a_role_cannot_be_slipped_into_a_form(self, enter, add_account):
        reader = add_account("report_reader")
        client = enter("administrator")

        client.send(
            "/staff/staff/",
            f"/staff/staff/{reader}/switch",
            {"to": "on", "roles": "safeguarding_lead", "is_named_lead": "1"},
        )

        page = client.get("/staff/staff/").text
        assert "Safeguarding lead" not in page
        assert "alerted of every concern" not in page
