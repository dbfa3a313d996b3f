"""Sign-in, through HTTP."""

import datetime as dt
import re

import pytest
from flask_security.utils import hash_password
from sqlalchemy import select

from app.storage.audit import AuditEntry
from app.usecases import accounts
from tests.functional.console.conftest import PASSWORD

SIGN_IN = "/staff/sign-in"
WRONG = "That email address and password do not belong together."


def try_in(client, email, password="not the password", **options):
    return client.send(SIGN_IN, SIGN_IN, {"email": email, "password": password}, **options)


def without_token(page):
    return re.sub(r'value="[^"]*"', "", page)


def test_somebody_who_signs_in_sees_what_needs_doing(enter):
    client = enter("participation_worker")

    page = client.get("/staff/")

    assert page.status_code == 200
    assert '<h1 class="govuk-heading-l">What needs doing</h1>' in page.text


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(staff_app, add_account):
    add_account("administrator")
    client = staff_app.test_client()

    unknown = try_in(client, "nobody@example.org")
    wrong = try_in(client, "administrator@example.org")

    assert WRONG in wrong.text
    assert (unknown.status_code, without_token(unknown.text)) == (
        wrong.status_code,
        without_token(wrong.text),
    )


def test_an_account_that_is_switched_off_gets_the_same_answer_as_a_wrong_password(
    staff_app, add_account, kit
):
    boss, gone = add_account("administrator"), add_account("report_reader")
    accounts.switch(kit.toolkit, gone, is_active=False, actor_id=boss)
    client = staff_app.test_client()

    off = try_in(client, "report_reader@example.org", PASSWORD)

    assert off.status_code == 200
    assert WRONG in off.text


def test_the_sixth_failed_try_for_one_account_waits(staff_app, add_account):
    add_account("administrator")
    client = staff_app.test_client()
    tries = [
        try_in(client, "administrator@example.org", environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
        for number in range(1, 7)
    ]

    assert [answer.status_code for answer in tries] == [200] * 5 + [429]
    assert 290 <= int(tries[-1].headers["Retry-After"]) <= 300
    assert "Wait five minutes" in tries[-1].text


def test_the_sixth_failed_try_from_one_address_waits(staff_app):
    client = staff_app.test_client()

    tries = [try_in(client, f"somebody{number}@example.org").status_code for number in range(6)]

    assert tries == [200] * 5 + [429]


def test_a_colleague_elsewhere_signs_in_while_somebody_else_waits(staff_app, add_account):
    add_account("report_reader")
    client = staff_app.test_client()
    for number in range(11):
        try_in(client, f"somebody{number}@example.org")

    other = try_in(
        staff_app.test_client(),
        "report_reader@example.org",
        PASSWORD,
        environ_base={"REMOTE_ADDR": "192.0.2.1"},
    )

    assert other.status_code == 302


def test_the_session_cookie_is_for_this_host_over_https_and_no_script(staff_app, add_account):
    add_account("report_reader")

    answer = try_in(staff_app.test_client(), "report_reader@example.org", PASSWORD)

    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-heard="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_way_to_another_site_is_not_followed(staff_app, add_account):
    add_account("report_reader")
    client = staff_app.test_client()

    answer = client.send(
        SIGN_IN,
        SIGN_IN,
        {"email": "report_reader@example.org", "password": PASSWORD, "next": "//evil.example.org/"},
    )

    assert "evil" not in answer.headers.get("Location", "")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(staff_app, add_account):
    add_account("safeguarding_lead")
    client = staff_app.test_client()
    asked = client.get("/staff/concerns/closed").headers["Location"]

    answer = client.send(asked, asked, {"email": "safeguarding_lead@example.org", "password": PASSWORD})

    assert answer.headers["Location"].endswith("/staff/concerns/closed")


def test_a_copied_cookie_is_worth_nothing_after_signing_out(staff_app, enter):
    client = enter("report_reader")
    copied = client.get_cookie("__Host-heard", domain="heard.example.org").value
    client.send("/staff/", "/staff/sign-out")
    thief = staff_app.test_client()
    thief.set_cookie("__Host-heard", copied, domain="heard.example.org", secure=True)

    assert thief.get("/staff/").status_code == 302


def test_signing_out_asks_for_a_press_not_a_link(enter):
    client = enter("report_reader")

    assert client.get("/staff/sign-out").status_code == 405
    assert client.get("/staff/").status_code == 200


def test_switching_an_account_off_ends_its_session_at_once(enter, add_account, kit):
    boss = add_account("administrator")
    gone = next(
        account for account in accounts.everyone(kit.toolkit) if account.email == "administrator@example.org"
    )
    client = enter("report_reader")
    reader = next(
        account for account in accounts.everyone(kit.toolkit) if account.email == "report_reader@example.org"
    )

    accounts.switch(kit.toolkit, reader.id, is_active=False, actor_id=boss)

    assert gone.is_active
    assert client.get("/staff/").status_code == 302


def test_after_eight_hours_anybody_signs_in_again(enter, kit):
    client = enter("report_reader")
    kit.clock.now += dt.timedelta(hours=8, minutes=1)

    assert client.get("/staff/").headers["Location"].startswith("/staff/sign-in")


def test_signing_in_again_neither_lengthens_a_session_nor_counts_as_a_sign_in(enter, kit, add_account):
    client = enter("report_reader")
    kit.clock.now += dt.timedelta(hours=7)

    again = client.send(
        "/staff/", SIGN_IN, {"email": "report_reader@example.org", "password": "not the password"}
    )
    kit.clock.now += dt.timedelta(hours=1, minutes=1)

    assert again.headers["Location"] == "/staff/"
    assert client.get("/staff/").headers["Location"].startswith("/staff/sign-in")
    with kit.toolkit.database.read() as work:
        kept = work.session.scalars(select(AuditEntry.action)).all()
    assert kept.count("staff.signed_in") == 1
    assert kept.count("staff.sign_in_failed") == 0


def test_a_session_lives_for_fifteen_idle_minutes(staff_app):
    assert staff_app.permanent_session_lifetime == dt.timedelta(minutes=15)


def test_pages_of_staff_are_never_stored_by_a_browser(enter):
    page = enter("report_reader").get("/staff/")

    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/login", "/register", "/reset", "/change", "/verify", "/staff/register"])
def test_there_is_no_other_way_in(staff_app, path):
    assert staff_app.test_client().get(path).status_code == 404


def test_demo_accounts_stand_on_the_page_only_where_they_are_given(staff_app):
    staff_app.config["HEARD_DEMO_ACCOUNTS"] = ()
    client = staff_app.test_client()
    without = client.get(SIGN_IN).text
    staff_app.config["HEARD_DEMO_ACCOUNTS"] = (
        {"role": "Report reader", "email": "demo@example.org", "password": "shown"},
    )

    assert "demonstration" not in without
    assert "demo@example.org" in client.get(SIGN_IN).text


def test_a_password_is_hashed_with_argon2(staff_app):
    with staff_app.app_context():
        assert hash_password(PASSWORD).startswith("$argon2")
