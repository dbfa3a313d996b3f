"""Who may open what: every staff route, every role, against one table."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.console.access import STAFF_PATH, permission_of
from app.storage import other_messages
from app.storage.answers import Answer
from app.storage.concerns import Concern
from app.storage.invitations import Invitation, WebLink
from app.usecases import links, reporting
from tests.factories import a_lead, a_person, a_survey, an_invitation, text_from

WORKER, LEAD, READER, ADMINISTRATOR = (
    "participation_worker",
    "safeguarding_lead",
    "report_reader",
    "administrator",
)
EVERYBODY = {WORKER, LEAD, READER, ADMINISTRATOR}

MAY = {
    "GET overview.index": EVERYBODY,
    "GET concerns.queue": {LEAD},
    "GET concerns.closed": {LEAD},
    "GET concerns.find": {LEAD},
    "GET concerns.item": {LEAD},
    "POST concerns.take": {LEAD},
    "POST concerns.identity": {LEAD},
    "POST concerns.close": {LEAD},
    "GET responses.index": {WORKER, LEAD},
    "GET responses.reply": {WORKER, LEAD},
    "POST responses.confirm": {WORKER},
    "POST responses.correct": {WORKER},
    "POST responses.worry": {WORKER, LEAD},
    "GET others.index": {WORKER, LEAD},
    "POST others.read": {WORKER, LEAD},
    "POST others.worry": {WORKER, LEAD},
    "GET surveys.index": {WORKER},
    "POST surveys.publish": {WORKER},
    "GET surveys.survey": {WORKER},
    "POST surveys.make_link": {WORKER},
    "POST surveys.close_link": {WORKER},
    "GET surveys.plan": {WORKER},
    "POST surveys.invite": {WORKER},
    "POST surveys.personal_link": {WORKER},
    "GET people.index": {WORKER},
    "GET people.choose": {WORKER},
    "POST people.take_in": {WORKER},
    "GET people.example": {WORKER},
    "GET reports.index": {WORKER, LEAD, READER},
    "POST reports.build": {WORKER},
    "GET reports.paper": {WORKER, LEAD, READER},
    "GET reports.pdf": {WORKER, LEAD, READER},
    "GET reports.word": {WORKER, LEAD, READER},
    "POST reports.check": {WORKER, LEAD},
    "POST reports.release": {WORKER, LEAD},
    "GET staff.index": {ADMINISTRATOR},
    "POST staff.switch": {ADMINISTRATOR},
}
"""Whom each route opens for; everybody else who is signed in finds nothing there."""


@pytest.fixture
def ids(kit) -> dict[str, UUID]:
    """Return one real row for every kind of id in an address."""
    lead_id = a_lead(kit)
    person_id, survey_id = a_person(kit), a_survey(kit)
    an_invitation(kit, person_id, survey_id)
    for text in ("1", "4", "more time outside", "someone hits me at home"):
        text_from(kit, text)
    text_from(kit, "thanks for asking me all of this")
    links.make_open_link(kit.toolkit, survey_id, actor_id=None, days=7)
    kit.work_off()
    second_id = a_lead(kit, email="second@example.org", phone=None)
    _ask_somebody_last_quarter(kit, survey_id)
    paper_id = reporting.build_board_paper(kit.toolkit, "2026-Q2", subjects={}, actor_id=lead_id)
    reporting.check_paper(kit.toolkit, paper_id, actor_id=second_id)
    reporting.release_paper(kit.toolkit, paper_id, actor_id=second_id)
    with kit.toolkit.database.read() as work:
        session = work.session
        return {
            "concern_id": session.scalars(select(Concern.id)).first(),
            "answer_id": session.scalars(select(Answer.id).where(Answer.question_id == "better")).one(),
            "message_id": other_messages.listed(work, limit=1, offset=0)[0].id,
            "survey_id": survey_id,
            "link_id": session.scalars(select(WebLink.id)).first(),
            "invitation_id": session.scalars(select(Invitation.id)).first(),
            "staff_id": lead_id,
            "paper_id": paper_id,
        }


def _ask_somebody_last_quarter(kit, survey_id):
    """A paper needs somebody who was asked."""
    now, kit.clock.now = kit.clock.now, dt.datetime(2026, 5, 5, 12, tzinfo=dt.UTC)
    an_invitation(kit, a_person(kit, phone="+447700900002"), survey_id)
    kit.clock.now = now


def routes(app):
    """Return every staff route but those of signing in and out: "GET concerns.item" and its rule."""
    return {
        f"{method} {rule.endpoint}": rule
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        if rule.rule.startswith(STAFF_PATH) and not rule.endpoint.startswith("security.")
    }


def path_of(rule, ids):
    return rule.build({name: ids[name] for name in rule.arguments})[1]


def test_every_staff_page_names_a_permission(app):
    unnamed = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(STAFF_PATH)
        and not rule.endpoint.startswith("security.")
        and permission_of(app.view_functions[rule.endpoint]) is None
    ]

    assert unnamed == []


def test_the_table_of_roles_names_every_route(app):
    assert set(routes(app)) == set(MAY)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_a_role_opens_its_own_routes_and_finds_nothing_behind_the_others(role, app, enter, ids):
    client = enter(role)

    opened = {
        name
        for name, rule in routes(app).items()
        if open_route(client, name, path_of(rule, ids)).status_code != 404
    }

    assert opened == {name for name, roles in MAY.items() if role in roles}


def test_a_visitor_is_asked_to_sign_in_on_every_route(app, staff_app, ids):
    client = staff_app.test_client()

    answers = {
        name: client.get(path_of(rule, ids)) if name.startswith("GET") else None
        for name, rule in routes(app).items()
    }

    assert {answer.headers["Location"].split("?")[0] for answer in answers.values() if answer} == {
        "/staff/sign-in"
    }


def test_a_visitor_cannot_send_a_form_without_signing_in(app, staff_app, ids):
    client = staff_app.test_client()

    sent = {
        client.send("/staff/sign-in", path_of(rule, ids)).headers.get("Location", "").split("?")[0]
        for name, rule in routes(app).items()
        if name.startswith("POST")
    }

    assert sent == {"/staff/sign-in"}


def test_a_page_that_names_no_permission_is_refused(app, enter):
    app.add_url_rule("/staff/forgotten", "forgotten", lambda: "words")
    client = enter(ADMINISTRATOR)

    assert client.get("/staff/forgotten").status_code == 404


def test_every_form_without_its_token_is_refused(app, enter, ids):
    client = enter(WORKER)

    refused = {
        name: client.post(path_of(rule, ids)).status_code
        for name, rule in routes(app).items()
        if name.startswith("POST") and WORKER in MAY[name]
    }

    assert set(refused.values()) == {400}


def test_what_is_forbidden_looks_like_what_is_absent(enter, ids):
    client = enter(READER)

    forbidden = client.get(f"/staff/concerns/{ids['concern_id']}")
    absent = client.get(f"/staff/concerns/{uuid4()}")

    assert (forbidden.status_code, forbidden.data) == (absent.status_code, absent.data)


def open_route(client, name, path):
    if name.startswith("GET"):
        return client.get(path)
    return client.send("/staff/", path)
