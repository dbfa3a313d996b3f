"""What would lose a disclosure, loosen a pause, or take a yes that was not given."""

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.shared.messages import Channel, IncomingMessage, OptOutType
from app.storage import outbox
from app.storage.answers import Answer
from app.storage.concerns import Concern, ConcernState
from app.storage.conversations import Conversation
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage, OutboxState
from app.storage.people import Person
from app.usecases import inbound
from tests.factories import Kit, a_lead, a_survey, an_invitation, rows, text_from

DISCLOSURE = "my foster dad hits me"


def reasons(kit: Kit) -> list[str]:
    return sorted(concern.reason for concern in rows(kit, Concern))


def page_post(kit: Kit, text: str, *, turn: int) -> tuple[str, ...]:
    (conversation,) = rows(kit, Conversation)
    message = IncomingMessage(
        channel=Channel.WEB,
        provider="web",
        account="",
        provider_id=f"page:{turn}:{text}",
        text=text,
        conversation_id=conversation.id,
        answers_turn=turn,
    )
    return inbound.receive(kit.toolkit, message).texts


class TestLosing:
    def test_a_mistake_while_raising_a_concern_keeps_the_words_and_queues_them(self, asked):
        calls = itertools.count()

        def fails_once() -> str:
            if next(calls) == 0:
                raise RuntimeError
            return "AB12"

        kit = replace(asked, toolkit=replace(asked.toolkit, new_reference=fails_once))

        text_from(kit, DISCLOSURE)

        assert reasons(kit) == ["unscreened"]
        assert rows(kit, InboundMessage)[-1].screening == "unscreened"

    def test_a_new_call_request_leaves_the_note_of_a_closed_one_alone(self, asked):
        text_from(asked, "CALL ME")
        with asked.toolkit.database.begin() as work:
            first = work.session.scalars(select(Concern)).one()
            first.state = ConcernState.CLOSED
            work.seal(first, "note_sealed", "Rang, all is well.")

        text_from(asked, "2")

        with asked.toolkit.database.read() as work:
            notes = {work.unseal(row, "note_sealed") for row in work.session.scalars(select(Concern))}
        assert "Rang, all is well." in notes
        assert any(note.startswith("When to ring:") for note in notes)

    def test_a_time_that_was_not_offered_is_not_promised(self, asked):
        asked.clock.pass_time(hours=9)
        (offer,) = text_from(asked, "CALL ME")

        text_from(asked, "1")

        with asked.toolkit.database.read() as work:
            (note,) = [work.unseal(row, "note_sealed") for row in work.session.scalars(select(Concern))]
        assert "not today" in offer
        assert note == "When to ring: another day."


class TestThePause:
    def test_a_lesser_worry_from_an_old_page_does_not_loosen_it(self, asked):
        with asked.toolkit.database.begin() as work:
            # A visitor of an open link: of somebody we know, a second concern would be a serious one.
            work.session.scalars(select(Conversation)).one().person_id = None
        page_post(asked, DISCLOSURE, turn=0)

        page_post(asked, "some kids at school keep calling me names", turn=0)

        assert sorted(row.tier for row in rows(asked, Concern)) == ["T1", "T2"]
        assert rows(asked, Conversation)[0].status == "paused"

    def test_a_mistake_of_ours_pauses_too(self, asked):
        with asked.toolkit.database.begin() as work:
            work.session.scalars(
                select(Conversation)
            ).one().state_sealed = "k1:bm90IHNlYWxlZCBhdCBhbGwsIHJlYWxseQ=="

        text_from(asked, "4")

        assert rows(asked, Conversation)[0].status == "paused"

    def test_no_survey_starts_while_a_serious_item_is_open(self, invited):
        text_from(invited, DISCLOSURE)

        (reply,) = text_from(invited, "1")

        assert rows(invited, Conversation) == []
        assert "on hold" in reply

    def test_nothing_that_waits_is_texted_to_somebody_in_danger(self, invited):
        (person,) = rows(invited, Person)
        an_invite_that_waits(invited, person.id)

        text_from(invited, DISCLOSURE)

        assert [row.state for row in rows(invited, OutboxMessage) if row.purpose == "invite"] == ["cancelled"]

    def test_the_next_text_gets_words_at_once_then_hourly_and_the_leads_hear_again(self, asked):
        a_lead(asked)
        text_from(asked, DISCLOSURE)
        alerts = len([row for row in rows(asked, OutboxMessage) if row.purpose == "alert"])
        asked.clock.pass_time(minutes=20)

        first = text_from(asked, "hello??")
        second = text_from(asked, "anyone there")
        asked.clock.pass_time(minutes=61)
        third = text_from(asked, "please")

        assert ("999" in first[0], second, "999" in third[0]) == (True, (), True)
        assert len([row for row in rows(asked, OutboxMessage) if row.purpose == "alert"]) > alerts


class TestAYesThatWasNotGiven:
    def test_a_1_before_our_invitation_went_out_is_no_yes(self, invited):
        (person,) = rows(invited, Person)
        an_invite_that_waits(invited, person.id)

        text_from(invited, "1")

        assert rows(invited, Conversation) == []

    def test_an_answer_on_an_old_page_never_joins_another_survey(self, asked):
        text_from(asked, "STOP")
        text_from(asked, "START")
        other = a_survey(asked, ANOTHER)
        an_invitation(asked, rows(asked, Person)[0].id, other)

        page_post(asked, "1", turn=0)

        assert len(rows(asked, Conversation)) == 1


class TestTheProvidersOptOut:
    def test_a_stop_in_a_word_that_we_do_not_list_is_obeyed(self, asked):
        replies = text_from(asked, "ARRET", opt_out=OptOutType.STOP)

        assert replies == ()
        assert rows(asked, Person)[0].texts_stopped_at is not None

    def test_yes_may_be_an_answer_although_the_provider_takes_it_for_start(self, asked):
        replies = text_from(asked, "yes", opt_out=OptOutType.START)

        assert replies != ()

    def test_somebody_in_danger_who_stopped_us_is_not_a_lesser_worry(self, asked):
        text_from(asked, DISCLOSURE)
        text_from(asked, "STOP")

        text_from(asked, "are you there")

        assert [row.tier for row in rows(asked, Concern) if row.reason == "stopped_number"] == ["T1"]


class TestStrangers:
    PHONE = "+447700900555"

    def test_a_second_text_of_the_day_is_kept_without_another_item_or_reply(self, kit):
        text_from(kit, "hiya", phone=self.PHONE)

        replies = text_from(kit, "thank you for your message", phone=self.PHONE)

        assert replies == ()
        assert reasons(kit) == ["stranger"]
        assert len(rows(kit, InboundMessage)) == 2

    def test_their_help_is_as_urgent_as_anybodys(self, kit):
        (reply,) = text_from(kit, "HELP", phone=self.PHONE)

        assert "999" in reply
        assert {(row.reason, row.tier) for row in rows(kit, Concern)} == {
            ("stranger", "route"),
            ("help", "T2"),
        }

    @pytest.mark.parametrize(("text", "says"), [("STOP", "no more texts"), ("who is this", "Check us")])
    def test_their_commands_are_answered_for_what_they_are(self, kit, text, says):
        (reply,) = text_from(kit, text, phone=self.PHONE)

        assert says in reply


def test_an_unclear_reply_is_known_for_what_it_is(asked):
    text_from(asked, "he keeps doing that thing i told you about")

    assert rows(asked, Answer) == []
    assert rows(asked, InboundMessage)[-1].taken_as == "unclear"


def an_invite_that_waits(kit: Kit, person_id) -> None:
    with kit.toolkit.database.begin() as work:
        row = OutboxMessage(
            transport="sms",
            purpose="invite",
            person_id=person_id,
            state=OutboxState.READY,
            attempts=0,
            due_at=kit.clock(),
            made_at=kit.clock(),
        )
        outbox.add(work, row, to="+447700900001", body="Hello")


ANOTHER = """
key: another-survey
version: 1
title: Another survey
cohorts: [child_in_care]
questions:
  - id: only
    kind: open_text
    text: "What is good?"
closing: "Thanks."
"""
