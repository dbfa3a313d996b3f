"""Every page as a person meets it, photographed phone-sized and desktop, with no grave accessibility fault."""

import pytest
from playwright.sync_api import Page, expect

from app.usecases.demo import PASSWORD
from tests.support.browser import look, photograph

pytestmark = pytest.mark.browser

WORKER, COLLEAGUE = "priya@marlshire.example.org", "tom@marlshire.example.org"
LEAD = "grace@marlshire.example.org"
READER = "helen@marlshire.example.org"
ADMINISTRATOR = "ravi@marlshire.example.org"


def sign_in(page: Page, demo: str, email: str) -> None:
    page.goto(f"{demo}/staff/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_the_front_page_and_the_sign_in(page, demo):
    page.goto(f"{demo}/")
    look(page, "front")
    page.goto(f"{demo}/staff/")
    look(page, "sign-in")


def test_a_young_person_answers_in_the_browser(page, demo):
    page.goto(f"{demo}/")
    page.get_by_role("button", name="Answer a survey in the browser").click()
    look(page, "young-person-1-open-link")
    page.get_by_role("button", name="Yes").click()
    look(page, "young-person-2-first-question")
    for number in range(3, 12):
        if page.get_by_role("textbox").count():
            page.get_by_role("textbox").fill("more time with my brother")
            look(page, f"young-person-{number}-open-question")
        elif page.get_by_role("radio").count():
            page.get_by_role("radio").last.check()
        else:
            break
        page.locator("form button[type=submit]").first.click()
    look(page, "young-person-9-finished")
    expect(page.locator("body")).not_to_contain_text("more time with my brother")


def test_a_worry_on_the_page_brings_support_and_stops_the_questions(page, demo):
    page.goto(f"{demo}/")
    page.get_by_role("button", name="Answer a survey in the browser").click()
    page.get_by_role("button", name="Yes").click()
    for _ in range(8):
        if page.get_by_role("textbox").count():
            break
        page.get_by_role("radio").last.check()
        page.locator("form button[type=submit]").first.click()
    page.get_by_role("textbox").fill("my foster dad hits me")
    page.locator("form button[type=submit]").first.click()
    look(page, "young-person-after-a-worry")
    expect(page.locator("main")).to_contain_text("999")
    expect(page.locator("main")).not_to_contain_text("hits")


def test_it_works_without_script(page_without_script, demo):
    page = page_without_script
    page.goto(f"{demo}/")
    page.get_by_role("button", name="Answer a survey in the browser").click()
    page.get_by_role("button", name="Yes").click()
    # The most contented answer: a low one would start the concern path.
    page.get_by_role("radio").last.check()
    page.locator("form button[type=submit]").first.click()
    photograph(page, "young-person-without-script")
    expect(page.locator("main form").first).to_be_visible()


def test_the_safeguarding_lead_takes_and_closes(page, demo):
    sign_in(page, demo, LEAD)
    look(page, "lead-overview")
    page.get_by_role("link", name="Safeguarding queue").first.click()
    look(page, "lead-queue")
    page.locator(".console-queue__item h2 a").first.click()
    look(page, "lead-item")


def test_the_worker_confirms_invites_and_imports(page, demo):
    sign_in(page, demo, WORKER)
    look(page, "worker-overview")
    for place in ("Replies", "Other messages", "Surveys", "People", "Board papers"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=place).click()
        look(page, f"worker-{place.lower().replace(' ', '-')}")
    page.goto(f"{demo}/staff/people/import")
    look(page, "worker-import")
    page.goto(f"{demo}/staff/replies/")
    page.locator("main a[href*='/staff/replies/']").nth(0).click()
    look(page, "worker-reply")
    page.goto(f"{demo}/staff/surveys/")
    page.locator("main table a, main li a, main h2 a").first.click()
    look(page, "worker-survey")


def test_a_paper_is_built_checked_and_released(page, browser, demo):
    sign_in(page, demo, WORKER)
    page.goto(f"{demo}/staff/papers/")
    page.get_by_role("button", name="Build the draft").click()
    look(page, "paper-draft")
    address = page.url
    expect(page.locator("main")).to_contain_text("EXEMPT")
    sign_out(page)
    sign_in(page, demo, COLLEAGUE)
    page.goto(address)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Keep my check").click()
    page.get_by_role("button", name="Release the paper").click()
    look(page, "paper-released")
    expect(page.locator("main")).not_to_contain_text("EXEMPT: not for publication")
    sign_out(page)
    sign_in(page, demo, READER)
    page.goto(address)
    look(page, "paper-as-reader")


def test_the_administrator_sees_accounts_and_no_replies(page, demo):
    sign_in(page, demo, ADMINISTRATOR)
    look(page, "administrator-overview")
    page.get_by_role("link", name="Staff").first.click()
    look(page, "administrator-staff")
    page.goto(f"{demo}/staff/replies/")
    expect(page.locator("h1")).to_contain_text("Page not found")
