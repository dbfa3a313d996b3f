"""The safeguarding desk."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.flows.wording import MessageKey
from app.shared.cohorts import AgeBand
from app.shared.errors import NotFound, Rejected
from app.storage import concerns, conversations, people
from app.storage.answers import Answer
from app.storage.audit import AuditEntry
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.invitations import Invitation
from app.storage.outbox import OutboxMessage
from app.storage.people import Person
from app.usecases import acting, desk
from app.usecases.acting import AlreadyTaken, Closing
from app.usecases.marked import Piece
from tests.factories import a_lead, a_person, a_survey, an_invitation, text_from

WORRYING = "someone hits me at home"
DONE = Closing(outcome="passed_to_allocated_worker", note="Rang their worker.", told="yes")
ASK = Closing(outcome=DONE.outcome, note=DONE.note, told="yes", after_pause="ask_to_go_on")


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


def invites(kit):
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(OutboxMessage).where(OutboxMessage.purpose == "invite")).all()


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

    def test_danger_now_stands_on_top_of_everything_that_is_late(self, kit, lead):
        for number in range(10, 70):
            text_from(kit, "hello, who has this number now", phone=f"+4477009001{number}")
        kit.clock.pass_time(days=14)
        text_from(kit, "i am going to kill myself tonight", phone="+447700900072")

        first = desk.queue(kit.toolkit)

        assert len(first) == 50
        assert first[0].tier == "T0"
        assert first[0].due_at > first[1].due_at
        assert [item.due_at for item in first[1:]] == sorted(item.due_at for item in first[1:])

    def test_what_a_colleague_has_taken_stands_below_what_nobody_has(self, kit, lead, concern_id):
        text_from(kit, "hello, who has this number now", phone="+447700900071")

        acting.take(kit.toolkit, concern_id, actor_id=lead)

        assert [item.state for item in desk.queue(kit.toolkit)] == ["new", "taken"]

    def test_every_item_stands_on_one_page(self, kit, lead):
        for number in range(10, 70):
            text_from(kit, "hello, who has this number now", phone=f"+4477009001{number}")

        pages = [desk.queue(kit.toolkit, page=page) for page in (1, 2, 3)]

        assert [len(page) for page in pages] == [50, 10, 0]
        assert len({item.id for page in pages for item in page}) == 60
        assert desk.pages(kit.toolkit) == 2

    def test_an_item_is_found_by_the_reference_of_its_alert(self, kit, concern_id):
        text_from(kit, "hello, who has this number now", phone="+447700900071")
        reference = only(kit, Concern, Concern.id == concern_id).reference

        assert desk.find(kit.toolkit, f" {reference.lower()} ") == concern_id

    @pytest.mark.parametrize("typed", ["", "ZZZZ", "4\x00F2K", "%"])
    def test_a_reference_that_no_item_has_is_refused(self, kit, concern_id, typed):
        with pytest.raises(Rejected, match="No item has this reference"):
            desk.find(kit.toolkit, typed)

    def test_its_load_counts_what_is_overdue(self, kit, concern_id):
        kit.clock.pass_time(days=3)

        load = desk.load(kit.toolkit)

        assert (load.waiting, load.overdue) == (1, 1)
        assert load.nearest_due is not None
        assert load.nearest_due < kit.clock.now

    def test_an_empty_queue_has_no_load(self, kit):
        assert desk.load(kit.toolkit) == desk.Load(waiting=0, overdue=0, nearest_due=None)
        assert desk.pages(kit.toolkit, closed=True) == 1


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

        acting.close(kit.toolkit, concern_id, ASK, actor_id=lead)
        kit.work_off()

        asked = kit.toolkit.council.say(MessageKey.CARRY_ON, adult=False)
        assert only(kit, Conversation).status == "choosing"
        assert kit.gateway.sent[sent_before:] == [("+447700900001", asked)]

    @pytest.mark.parametrize(
        ("age_band", "channel"), [(AgeBand.EIGHT_TO_TEN, "sms"), (AgeBand.ELEVEN_TO_SEVENTEEN, "web")]
    )
    def test_nobody_is_texted_who_was_not_asked_by_text(self, kit, concern_id, lead, age_band, channel):
        with kit.toolkit.database.begin() as work:
            work.session.scalars(select(Person)).one().age_band = age_band
            work.session.scalars(select(Invitation)).one().channel = channel
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        acting.close(kit.toolkit, concern_id, ASK, actor_id=lead)

        assert only(kit, Conversation).status == "choosing"
        assert invites(kit) == []

    def test_asking_waits_for_the_morning(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)
        kit.clock.pass_time(hours=10)

        acting.close(kit.toolkit, concern_id, ASK, actor_id=lead)

        row = only(kit, OutboxMessage, OutboxMessage.purpose == "invite")
        assert row.due_at.isoformat() == "2026-09-16T08:00:00+00:00"

    def test_a_survey_stays_on_hold_while_another_item_holds_it(self, kit, concern_id, lead):
        text_from(kit, "i want to run away tonight")
        acting.take(kit.toolkit, concern_id, actor_id=lead)

        acting.close(kit.toolkit, concern_id, DONE, actor_id=lead)

        assert only(kit, Conversation).status == "paused"


class TestClosingAtTheSameMoment:
    def test_a_worry_that_arrives_while_an_item_is_closed_keeps_the_survey_on_hold(
        self, kit, concern_id, lead
    ):
        acting.take(kit.toolkit, concern_id, actor_id=lead)
        row = only(kit, Concern)
        with ThreadPoolExecutor(1) as colleague:
            with kit.toolkit.database.begin() as work:
                people.lock(work, row.person_id)
                closing = colleague.submit(acting.close, kit.toolkit, concern_id, DONE, actor_id=lead)
                time.sleep(0.3)
                conversations.lock(work, row.conversation_id)
                work.session.add(another(row))
            closing.result(timeout=10)

        assert only(kit, Concern, Concern.id == concern_id).state == "closed"
        assert only(kit, Conversation).status == "paused"

    def test_closing_waits_for_the_person_before_it_holds_the_item(self, kit, concern_id, lead):
        acting.take(kit.toolkit, concern_id, actor_id=lead)
        with ThreadPoolExecutor(1) as colleague:
            with kit.toolkit.database.begin() as work:
                people.lock(work, only(kit, Concern).person_id)
                closing = colleague.submit(acting.close, kit.toolkit, concern_id, DONE, actor_id=lead)
                time.sleep(0.3)
                seen = concerns.find(work, concern_id)
                assert seen.state == "taken"
            closing.result(timeout=10)

        assert only(kit, Concern).state == "closed"


def another(row):
    return Concern(
        reference="ZZ22",
        reason="concern",
        tier="T1",
        position_of_trust=False,
        message_id=row.message_id,
        person_id=row.person_id,
        conversation_id=row.conversation_id,
        raised_at=row.raised_at,
        due_at=row.due_at,
        state="new",
    )


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
