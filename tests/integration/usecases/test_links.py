"""Links and pages on each database: two presses at one moment are one."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.shared.errors import NotFound, Rejected
from app.storage import conversations, people
from app.storage.answers import Answer
from app.storage.audit import AuditEntry
from app.storage.conversations import Conversation
from app.storage.invitations import Invitation, WebLink
from app.storage.messages import InboundMessage
from app.usecases import inbound, links, webpages
from tests.factories import Kit, a_person, a_survey, a_text, an_invitation, make_kit

ACTOR = None


@pytest.fixture
def kit(database_url: str) -> Iterator[Kit]:
    kit = make_kit(database_url, new_token=lambda: secrets.token_urlsafe(32))
    yield kit
    kit.toolkit.database.engine.dispose()


@pytest.fixture
def survey_id(kit):
    return a_survey(kit)


@pytest.fixture
def invitation_id(kit, survey_id):
    return an_invitation(kit, a_person(kit), survey_id)


@pytest.fixture
def token(kit, invitation_id):
    return links.make_personal_link(kit.toolkit, invitation_id, actor_id=ACTOR, days=14).rpartition("/")[2]


def count(kit, table):
    with kit.toolkit.database.read() as work:
        return work.session.scalar(select(func.count()).select_from(table))


def at_once(*calls):
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def test_presses_of_one_form_at_one_moment_start_one_visit(kit, survey_id):
    opened = links.make_open_link(kit.toolkit, survey_id, actor_id=ACTOR, days=14).rpartition("/")[2]
    press = kit.toolkit.new_token()

    visits = at_once(*[lambda: links.start_visit(kit.toolkit, opened, press)] * 4)

    assert len(set(visits)) == 1
    assert visits[0] is not None
    assert count(kit, Conversation) == 1
    assert count(kit, WebLink) == 2


def test_a_double_click_is_one_answer(kit, token):
    webpages.join(kit.toolkit, token)

    at_once(*[lambda: webpages.answer(kit.toolkit, token, turn=0, text="4")] * 4)

    assert count(kit, InboundMessage) == 1
    assert count(kit, Answer) == 1


def test_different_answers_at_one_moment_are_both_kept_and_one_counts(kit, token):
    webpages.join(kit.toolkit, token)

    at_once(*[lambda text=text: webpages.answer(kit.toolkit, token, turn=0, text=text) for text in "12345"])

    assert count(kit, InboundMessage) == 5
    assert count(kit, Answer) == 1


def test_a_yes_by_text_and_on_the_page_at_one_moment_is_one_conversation(kit, token):
    at_once(
        lambda: webpages.join(kit.toolkit, token),
        lambda: inbound.receive(kit.toolkit, a_text("1")),
        lambda: webpages.join(kit.toolkit, token),
    )

    assert count(kit, Conversation) == 1
    with kit.toolkit.database.read() as work:
        assert "failed" not in set(work.session.scalars(select(InboundMessage.taken_as)))


def test_no_thanks_after_yes_changes_nothing(kit, token):
    webpages.join(kit.toolkit, token)
    webpages.decline(kit.toolkit, token)

    with kit.toolkit.database.read() as work:
        assert work.session.scalars(select(Invitation.ended_at)).one() is None


def test_making_a_link_is_written_down(kit, token):
    with kit.toolkit.database.read() as work:
        entry = work.session.scalars(select(AuditEntry)).one()
        link = work.session.scalars(select(WebLink)).one()

    assert (entry.action, entry.subject_type, entry.subject_id) == ("link.personal_made", "link", link.id)


@pytest.mark.parametrize("days", [0, -1, 93])
def test_a_link_lives_from_a_day_to_a_quarter(kit, survey_id, invitation_id, days):
    with pytest.raises(Rejected, match="days: must be from 1 to 92"):
        links.make_open_link(kit.toolkit, survey_id, actor_id=ACTOR, days=days)
    with pytest.raises(Rejected):
        links.make_personal_link(kit.toolkit, invitation_id, actor_id=ACTOR, days=days)

    assert count(kit, WebLink) == 0


def test_there_is_no_link_to_what_does_not_exist(kit, survey_id, invitation_id):
    with pytest.raises(NotFound):
        links.make_open_link(kit.toolkit, invitation_id, actor_id=ACTOR, days=1)
    with pytest.raises(NotFound):
        links.make_personal_link(kit.toolkit, survey_id, actor_id=ACTOR, days=1)


def test_a_visitor_has_no_invitation_to_join_or_decline(kit, survey_id):
    opened = links.make_open_link(kit.toolkit, survey_id, actor_id=ACTOR, days=14).rpartition("/")[2]
    visitor = links.start_visit(kit.toolkit, opened, kit.toolkit.new_token())

    webpages.join(kit.toolkit, visitor)
    webpages.decline(kit.toolkit, visitor)

    assert webpages.page_for(kit.toolkit, visitor).stage == "asking"
    assert count(kit, Conversation) == 1


@pytest.mark.postgres
def test_who_waited_for_a_conversation_sees_what_the_other_left(postgres_url):
    kit = make_kit(postgres_url)
    person_id = a_person(kit)
    token = links.make_personal_link(
        kit.toolkit, an_invitation(kit, person_id, a_survey(kit)), actor_id=ACTOR, days=1
    ).rpartition("/")[2]
    webpages.join(kit.toolkit, token)

    def move_on(conversation_id):
        with kit.toolkit.database.begin() as work:
            conversations.lock(work, conversation_id).turn = 7
            people.lock(work, person_id).open_prompt = "call_time"

    with kit.toolkit.database.begin() as work:
        conversation = work.session.scalars(select(Conversation)).one()
        seen = people.get(work, person_id).open_prompt, conversation.turn
        at_once(lambda: move_on(conversation.id))
        conversation = conversations.lock(work, conversation.id)
        locked = people.lock(work, person_id).open_prompt, conversation.turn
    kit.toolkit.database.engine.dispose()

    assert seen == (None, 0)
    assert locked == ("call_time", 7)
