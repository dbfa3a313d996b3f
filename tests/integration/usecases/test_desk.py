"""The safeguarding desk."""

import pytest
from sqlalchemy import select

from app.flows.wording import MessageKey
from app.shared.errors import NotFound, Rejected
from app.storage.answers import Answer
from app.storage.audit import AuditEntry
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.outbox import OutboxMessage
from app.usecases import acting, desk
from app.usecases.acting import AlreadyTaken, Closing
from app.usecases.marked import Piece
from tests.factories import a_lead, a_person, a_survey, an_invitation, text_from

WORRYING = "someone hits me at home"
DONE = Closing(outcome="passed_to_allocated_worker", note="Rang their worker.", told="yes")


@pytest.fixture
def lead(kit):
    return a_lead(kit)


@pytest.fixture
def other_lead(kit):
    return a_lead(kit, email="other@example.org", phone="+447700900802")


@pytest.fixture
def concern_id(kit, lead):
    """Return the item of a person whose second reply was worrying, in the middle of a survey."""
    an_invitation(kit, a_person(kit), a_survey(kit))
    for text in ("1", "4", WORRYING):
        kit.clock.pass_time(minutes=1)
        text_from(kit, text)
    return only(kit, Concern).id


def only(kit, table, *where):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(table).where(*where)).one()


def actions(kit):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(
            select(AuditEntry.action).where(AuditEntry.subject_type == "concern").order_by(AuditEntry.id)
        ).all()


class TestTheQueue:
    def test_it_shows_a_designation_and_never_a_name(self, kit, concern_id):
        (item,) = desk.queue(kit.toolkit)

        assert item.who.startswith("Quiet Heron")
        assert item.category == "Physical abuse"
        assert item.owner is None

    def test_what_is_due_first_stands_first(self, kit, lead):
        text_from(kit, "hello, who has this number now", phone="+447700900071")
        kit.clock.pass_time(minutes=5)
        text_from(kit, WORRYING, phone="+447700900072")

        queue = desk.queue(kit.toolkit)

        assert [item.due_at for item in queue] == sorted(item.due_at for item in queue)
        assert queue[0].category == "Physical abuse"

    def test_its_load_counts_what_is_overdue(self, kit, concern_id):
        kit.clock.pass_time(days=3)

        load = desk.load(kit.toolkit)

        assert (load.waiting, load.overdue) == (1, 1)


class TestOpening:
    def test_the_words_that_fired_are_marked_and_the_text_is_verbatim(self, kit, concern_id, lead):
        opened = desk.open_item(kit.toolkit, concern_id, actor_id=lead)

        assert "".join(piece.text for piece in opened.words) == WORRYING
        assert any(piece.is_marked for piece in opened.words)
        assert opened.words != (Piece(WORRYING, is_marked=True),)

    def test_both_sides_of_the_conversation_stand_around_it(self, kit, concern_id, lead):
        near = desk.open_item(kit.toolkit, concern_id, actor_id=lead).thread.near

        assert [said.text for said in near if said.is_theirs] == ["1", "4", WORRYING]
        assert "What would make things better?" in [said.text for said in near if not said.is_theirs]

    def test_every_opening_is_kept(self, kit, concern_id, lead):
        desk.open_item(kit.toolkit, concern_id, actor_id=lead)
        desk.open_item(kit.toolkit, concern_id, actor_id=lead)

        assert actions(kit) == ["concern.read", "concern.read"]

    def test_an_item_that_is_not_there_is_not_found(self, kit, lead):
        with pytest.raises(NotFound):
            desk.open_item(kit.toolkit, lead, actor_id=lead)

    def test_who_it_is_comes_only_by_asking_and_that_is_kept(self, kit, concern_id, lead):
        found = acting.identify(kit.toolkit, concern_id, actor_id=lead)

        assert (found.name, found.phone) == ("Sam Example", "+447700900001")
        assert actions(kit) == ["concern.identity_read"]

    def test_a_stranger_has_a_number_to_ring(self, kit, lead):
        text_from(kit, "hello there", phone="+447700900077")

        found = acting.identify(kit.toolkit, only(kit, Concern).id, actor_id=lead)

        assert (found.name, found.phone) == (None, "+447700900077")


class TestTaking:
    def test_who_takes_it_is_kept_with_the_moment(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        row = only(kit, Concern)
        assert (row.taken_by, row.taken_at, row.state) == (lead, kit.clock.now, "taken")

    def test_a_second_press_of_ones_own_changes_nothing(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)
        kit.clock.pass_time(minutes=5)

        acting.take(kit.toolkit, concern_id, actor_id=lead)

        assert actions(kit) == ["concern.taken"]

    def test_a_colleague_is_told_who_has_it(self, kit, concern_id, lead, other_lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        with pytest.raises(AlreadyTaken, match=r"Pat lead@example\.org has taken this item"):
            acting.take(kit.toolkit, concern_id, actor_id=other_lead)

        assert only(kit, Concern).taken_by == lead

    def test_a_colleague_may_take_it_over_knowingly(self, kit, concern_id, lead, other_lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        acting.take(kit.toolkit, concern_id, actor_id=other_lead, instead_of=lead)

        assert only(kit, Concern).taken_by == other_lead


class TestClosing:
    def test_what_was_done_is_kept_sealed(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        acting.close(kit.toolkit, concern_id, DONE, actor_id=lead)

        opened = desk.open_item(kit.toolkit, concern_id, actor_id=lead)
        assert opened.note == "Rang their worker."
        assert opened.item.outcome == "Passed to their own worker or personal adviser"
        assert opened.item.is_told
        assert "Rang" not in only(kit, Concern).note_sealed
        assert desk.queue(kit.toolkit) == []

    def test_every_fault_is_told_at_once_and_nothing_changes(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)
        empty = Closing(outcome="", note=" ", told="", after_pause="x")

        with pytest.raises(Rejected) as rejected:
            acting.close(kit.toolkit, concern_id, empty, actor_id=lead)

        assert [fault.place for fault in rejected.value.faults] == ["outcome", "note", "told", "after_pause"]
        assert only(kit, Concern).state == "taken"

    def test_only_who_has_taken_it_closes_it(self, kit, concern_id, lead, other_lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        with pytest.raises(AlreadyTaken):
            acting.close(kit.toolkit, concern_id, DONE, actor_id=other_lead)

        assert only(kit, Concern).state == "taken"

    def test_a_survey_on_hold_stays_stopped(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        acting.close(kit.toolkit, concern_id, DONE, actor_id=lead)

        assert only(kit, Conversation).status == "stopped"

    def test_a_survey_on_hold_may_ask_whether_to_go_on(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)
        kit.work_off()
        sent_before = len(kit.gateway.sent)

        closing = Closing(outcome=DONE.outcome, note=DONE.note, told="yes", after_pause="ask_to_go_on")
        acting.close(kit.toolkit, concern_id, closing, actor_id=lead)
        kit.work_off()

        asked = kit.toolkit.council.say(MessageKey.CARRY_ON, adult=False)
        assert only(kit, Conversation).status == "choosing"
        assert kit.gateway.sent[sent_before:] == [("+447700900001", asked)]

    def test_asking_waits_for_the_morning(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)
        kit.clock.pass_time(hours=10)

        closing = Closing(outcome=DONE.outcome, note=DONE.note, told="yes", after_pause="ask_to_go_on")
        acting.close(kit.toolkit, concern_id, closing, actor_id=lead)

        row = only(kit, OutboxMessage, OutboxMessage.purpose == "invite")
        assert row.due_at.isoformat() == "2026-09-16T08:00:00+00:00"

    def test_a_survey_stays_on_hold_while_another_item_holds_it(self, kit, concern_id, lead):
        text_from(kit, "i want to run away tonight")
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        acting.close(kit.toolkit, concern_id, DONE, actor_id=lead)

        assert only(kit, Conversation).status == "paused"


class TestSendingOnByHand:
    @pytest.fixture
    def answer_id(self, kit, lead, other_lead):
        an_invitation(kit, a_person(kit), a_survey(kit))
        for text in ("1", "4", "more time outside"):
            text_from(kit, text)
        return only(kit, Answer, Answer.question_id == "better").id

    def test_it_queues_the_reply_pauses_the_survey_and_alerts_both_leads(self, kit, answer_id, lead):
        acting.raise_by_hand(kit.toolkit, answer_id, actor_id=lead)
        kit.work_off()

        row = only(kit, Concern)
        assert (row.reason, row.tier) == ("missed", "T1")
        assert only(kit, Conversation).status == "paused"
        assert [to for to, _ in kit.gateway.sent] == ["+447700900801", "+447700900802"]
        assert actions(kit) == ["concern.raised"]

    def test_a_second_press_changes_nothing(self, kit, answer_id, lead):
        acting.raise_by_hand(kit.toolkit, answer_id, actor_id=lead)
        acting.raise_by_hand(kit.toolkit, answer_id, actor_id=lead)

        assert len(desk.queue(kit.toolkit)) == 1
