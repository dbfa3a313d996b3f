"""A text comes in: stored once, screened, acted on, answered."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.shared.messages import OptOutType
from app.storage import outbox
from app.storage.answers import Answer, MachineTag
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.invitations import Invitation
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage
from app.storage.people import Person
from app.usecases import inbound
from tests.factories import Kit, a_lead, a_person, a_survey, a_text, an_invitation, rows, text_from


def unsealed(kit: Kit, table: type, column: str) -> list[str | None]:
    with kit.toolkit.database.read() as work:
        return [work.unseal(row, column) for row in work.session.scalars(select(table)).unique()]


class TestJoining:
    def test_a_plain_1_brings_the_limits_and_the_first_question(self, invited):
        limits, question = text_from(invited, "1")

        assert "999" in limits
        assert question.startswith("How settled do you feel?")

    def test_the_yes_is_kept_with_its_date_and_wording(self, asked):
        with asked.toolkit.database.read() as work:
            invitation = work.session.scalars(select(Invitation)).one()

        assert invitation.joined_at == asked.clock()
        assert invitation.joined_wording == asked.toolkit.council.wording_version

    @pytest.mark.parametrize("text", ["yes", "ok", "2", "who r u 1", "one", ""])
    def test_anything_else_is_never_a_join(self, invited, text):
        text_from(invited, text)

        assert rows(invited, Conversation) == []


class TestAnswering:
    def test_answers_are_stored_in_order_until_the_closing(self, asked):
        text_from(asked, "4")
        text_from(asked, "more trips out")
        (closing,) = text_from(asked, "no thats it")

        assert sorted(answer.question_id for answer in rows(asked, Answer)) == [
            "anything",
            "better",
            "settled",
        ]
        assert "4" in unsealed(asked, Answer, "value_sealed")
        assert closing == "Thanks, that is all we wanted to ask."

    def test_each_answer_keeps_the_team_at_that_time(self, asked):
        text_from(asked, "4")

        (answer,) = rows(asked, Answer)
        (person,) = rows(asked, Person)
        assert answer.team_id == person.team_id

    def test_words_are_tagged_in_the_background_with_what_caused_each_tag(self, asked):
        text_from(asked, "4")
        text_from(asked, "my social worker is really kind")

        asked.work_off()

        assert {tag.key for tag in rows(asked, MachineTag)} >= {"positive", "worker"}

    def test_skip_is_kept_as_skipped(self, asked):
        text_from(asked, "SKIP")

        (answer,) = rows(asked, Answer)
        assert answer.skipped
        assert answer.text_sealed is None

    def test_nothing_they_write_is_readable_in_the_database(self, asked):
        text_from(asked, "4 because of zebra crossings")

        (message, *_) = [row for row in rows(asked, InboundMessage) if row.taken_as == "answer"]
        (answer,) = rows(asked, Answer)
        (conversation,) = rows(asked, Conversation)
        cells = [message.body_sealed, message.reply_sealed, answer.text_sealed, conversation.state_sealed]
        assert not [cell for cell in cells if "zebra" in cell or "settled" in cell]

    def test_a_text_two_days_late_is_not_an_answer_to_the_old_question(self, asked):
        asked.clock.pass_time(hours=49)

        text_from(asked, "4")

        assert rows(asked, Answer) == []
        assert rows(asked, InboundMessage)[-1].taken_as != "answer"


class TestTwice:
    def test_a_second_delivery_gets_the_same_reply_and_changes_nothing(self, asked):
        text = a_text("4", sid="SM" + "a" * 32)
        first = inbound.receive(asked.toolkit, text)

        second = inbound.receive(asked.toolkit, text)

        assert second == first
        assert len(rows(asked, Answer)) == 1

    def test_many_deliveries_at_once_are_one_message_and_one_step(self, asked):
        text = a_text("4", sid="SM" + "b" * 32)

        with ThreadPoolExecutor(8) as pool:
            replies = set(pool.map(lambda _: inbound.receive(asked.toolkit, text), range(16)))

        assert len(replies) == 1
        assert len(rows(asked, Answer)) == 1
        assert rows(asked, Conversation)[0].turn == 1

    def test_two_texts_at_once_are_two_steps(self, asked):
        texts = [a_text("4"), a_text("more trips")]

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda text: inbound.receive(asked.toolkit, text), texts))

        assert rows(asked, Conversation)[0].turn == 2


class TestConcerns:
    def test_a_disclosure_is_queued_with_a_clock_and_pauses_the_survey(self, asked):
        (reply,) = text_from(asked, "my foster dad hits me")

        (concern,) = rows(asked, Concern)
        assert concern.category == "physical_abuse"
        assert concern.tier in {"T0", "T1"}
        assert concern.due_at > asked.clock()
        assert rows(asked, Conversation)[0].status == "paused"
        assert "999" in reply
        assert "hit" not in reply

    def test_two_named_leads_get_a_text_and_an_email_without_name_or_words(self, kit):
        a_lead(kit)
        a_lead(kit, email="second@example.org", phone="+447700900802")
        a_person(kit)

        text_from(kit, "my foster dad hits me")
        kit.work_off()

        alerts = [body for _, body in kit.gateway.sent] + [body for *_, body in kit.mailer.sent]
        assert [to for to, _ in kit.gateway.sent] == ["+447700900801", "+447700900802"]
        assert [to for to, *_ in kit.mailer.sent] == ["lead@example.org", "second@example.org"]
        assert all(body.startswith("Heard: one item needs you") for body in alerts)
        assert not [body for body in alerts if "hit" in body or "Sam" in body or "abuse" in body]

    def test_a_worry_lets_the_young_person_choose(self, asked):
        (reply,) = text_from(asked, "4 but some kids at school keep calling me names")

        (question,) = text_from(asked, "1")

        assert "Reply 1 to carry on or 2 to stop here" in reply
        assert question.startswith("What would make things better?")

    def test_stopping_after_a_worry_ends_the_survey(self, asked):
        text_from(asked, "4 but some kids at school keep calling me names")

        text_from(asked, "2")

        assert rows(asked, Conversation)[0].status == "stopped"

    def test_the_words_of_a_paused_survey_are_kept_and_screened(self, asked):
        text_from(asked, "my foster dad hits me")
        asked.clock.pass_time(hours=2)

        (reply,) = text_from(asked, "he did it again last night")

        assert rows(asked, InboundMessage)[-1].screening in {"clear", "concern"}
        assert "999" in reply
        assert len(unsealed(asked, InboundMessage, "body_sealed")) == 3

    @pytest.mark.parametrize(
        ("reply", "category"), [("1", None), ("2", "physical_abuse"), ("no", "physical_abuse")]
    )
    def test_a_chosen_answer_is_screened_by_what_it_means(self, kit, reply, category):
        definition = """
key: one-question
version: 1
title: One question
cohorts: [child_in_care]
questions:
  - id: safe
    kind: yes_no
    text: "Do you feel safe where you live?"
closing: "Thanks."
"""
        an_invitation(kit, a_person(kit), a_survey(kit, definition))
        text_from(kit, "1")

        text_from(kit, reply)

        assert [concern.category for concern in rows(kit, Concern)] == ([category] if category else [])

    def test_a_failing_screen_queues_the_message_for_a_person(self, kit):
        def broken(text: str, *, question: str = "") -> None:
            raise RuntimeError(text)

        kit = replace(kit, toolkit=replace(kit.toolkit, screen=broken))
        a_person(kit)

        text_from(kit, "hello")

        (concern,) = rows(kit, Concern)
        assert concern.reason == "unscreened"
        assert rows(kit, InboundMessage)[0].screening == "unscreened"

    def test_a_failing_engine_keeps_the_words_and_queues_them(self, asked):
        with asked.toolkit.database.begin() as work:
            work.session.scalars(
                select(Conversation)
            ).one().state_sealed = "k1:bm90IHNlYWxlZCBhdCBhbGwsIHJlYWxseQ=="

        text_from(asked, "4")

        assert [concern.reason for concern in rows(asked, Concern)] == ["unscreened"]
        assert unsealed(asked, InboundMessage, "body_sealed")[-1] == "4"

    def test_a_strangers_disclosure_is_queued_too(self, kit):
        (reply,) = text_from(kit, "my foster dad hits me", phone="+447700900555")

        assert {concern.reason for concern in rows(kit, Concern)} == {"concern", "stranger"}
        assert "999" in reply


class TestCommands:
    def test_stop_ends_everything_and_cancels_what_waits(self, asked):
        (reply,) = text_from(asked, "STOP")

        assert rows(asked, Person)[0].texts_stopped_at == asked.clock()
        assert rows(asked, Conversation)[0].status == "stopped"
        assert "no more texts" in reply

    @pytest.mark.parametrize("text", ["stop texting me", "leave me alone pls"])
    def test_ordinary_words_stop_too(self, asked, text):
        text_from(asked, text)

        assert rows(asked, Person)[0].texts_stopped_at is not None

    def test_after_stop_their_texts_are_kept_and_queued_but_not_answered(self, asked):
        text_from(asked, "STOP")

        replies = text_from(asked, "actually can someone ring")

        assert replies == ()
        assert rows(asked, Concern)[-1].reason == "stopped_number"

    def test_start_undoes_stop(self, asked):
        text_from(asked, "STOP")

        text_from(asked, "START")

        assert rows(asked, Person)[0].texts_stopped_at is None

    def test_where_the_provider_has_answered_we_store_and_act_and_say_nothing(self, asked):
        replies = text_from(asked, "STOP", opt_out=OptOutType.STOP)

        assert replies == ()
        assert rows(asked, Person)[0].texts_stopped_at is not None

    def test_help_says_where_help_is_and_queues_it(self, asked):
        (reply,) = text_from(asked, "HELP")

        assert "999" in reply
        assert rows(asked, Concern)[0].reason == "help"

    def test_call_me_asks_when_and_gives_the_question_back(self, asked):
        text_from(asked, "CALL ME")

        noted, question = text_from(asked, "2")

        assert rows(asked, Answer) == []
        assert unsealed(asked, Concern, "note_sealed") == ["When to ring: another day."]
        assert question.startswith("How settled do you feel?")
        assert noted

    def test_who_is_this_says_who_we_are(self, asked):
        (reply,) = text_from(asked, "who is this")

        assert asked.toolkit.council.team_name in reply

    def test_a_wrong_number_is_stopped_and_staff_are_asked_to_check(self, asked):
        text_from(asked, "wrong number")

        assert rows(asked, Person)[0].number_doubted_at is not None
        assert rows(asked, Concern)[0].reason == "wrong_number"

    def test_a_stranger_gets_one_stock_reply_and_a_row_in_the_queue(self, kit):
        (reply,) = text_from(kit, "hiya", phone="+447700900555")

        assert "don't know this number" in reply
        assert rows(kit, Concern)[0].reason == "stranger"
        assert unsealed(kit, InboundMessage, "phone_sealed") == ["+447700900555"]


def test_every_direct_reply_is_recorded(asked):
    text_from(asked, "4")

    with asked.toolkit.database.read() as work:
        count = work.session.scalar(select(func.count()).select_from(OutboxMessage))

    assert count == 3


def test_our_texts_are_kept_in_the_order_in_which_they_went_out(invited):
    replies = text_from(invited, "1")

    with invited.toolkit.database.read() as work:
        conversation = work.session.scalars(select(Conversation)).one()
        said = [work.unseal(row, "body_sealed") for row in outbox.of_conversation(work, conversation.id)]

    assert tuple(said) == replies
