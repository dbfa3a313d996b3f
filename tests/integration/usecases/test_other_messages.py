"""Messages that are neither an answer nor a command."""

import pytest
from sqlalchemy import select

from app.shared.errors import NotFound
from app.storage.answers import Answer
from app.storage.audit import AuditEntry
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.messages import InboundMessage
from app.usecases import acting, desk, other_messages
from app.usecases.acting import Closing
from tests.factories import a_lead, a_person, a_survey, an_invitation, text_from

WORRYING = "someone hits me at home"


@pytest.fixture
def lead(kit):
    return a_lead(kit)


@pytest.fixture
def worker(kit, lead):
    return a_lead(kit, email="worker@example.org", phone=None)


@pytest.fixture
def asked(kit, worker):
    """Return a person who is in the middle of a survey."""
    person_id = a_person(kit)
    an_invitation(kit, person_id, a_survey(kit))
    text_from(kit, "1")
    kit.clock.pass_time(minutes=1)
    return person_id


def listing(kit, actor, *, page=1, sees_concerns=False):
    return other_messages.list_messages(kit.toolkit, page=page, actor_id=actor, sees_concerns=sees_concerns)


def texts(kit, actor):
    return [one.text for one in listing(kit, actor).messages]


def message_id(kit):
    """Return the id of the message that came last."""
    with kit.toolkit.database.read() as work:
        return work.session.scalars(
            select(InboundMessage.id).order_by(InboundMessage.received_at.desc())
        ).first()


def count(kit, action):
    with kit.toolkit.database.read() as work:
        return len(work.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all())


class TestWhatIsListed:
    def test_words_when_nothing_was_asked(self, kit, worker):
        a_person(kit)

        text_from(kit, "can you tell my worker i miss my brother")

        (one,) = listing(kit, worker).messages
        assert one.text == "can you tell my worker i miss my brother"
        assert one.who.startswith("Quiet Heron")
        assert (one.team, one.why, one.is_unread) == ("North team", "It answers no question of ours", True)

    def test_words_that_are_no_answer_to_the_question(self, kit, asked, worker):
        text_from(kit, "what does settled even mean")

        assert texts(kit, worker) == ["what does settled even mean"]

    def test_words_after_the_end(self, kit, asked, worker):
        for text in ("4", "more time outside", "no"):
            text_from(kit, text)

        text_from(kit, "thanks for asking")

        assert texts(kit, worker) == ["thanks for asking"]

    def test_words_while_the_survey_is_on_hold(self, kit, asked, worker):
        text_from(kit, "4")
        text_from(kit, WORRYING)
        kit.clock.pass_time(minutes=1)

        text_from(kit, "is anybody there")

        assert texts(kit, worker) == ["is anybody there"]

    def test_a_picture_is_listed_though_nothing_is_written_and_though_it_came_with_an_answer(
        self, kit, asked, worker
    ):
        text_from(kit, "4", media_count=2)
        text_from(kit, "", media_count=1)

        found = listing(kit, worker).messages

        assert sorted((one.text, one.pictures) for one in found) == [("", 1), ("4", 2)]

    def test_words_of_a_number_that_we_do_not_know(self, kit, worker):
        text_from(kit, "who has this number now please", phone="+447700900071")

        (one,) = listing(kit, worker, sees_concerns=True).messages
        assert one.who == "A number we do not know"

    def test_words_that_our_own_mistake_left_over(self, kit, worker):
        a_person(kit)
        text_from(kit, "hello you")
        with kit.toolkit.database.begin() as work:
            work.session.scalars(select(InboundMessage)).one().taken_as = None

        assert texts(kit, worker) == ["hello you"]

    @pytest.mark.parametrize("said", ["1", "4", "STOP", "call me", "skip", " 2. "])
    def test_answers_digits_and_commands_are_not(self, kit, asked, worker, said):
        text_from(kit, said)

        assert texts(kit, worker) == []

    @pytest.mark.parametrize("said", ["1", " 2. ", "skip", ""])
    def test_a_digit_that_answers_nothing_is_not(self, kit, worker, said):
        a_person(kit)

        text_from(kit, said)

        assert texts(kit, worker) == []

    def test_answers_in_words_are_not(self, kit, asked, worker):
        text_from(kit, "4")
        text_from(kit, "more time outside")

        assert texts(kit, worker) == []


class TestReading:
    def test_unread_ones_stand_first_then_the_newest(self, kit, worker):
        a_person(kit)
        for text in ("first words", "second words", "third words"):
            kit.clock.pass_time(minutes=1)
            text_from(kit, text)
        other_messages.mark_read(kit.toolkit, message_id(kit), actor_id=worker, sees_concerns=False)

        assert texts(kit, worker) == ["second words", "first words", "third words"]
        assert other_messages.count_unread(kit.toolkit) == 2

    def test_who_read_it_is_kept_once(self, kit, worker, lead):
        a_person(kit)
        text_from(kit, "some words")
        read = message_id(kit)

        other_messages.mark_read(kit.toolkit, read, actor_id=worker, sees_concerns=False)
        other_messages.mark_read(kit.toolkit, read, actor_id=lead, sees_concerns=True)

        (one,) = listing(kit, worker).messages
        assert (one.read_by, one.read_at) == ("Pat worker@example.org", kit.clock.now)
        assert count(kit, "message.marked_read") == 1

    def test_each_look_is_kept(self, kit, worker):
        a_person(kit)
        text_from(kit, "some words")

        listing(kit, worker)
        listing(kit, worker)

        assert count(kit, "message.read") == 2

    def test_every_message_stands_on_one_page(self, kit, worker):
        a_person(kit)
        for number in range(25):
            text_from(kit, f"words number {number}")

        pages = [listing(kit, worker, page=page) for page in (0, 2, 99)]

        assert [(one.page, one.pages, len(one.messages)) for one in pages] == [
            (1, 2, 20),
            (2, 2, 5),
            (2, 2, 5),
        ]
        assert len({one.id for page in pages for one in page.messages}) == 25

    def test_an_answer_cannot_be_marked_here(self, kit, asked, worker):
        text_from(kit, "4")

        with pytest.raises(NotFound):
            other_messages.mark_read(kit.toolkit, message_id(kit), actor_id=worker, sees_concerns=False)


class TestWordsWithTheLead:
    @pytest.fixture
    def worrying_id(self, kit, worker):
        a_person(kit)
        text_from(kit, WORRYING)
        return message_id(kit)

    def test_they_are_withheld_from_who_does_not_see_the_queue(self, kit, worrying_id, worker):
        (one,) = listing(kit, worker).messages

        assert (one.is_withheld, one.text) == (True, "")
        assert count(kit, "message.read") == 0

    def test_nobody_marks_what_they_could_not_read(self, kit, worrying_id, worker):
        other_messages.mark_read(kit.toolkit, worrying_id, actor_id=worker, sees_concerns=False)

        assert listing(kit, worker).messages[0].read_at is None

    def test_they_are_shown_to_the_lead_and_are_not_counted_as_unread(self, kit, worrying_id, lead):
        (one,) = listing(kit, lead, sees_concerns=True).messages

        assert one.text == WORRYING
        assert other_messages.count_unread(kit.toolkit) == 0

    def test_they_come_back_once_the_item_is_closed(self, kit, worrying_id, lead, worker):
        (item,) = desk.queue(kit.toolkit)
        acting.take(kit.toolkit, item.id, actor_id=lead)
        closing = Closing(outcome="no_further_action", note="Spoke with them.", told="yes")
        acting.close(kit.toolkit, item.id, closing, actor_id=lead)

        assert texts(kit, worker) == [WORRYING]


class TestSendingOnByHand:
    def test_it_queues_the_message_pauses_the_survey_and_counts_as_read(self, kit, asked, worker):
        text_from(kit, "what does settled even mean")

        acting.raise_message_by_hand(kit.toolkit, message_id(kit), actor_id=worker)

        with kit.toolkit.database.read() as work:
            item = work.session.scalars(select(Concern)).one()
            assert (item.reason, item.tier) == ("missed", "T1")
            assert work.session.scalars(select(Conversation.status)).one() == "paused"
            assert work.session.get_one(InboundMessage, item.message_id).read_by == worker

    def test_a_second_press_changes_nothing(self, kit, asked, worker):
        text_from(kit, "what does settled even mean")

        acting.raise_message_by_hand(kit.toolkit, message_id(kit), actor_id=worker)
        acting.raise_message_by_hand(kit.toolkit, message_id(kit), actor_id=worker)

        assert len(desk.queue(kit.toolkit)) == 1

    def test_what_is_an_answer_is_not_found_here(self, kit, asked, worker):
        text_from(kit, "4")
        with kit.toolkit.database.read() as work:
            answered = work.session.scalars(select(Answer.inbound_id)).one()

        with pytest.raises(NotFound):
            acting.raise_message_by_hand(kit.toolkit, answered, actor_id=worker)
