"""Replies as staff read them, and their tags."""

import pytest
from sqlalchemy import select

from app.shared.errors import NotFound, Rejected
from app.storage.answers import Answer, MachineTag, TagReview
from app.storage.audit import AuditEntry
from app.usecases import acting, responses, tagging
from app.usecases.acting import Closing
from app.usecases.responses import Wanted
from tests.factories import a_lead, a_person, a_survey, an_invitation, text_from

WORRYING = "someone hits me at home"


@pytest.fixture
def lead(kit):
    return a_lead(kit)


@pytest.fixture
def worker(kit):
    return a_lead(kit, email="worker@example.org", phone=None)


@pytest.fixture
def answer_id(kit, lead):
    """Return a reply of which the machine says that it is about a worker who keeps changing."""
    an_invitation(kit, a_person(kit), a_survey(kit))
    for text in ("1", "4", "i hate that my social worker keeps changing"):
        text_from(kit, text)
    kit.work_off()
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(Answer.id).where(Answer.question_id == "better")).one()


def list_all(kit, actor, wanted=None, *, sees_concerns=False):
    return responses.list_replies(
        kit.toolkit, wanted or Wanted(), actor_id=actor, sees_concerns=sees_concerns
    )


def count(kit, table, *where):
    with kit.toolkit.database.read() as work:
        return len(work.session.scalars(select(table).where(*where)).all())


def test_a_reply_is_shown_by_designation_with_the_words_that_caused_each_tag(kit, answer_id, worker):
    (reply,) = list_all(kit, worker).replies

    assert reply.who.startswith("Quiet Heron")
    assert (reply.question, reply.team) == ("What would make things better?", "North team")
    assert "worker_changes" in [theme.key for theme in reply.themes]
    assert all(theme.words for theme in reply.themes)
    assert "".join(piece.text for piece in reply.words) == "i hate that my social worker keeps changing"


def test_each_reading_is_kept(kit, answer_id, worker):
    list_all(kit, worker)
    responses.open_reply(kit.toolkit, answer_id, actor_id=worker, sees_concerns=False)

    assert count(kit, AuditEntry, AuditEntry.action == "reply.read", AuditEntry.actor_id == worker) == 2


def test_confirming_keeps_the_machines_tags_as_a_persons_beside_them(kit, answer_id, worker):
    machine = count(kit, MachineTag)

    tagging.confirm_tags(kit.toolkit, answer_id, reviewer_id=worker)

    (reply,) = list_all(kit, worker).replies
    assert reply.review is not None
    assert set(reply.review.themes) == {theme.key for theme in reply.themes}
    assert reply.review.sentiment == reply.sentiment.key
    assert count(kit, MachineTag) == machine


def test_a_correction_counts_and_the_machines_tags_stay(kit, answer_id, worker):
    tagging.confirm_tags(kit.toolkit, answer_id, reviewer_id=worker)
    kit.clock.pass_time(minutes=1)

    tagging.correct_tags(
        kit.toolkit, answer_id, reviewer_id=worker, sentiment="mixed", themes=["voice", "worker"]
    )

    (reply,) = list_all(kit, worker).replies
    assert reply.review.sentiment == "mixed"
    assert reply.review.themes == ("worker", "voice")
    assert "worker_changes" in [theme.key for theme in reply.themes]
    assert count(kit, TagReview) == 2


def test_a_correction_tells_every_fault_at_once(kit, answer_id, worker):
    with pytest.raises(Rejected) as rejected:
        tagging.correct_tags(
            kit.toolkit, answer_id, reviewer_id=worker, sentiment="furious", themes=["no_such_theme"]
        )

    assert [fault.place for fault in rejected.value.faults] == ["sentiment", "themes"]
    assert count(kit, TagReview) == 0


def test_what_the_machine_has_not_tagged_cannot_be_confirmed(kit, lead, worker):
    an_invitation(kit, a_person(kit), a_survey(kit))
    for text in ("1", "4", "more time outside"):
        text_from(kit, text)
    (reply,) = list_all(kit, worker).replies

    with pytest.raises(Rejected, match="not tagged yet"):
        tagging.confirm_tags(kit.toolkit, reply.id, reviewer_id=worker)


def test_only_the_unconfirmed_are_listed_when_asked_for(kit, answer_id, worker):
    tagging.confirm_tags(kit.toolkit, answer_id, reviewer_id=worker)

    assert list_all(kit, worker, Wanted(unconfirmed_only=True)).total == 0
    assert responses.count_unconfirmed(kit.toolkit) == 0


@pytest.mark.parametrize(
    ("wanted", "total"),
    [
        (Wanted(quarter="2026-Q3"), 1),
        (Wanted(quarter="2026-Q2"), 0),
        (Wanted(survey="three-questions"), 1),
        (Wanted(survey="not\x00there"), 1),
        (Wanted(quarter="nonsense", page=-4), 1),
        (Wanted(quarter="9999-Q4", page=999), 1),
    ],
)
def test_the_list_is_narrowed_by_what_is_understood(kit, answer_id, worker, wanted, total):
    assert list_all(kit, worker, wanted).total == total


class TestWordsWithTheLead:
    @pytest.fixture
    def worrying_id(self, kit, lead):
        an_invitation(kit, a_person(kit), a_survey(kit))
        for text in ("1", "4", WORRYING):
            text_from(kit, text)
        kit.work_off()
        with kit.toolkit.database.read() as work:
            return work.session.scalars(select(Answer.id).where(Answer.question_id == "better")).one()

    def test_they_are_withheld_from_who_does_not_see_the_queue(self, kit, worrying_id, worker):
        (reply,) = list_all(kit, worker).replies

        assert reply.is_withheld
        assert reply.words == ()
        assert reply.themes == ()
        assert reply.sentiment is None
        assert count(kit, AuditEntry, AuditEntry.action == "reply.read") == 0

    def test_they_are_shown_to_the_lead(self, kit, worrying_id, lead):
        (reply,) = list_all(kit, lead, sees_concerns=True).replies

        assert "".join(piece.text for piece in reply.words) == WORRYING

    def test_nobody_tags_them_meanwhile(self, kit, worrying_id, worker):
        with pytest.raises(NotFound):
            tagging.confirm_tags(kit.toolkit, worrying_id, reviewer_id=worker)
        with pytest.raises(NotFound):
            tagging.correct_tags(
                kit.toolkit, worrying_id, reviewer_id=worker, sentiment="negative", themes=[]
            )

    def test_they_come_back_once_the_item_is_closed(self, kit, worrying_id, lead, worker):
        from_queue = acting.desk.queue(kit.toolkit)[0].id
        acting.take(kit.toolkit, from_queue, actor_id=lead)
        closing = Closing(outcome="no_further_action", note="Spoke with them.", told="yes")
        acting.close(kit.toolkit, from_queue, closing, actor_id=lead)

        (reply,) = list_all(kit, worker).replies

        assert not reply.is_withheld
