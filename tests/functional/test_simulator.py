"""The phone simulator, through HTTP: it texts the very same webhook."""

import re

import pytest

from app.factory import create_app
from app.settings import Settings
from app.shared.cohorts import AgeBand
from app.storage.conversations import Conversation
from app.storage.messages import InboundMessage
from tests.factories import a_lead, a_person, a_survey, an_invitation
from tests.functional.chat import MIXED, SERIOUS, count, texts_in


@pytest.fixture
def phone(kit):
    person_id = a_person(kit)
    an_invitation(kit, person_id, a_survey(kit))
    return f"/simulator/{person_id}"


def secret_on(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def text(client, phone, words, **more):
    form = {"csrf_token": secret_on(client.get(phone)), "text": words} | more
    return client.post(f"{phone}/send", data=form, follow_redirects=True)


def words_on(page):
    return re.findall(r'app-phone__words">([^<]*)<', page.text)


def test_a_text_from_a_phone_reaches_the_webhook_and_its_answer_comes_back(client, kit, phone):
    page = text(client, phone, "1")

    assert "The webhook answered 200. Sent." in page.text
    assert count(kit, Conversation) == 1
    sent, limits, question = words_on(page)
    assert sent == "1"
    assert "999" in limits
    assert question == "How settled do you feel? 1 not at all ... 5 very"


def test_a_bad_signature_is_refused_by_the_webhook(client, kit, phone):
    page = text(client, phone, "1", wrong="1")

    assert "The webhook answered 403. Refused, and nothing was stored." in page.text
    assert count(kit, InboundMessage) == 0


def test_delivering_again_doubles_nothing(client, kit, phone):
    page = text(client, phone, "1")
    sid = re.search(r'name="sid" value="([^"]+)"', page.text)[1]

    again = client.post(
        f"{phone}/again", data={"csrf_token": secret_on(page), "sid": sid}, follow_redirects=True
    )

    assert "The webhook answered 200. Delivered again" in again.text
    assert count(kit, InboundMessage) == 1
    assert words_on(again) == words_on(page)


def test_a_number_that_we_do_not_know_can_text_too(client, kit, phone):
    page = text(client, "/simulator/stranger", "hello?")

    assert texts_in(kit) == {"hello?"}
    assert words_on(page)[0] == "hello?"
    assert words_on(client.get(phone)) == []


def test_phones_are_known_by_designation_and_three_digits(client, phone):
    page = client.get("/simulator/")

    assert re.search(r"Quiet Heron \d+", page.text)
    assert "…001" in page.text
    assert "900001" not in page.text
    assert "Sam Example" not in page.text


def test_each_phone_says_how_old_its_owner_is_and_what_is_waited_for(client, kit, phone):
    waits = client.get(phone).text
    text(client, phone, "1")
    asked = client.get(phone).text
    text(client, phone, "STOP")
    stopped = client.get(phone).text

    assert "…001, 11-17, waiting for 1" in waits
    assert "…001, 11-17, at question 1 of 3" in asked
    assert "…001, 11-17, stopped our texts" in stopped


def test_a_phone_that_is_done_or_on_hold_or_was_never_asked_says_so(client, kit, phone):
    a_person(kit, phone="+447700900002", age_band=AgeBand.EIGHTEEN_AND_OVER)
    survey_id = a_survey(kit, MIXED)
    held = a_person(kit, phone="+447700900003")
    an_invitation(kit, held, survey_id)
    for words in ("1", "5", "more trips", "no"):
        text(client, phone, words)
    for words in ("1", SERIOUS):
        text(client, f"/simulator/{held}", words)

    page = client.get(phone).text

    assert "…001, 11-17, done" in page
    assert "…002, 18+, not asked" in page
    assert "…003, 11-17, on hold until a lead decides" in page


def test_phones_that_wait_for_a_1_stand_on_top(client, kit):
    survey_id = a_survey(kit)
    a_person(kit, phone="+447700900001")
    an_invitation(kit, a_person(kit, phone="+447700900002"), survey_id)

    endings = re.findall(r"…(\d{3})", client.get("/simulator/").text)

    assert endings == ["002", "001", "998"]


def test_stop_can_come_as_from_a_provider_that_has_answered(client, kit, phone):
    page = text(client, phone, "Stop", provider="1")

    assert "It came as the provider&#39;s STOP." in page.text
    assert words_on(page) == ["Stop"]
    assert "stopped our texts" in page.text


def test_words_that_the_provider_leaves_alone_come_without_its_mark(client, kit, phone):
    page = text(client, phone, "stop texting me", provider="1")

    assert "the provider" not in re.search(r'role="status">([^<]*)<', page.text)[1]
    assert len(words_on(page)) == 2


def test_it_leads_back_to_the_front_page(client, phone):
    assert 'href="/">Front page</a>' in client.get(phone).text


def test_a_leads_phone_shows_the_alert(client, kit, phone):
    lead = a_lead(kit)
    text(client, phone, SERIOUS)
    waiting = client.get(f"/simulator/{lead}")
    kit.work_off()
    sent = client.get(f"/simulator/{lead}")

    assert words_on(sent)[0].startswith("Heard: one item needs you")
    assert "not on the phone yet: ready" in waiting.text
    assert "not on the phone yet" not in sent.text
    assert 'name="text"' not in sent.text


def test_it_says_that_it_is_none_of_the_real_thing(client, phone):
    assert "No real phone is texted from here." in client.get(phone).text


def test_the_texts_alone_can_be_fetched_to_keep_a_page_fresh(client, phone):
    text(client, phone, "1")

    part = client.get(f"{phone}/texts")

    assert words_on(part)[0] == "1"
    assert "<html" not in part.text


@pytest.mark.parametrize("rest", ["", "/texts"])
def test_a_phone_that_is_none_is_not_found(client, kit, rest):
    assert client.get(f"/simulator/nobody{rest}").status_code == 404


def test_a_survey_opens_in_the_browser_as_for_a_visitor(client, kit, phone):
    secret = secret_on(client.get(phone))

    response = client.post("/simulator/browser", data={"csrf_token": secret})

    assert re.fullmatch(r"/s/[A-Za-z0-9_-]{43}", response.headers["Location"])
    assert "We do not know who you are" in client.get(response.headers["Location"]).text


def test_without_a_survey_there_is_nothing_to_open_in_the_browser(client, kit):
    secret = secret_on(client.get("/simulator/stranger"))

    assert client.post("/simulator/browser", data={"csrf_token": secret}).status_code == 404


def test_posting_needs_the_pages_own_token(client, kit, phone):
    assert client.post(f"{phone}/send", data={"text": "1"}).status_code == 400
    assert count(kit, InboundMessage) == 0


def test_without_the_setting_there_is_no_simulator(kit, environ, sqlite_url):
    app = create_app(Settings.from_environ(environ | {"DATABASE_URL": sqlite_url}))

    assert app.test_client().get("/simulator/").status_code == 404
