"""Inviting people."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.shared.cohorts import AgeBand, Cohort
from app.shared.errors import NotFound
from app.storage import answers, people
from app.storage.answers import Answer
from app.storage.conversations import Conversation
from app.storage.invitations import Invitation
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage
from app.storage.people import Person
from app.usecases import invitations
from app.usecases.accounts import TooFewLeads
from app.usecases.fitting import Fit
from tests.factories import a_lead, a_person, a_survey, an_invitation, text_from
from tests.factories.rows import THREE_QUESTIONS

OTHER = THREE_QUESTIONS.replace("three-questions", "other-questions")
YOUNG = THREE_QUESTIONS.replace("cohorts: [child_in_care]", 'cohorts: [child_in_care]\nage_bands: ["8-10"]')


@pytest.fixture
def actor(kit):
    a_lead(kit, email="other@example.org", phone=None)
    return a_lead(kit)


@pytest.fixture
def survey_id(kit):
    return a_survey(kit)


def fits(plan):
    return {one.id: one.fit for one in plan.by_text + plan.by_link + plan.left_out}


def change(kit, person_id, **values):
    with kit.toolkit.database.begin() as work:
        person = work.session.get_one(Person, person_id)
        for name, value in values.items():
            setattr(person, name, value)


def rows(kit, table):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(table)).all()


def test_each_is_asked_in_the_way_that_fits_them_or_left_out_with_the_reason(kit, survey_id):
    by_text = a_person(kit)
    no_phone = a_person(kit, phone=None)
    young = a_person(kit, phone="+447700900002", age_band=AgeBand.EIGHT_TO_TEN)
    leaver = a_person(kit, phone=None, cohort=Cohort.CARE_LEAVER)
    stopped = a_person(kit, phone="+447700900003")
    doubted = a_person(kit, phone="+447700900004")
    invited = a_person(kit, phone="+447700900005")
    change(kit, stopped, texts_stopped_at=kit.clock.now)
    change(kit, doubted, number_doubted_at=kit.clock.now)
    an_invitation(kit, invited, survey_id)

    plan = invitations.plan(kit.toolkit, survey_id)

    assert fits(plan) == {
        by_text: Fit.BY_TEXT,
        no_phone: Fit.BY_LINK_NO_PHONE,
        young: Fit.BY_LINK_YOUNG,
        leaver: Fit.OTHER_COHORT,
        stopped: Fit.STOPPED,
        doubted: Fit.NUMBER_DOUBTED,
        invited: Fit.ALREADY_INVITED,
    }
    assert len(plan.asked) == 3


def test_a_survey_for_one_age_leaves_the_others_out(kit):
    older = a_person(kit)

    plan = invitations.plan(kit.toolkit, a_survey(kit, YOUNG))

    assert fits(plan) == {older: Fit.OTHER_AGE}


def test_only_the_chosen_teams_are_considered(kit, survey_id):
    a_person(kit, team="North team")
    south = a_person(kit, phone=None, team="South team")
    with kit.toolkit.database.read() as work:
        team_id = work.session.get_one(Person, south).team_id

    plan = invitations.plan(kit.toolkit, survey_id, team_ids=[team_id])

    assert list(fits(plan)) == [south]


def test_somebody_in_the_queue_is_left_out_with_the_same_reason_as_somebody_busy(kit, survey_id, actor):
    urgent, busy = a_person(kit), a_person(kit, phone="+447700900002")
    an_invitation(kit, busy, a_survey(kit, OTHER))
    text_from(kit, "someone hits me at home")
    text_from(kit, "1", phone="+447700900002")

    plan = invitations.plan(kit.toolkit, survey_id)

    assert fits(plan) == {urgent: Fit.NOT_NOW, busy: Fit.NOT_NOW}


def test_a_survey_left_lying_for_days_does_not_bar_the_next_one(kit, survey_id, actor):
    person = a_person(kit)
    an_invitation(kit, person, a_survey(kit, OTHER))
    text_from(kit, "1")
    kit.clock.pass_time(days=3)

    invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor)
    kit.work_off()
    replies = text_from(kit, "1")

    assert "How settled do you feel?" in replies[-1]
    assert sorted(row.status for row in rows(kit, Conversation)) == ["asking", "stopped"]


def test_an_invitation_goes_out_as_one_text(kit, survey_id, actor):
    person = a_person(kit)

    result = invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor)
    kit.work_off()

    ((to, body),) = kit.gateway.sent
    assert (result.texted, result.links) == (1, ())
    assert to == "+447700900001"
    assert "3 short questions" in body
    assert "Reply 1 to join" in body


def test_a_second_press_asks_nobody_twice(kit, survey_id, actor):
    person = a_person(kit)
    invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor)

    again = invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor)
    kit.work_off()

    assert [one.fit for one in again.left_out] == [Fit.ALREADY_INVITED]
    assert len(kit.gateway.sent) == 1
    assert len(rows(kit, Invitation)) == 1


def test_at_night_the_text_waits_until_nine(kit, survey_id, actor):
    person = a_person(kit)
    kit.clock.now = dt.datetime(2026, 12, 1, 22, 30, tzinfo=dt.UTC)

    invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor)

    (row,) = rows(kit, OutboxMessage)
    assert row.due_at == dt.datetime(2026, 12, 2, 9, 0, tzinfo=dt.UTC)
    assert not invitations.plan(kit.toolkit, survey_id).goes_out_now


def test_who_has_no_phone_gets_a_link_of_their_own_and_no_text(kit, survey_id, actor):
    person = a_person(kit, phone=None)

    result = invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor)

    (link,) = result.links
    assert link.who.startswith("Quiet Heron")
    assert link.address.startswith("https://heard.example.org/t/")
    assert rows(kit, OutboxMessage) == []


def test_an_older_unanswered_invitation_is_not_joined_by_the_next_one(kit, survey_id, actor):
    person = a_person(kit)
    older = an_invitation(kit, person, a_survey(kit, OTHER))

    invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor)

    with kit.toolkit.database.read() as work:
        assert work.session.get_one(Invitation, older).ended_at == kit.clock.now


def test_a_survey_that_is_not_there_is_not_found(kit, actor):
    with pytest.raises(NotFound):
        invitations.plan(kit.toolkit, actor)
    with pytest.raises(NotFound):
        invitations.invite(kit.toolkit, survey_id=actor, person_ids=[], actor_id=actor)


def test_nobody_is_asked_while_fewer_than_two_leads_would_be_alerted(kit, survey_id):
    alone, person = a_lead(kit), a_person(kit)

    with pytest.raises(TooFewLeads, match="Fewer than two named safeguarding leads"):
        invitations.invite(kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=alone)

    assert rows(kit, Invitation) == []


def test_everybody_is_considered_however_many_they_are(kit, survey_id):
    for _ in range(3):
        a_person(kit, phone=None)
    last = a_person(kit, phone=None, cohort=Cohort.CARE_LEAVER)

    everybody = invitations.plan(kit.toolkit, survey_id)
    leavers = invitations.plan(kit.toolkit, survey_id, cohorts=["care_leaver"])

    assert len(fits(everybody)) == 4
    assert fits(leavers) == {last: Fit.OTHER_COHORT}


def test_an_invitation_leaves_room_for_an_answer_to_the_same_survey(kit, survey_id, actor):
    """An answer points at its survey while it holds the person whom the invitation waits for."""
    person = a_person(kit)
    an_invitation(kit, person, survey_id)
    text_from(kit, "1")
    with kit.toolkit.database.read() as work:
        conversation = work.session.scalars(select(Conversation)).one()
        message = work.session.scalars(select(InboundMessage.id)).one()
    with ThreadPoolExecutor(1) as colleague:
        with kit.toolkit.database.begin() as work:
            people.lock(work, person)
            invited = colleague.submit(
                invitations.invite, kit.toolkit, survey_id=survey_id, person_ids=[person], actor_id=actor
            )
            time.sleep(0.3)
            answers.add(work, an_answer(conversation, message), value="4", text="4")
            work.session.flush()
        result = invited.result(timeout=10)

    assert [one.fit for one in result.left_out] == [Fit.ALREADY_INVITED]
    assert len(rows(kit, Answer)) == 1


def an_answer(conversation, message_id):
    return Answer(
        conversation_id=conversation.id,
        inbound_id=message_id,
        survey_id=conversation.survey_id,
        question_id="settled",
        kind="scale",
        person_id=conversation.person_id,
        channel="sms",
        has_words=False,
        skipped=False,
        answered_at=conversation.started_at,
    )
