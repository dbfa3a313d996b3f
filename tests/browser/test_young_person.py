"""The young person's pages in a real browser, with and without script, phone-sized and desktop."""

import secrets

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from app.storage.conversations import Conversation, ConversationStatus
from app.usecases import links
from tests.factories import a_person, a_survey, an_invitation, make_kit
from tests.functional.chat import MIXED, SERIOUS
from tests.support.browser import look
from tests.support.servers import Serve

pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(serve: Serve, sqlite_url: str) -> dict[str, str]:
    """Return the addresses of a personal and of an open link on a running server."""
    server = serve(sqlite_url, HEARD_SIMULATOR="true")
    kit = make_kit(sqlite_url, new_token=lambda: secrets.token_urlsafe(32), public_url=server.url)
    survey_id = a_survey(kit, MIXED)
    invitation = an_invitation(kit, a_person(kit), survey_id)
    personal = links.make_personal_link(kit.toolkit, invitation, actor_id=None, days=92)
    opened = links.make_open_link(kit.toolkit, survey_id, actor_id=None, days=92)
    kit.toolkit.database.engine.dispose()
    return {"personal": personal, "open": opened, "home": server.url}


def answer_all(page: Page, address: str) -> None:
    page.goto(address)
    look(page, "young-1-invited")
    page.get_by_role("button", name="Yes, start").click()
    look(page, "young-2-yes-or-no")
    page.get_by_role("button", name="Send").click()
    look(page, "young-3-nothing-chosen")
    page.get_by_text("Yes", exact=True).click()
    look(page, "young-4-chosen")
    page.get_by_role("button", name="Send").click()
    page.get_by_label("something else").check()
    look(page, "young-5-choice")
    page.get_by_role("button", name="Send").click()
    look(page, "young-6-own-words")
    page.get_by_label("What would make things better?").fill("More trips out with my brother.")
    page.get_by_role("button", name="Send").click()
    look(page, "young-7-finished")


def test_a_survey_is_answered_one_question_at_a_time(page: Page, addresses: dict[str, str]) -> None:
    answer_all(page, addresses["personal"])

    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    assert page.get_by_text("That is all. Thank you.").is_visible()


def test_it_works_without_script(page_without_script: Page, addresses: dict[str, str]) -> None:
    page = page_without_script
    page.goto(addresses["personal"])
    page.get_by_role("button", name="Yes, start").click()
    page.get_by_text("Yes", exact=True).click()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Skip this question").click()

    assert page.get_by_role("heading", level=1).inner_text() == "What would make things better?"


def test_a_visitor_is_told_that_we_cannot_find_them(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["open"])
    look(page, "young-8-open-link")
    page.get_by_role("button", name="Yes, start").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Do people ask what you think?"


def test_who_we_are_fits_on_a_phone(page: Page, addresses: dict[str, str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(addresses["open"])
    page.get_by_role("button", name="Yes, start").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_label("What would make things better?").fill("who is this")
    page.get_by_role("button", name="Send").click()
    look(page, "young-12-who")

    assert page.get_by_role("link", name="Check who we are").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_who_stops_is_told_so(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["personal"])
    page.get_by_role("button", name="Yes, start").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_label("What would make things better?").fill("STOP")
    page.get_by_role("button", name="Send").click()
    look(page, "young-13-stopped")

    assert page.get_by_role("heading", level=1).inner_text() == "OK, we have stopped"


def test_the_scale_of_a_shipped_survey_has_words_on_every_step(page: Page, demo: str) -> None:
    page.goto(demo)
    look(page, "front")
    page.get_by_role("button", name="Answer a survey in the browser").click()
    page.get_by_role("button", name="Yes, start").click()
    look(page, "young-14-scale")

    assert page.get_by_label("3 half the time").is_visible()


def test_what_worries_us_is_answered_on_the_page(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["open"])
    page.get_by_role("button", name="Yes, start").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_label("What would make things better?").fill(SERIOUS)
    page.get_by_role("button", name="Send").click()
    look(page, "young-9-concern")

    assert "999" in page.get_by_role("status").inner_text()


def test_after_a_lesser_worry_they_choose(page: Page, addresses: dict[str, str], sqlite_url: str) -> None:
    page.goto(addresses["personal"])
    page.get_by_role("button", name="Yes, start").click()
    # By hand, since at night a lesser worry counts as a greater one.
    kit = make_kit(sqlite_url)
    with kit.toolkit.database.begin() as work:
        work.session.scalars(select(Conversation)).one().status = ConversationStatus.CHOOSING
    kit.toolkit.database.engine.dispose()
    page.reload()
    look(page, "young-11-choosing")
    page.get_by_role("button", name="1. Carry on").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Do people ask what you think?"


def test_a_link_that_opens_nothing_is_kind_about_it(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['home']}/t/nothing")
    look(page, "young-10-gone")

    assert page.get_by_role("heading", level=1).inner_text() == "This link does not work"


def test_the_phone_simulator_keeps_itself_fresh(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['home']}/simulator/")
    look(page, "simulator-1-phones")
    page.get_by_role("link", name="Quiet Heron").click()
    page.get_by_label("Text from this phone").fill("1")
    page.get_by_role("button", name="Send", exact=True).click()
    look(page, "simulator-2-texts")

    assert page.get_by_text("Do people ask what you think? 1 yes, 2 no").is_visible()


def test_phones_that_wait_for_a_1_come_first(page: Page, demo: str) -> None:
    page.goto(f"{demo}/simulator/")
    look(page, "simulator-3-demo")

    assert page.get_by_role("heading", level=2).all_inner_texts()[0] == "Waiting for a 1"


def test_an_error_page_is_plain(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['home']}/nowhere")
    look(page, "error-404")

    assert page.get_by_role("heading", level=1).inner_text() == "Page not found"
