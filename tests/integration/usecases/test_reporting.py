"""A board paper: refused while a reply waits, built, checked by a second person, released and frozen."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.reports.period import Quarter, QuarterNotOver
from app.reports.report import PaperStatus
from app.shared.errors import NotFound, Rejected
from app.storage.answers import Answer, TagReview
from app.storage.papers import BoardPaper
from app.usecases import reporting
from app.usecases.collecting import collect
from app.usecases.reporting import (
    AlreadyReleased,
    NobodyAsked,
    PaperAltered,
    RepliesUnconfirmed,
    SecondPersonNeeded,
)
from tests.factories import Kit, a_lead, a_person, a_survey, an_invitation, text_from

QUARTER = "2026-Q3"


@pytest.fixture
def staff(kit):
    return a_lead(kit, email="one@example.org"), a_lead(kit, email="two@example.org")


@pytest.fixture
def heard(kit, staff) -> Kit:
    """Twelve people have answered in the quarter, and the quarter is over."""
    survey = a_survey(kit)
    for number in range(12):
        phone = f"+4477009001{number:02d}"
        an_invitation(kit, a_person(kit, phone=phone), survey)
        text_from(kit, "1", phone=phone)
        text_from(kit, "4", phone=phone)
        text_from(kit, "more time with my social worker", phone=phone)
    kit.work_off()
    kit.clock.now = dt.datetime(2026, 10, 2, 9, tzinfo=dt.UTC)
    return kit


def confirm_all(kit: Kit, reviewer_id, themes=("worker",)) -> None:
    with kit.toolkit.database.begin() as work:
        for answer in work.session.scalars(select(Answer).where(Answer.has_words)):
            work.session.add(
                TagReview(
                    answer_id=answer.id,
                    reviewer_id=reviewer_id,
                    sentiment="negative",
                    themes=list(themes),
                    reviewed_at=kit.clock(),
                )
            )


@pytest.fixture
def draft(heard, staff):
    confirm_all(heard, staff[0])
    return reporting.build_board_paper(heard.toolkit, QUARTER, subjects={}, actor_id=staff[0])


def test_a_quarter_that_is_running_is_refused(heard, staff):
    with pytest.raises(QuarterNotOver):
        reporting.build_board_paper(heard.toolkit, "2026-Q4", subjects={}, actor_id=staff[0])


def test_a_quarter_in_which_nobody_was_asked_is_refused(heard, staff):
    with pytest.raises(NobodyAsked, match="Nobody was asked or answered in April to June 2026"):
        reporting.build_board_paper(heard.toolkit, "2026-Q2", subjects={}, actor_id=staff[0])

    assert reporting.list_papers(heard.toolkit, released_only=False) == []


def test_the_surveys_of_a_quarter_are_told_apart_by_whom_they_were_for(heard, staff, draft):
    report = reporting.read_paper(heard.toolkit, draft, actor_id=staff[0], released_only=False)

    assert "Questions of “Three questions”: Children in care" in reporting.as_web_page(report)


def test_unconfirmed_replies_are_refused_with_the_whole_list(heard, staff):
    with pytest.raises(RepliesUnconfirmed) as refused:
        reporting.build_board_paper(heard.toolkit, QUARTER, subjects={}, actor_id=staff[0])

    assert len(refused.value.faults) == 12
    assert "Quiet Heron" in refused.value.faults[0].place
    with heard.toolkit.database.read() as work:
        assert work.session.scalars(select(BoardPaper)).all() == []


def test_the_draft_counts_people_in_their_group(heard, staff, draft):
    report = reporting.read_paper(heard.toolkit, draft, actor_id=staff[0], released_only=False)

    assert report.status is PaperStatus.DRAFT
    assert report.mark is not None
    assert "Children in our care" in reporting.as_web_page(report)


def test_whoever_prepared_it_cannot_check_it(heard, staff, draft):
    with pytest.raises(SecondPersonNeeded):
        reporting.check_paper(heard.toolkit, draft, actor_id=staff[0])


def test_an_unchecked_paper_cannot_be_released(heard, staff, draft):
    with pytest.raises(Rejected):
        reporting.release_paper(heard.toolkit, draft, actor_id=staff[1])


def test_a_released_paper_is_frozen_and_marked_for_the_board(heard, staff, draft):
    reporting.check_paper(heard.toolkit, draft, actor_id=staff[1])
    reporting.release_paper(heard.toolkit, draft, actor_id=staff[1])
    before = reporting.as_web_page(
        reporting.read_paper(heard.toolkit, draft, actor_id=staff[0], released_only=True)
    )
    confirm_all(heard, staff[1], themes=("home", "money"))

    report = reporting.read_paper(heard.toolkit, draft, actor_id=staff[0], released_only=True)

    assert report.mark == "For members of the board. Not for publication"
    assert reporting.as_web_page(report) == before


def test_a_quarter_is_released_once(heard, staff, draft):
    reporting.check_paper(heard.toolkit, draft, actor_id=staff[1])
    reporting.release_paper(heard.toolkit, draft, actor_id=staff[1])

    with pytest.raises(AlreadyReleased):
        reporting.build_board_paper(heard.toolkit, QUARTER, subjects={}, actor_id=staff[0])


def test_readers_of_released_papers_cannot_find_a_draft(heard, staff, draft):
    with pytest.raises(NotFound):
        reporting.read_paper(heard.toolkit, draft, actor_id=staff[0], released_only=True)
    assert reporting.list_papers(heard.toolkit, released_only=True) == []


def test_a_paper_that_is_not_there_is_not_found(kit, staff):
    with pytest.raises(NotFound):
        reporting.read_paper(kit.toolkit, uuid4(), actor_id=staff[0], released_only=False)


ALTERED = {
    "figures": lambda paper: another_number(paper.figures),
    "method": lambda paper: paper.method.replace("Three questions", "Four questions"),
    "subjects": lambda paper: {"care_leavers": ["Words that nobody built"]},
    "quarter": lambda paper: "2026-Q1",
}


def another_number(figures):
    """Return the stored figures with one digit raised by one."""
    return re.sub(r"[1-8]", lambda found: str(int(found[0]) + 1), figures, count=1)


@pytest.mark.parametrize("column", sorted(ALTERED))
def test_a_paper_that_was_changed_in_the_database_is_refused_loudly(heard, staff, draft, column):
    reporting.check_paper(heard.toolkit, draft, actor_id=staff[1])
    reporting.release_paper(heard.toolkit, draft, actor_id=staff[1])
    with heard.toolkit.database.begin() as work:
        paper = work.session.get_one(BoardPaper, draft)
        before = getattr(paper, column)
        setattr(paper, column, ALTERED[column](paper))
        assert getattr(paper, column) != before

    with pytest.raises(PaperAltered, match="no longer what was built"):
        reporting.read_paper(heard.toolkit, draft, actor_id=staff[0], released_only=True)


def test_a_changed_draft_is_neither_checked_nor_released(heard, staff, draft):
    with heard.toolkit.database.begin() as work:
        work.session.get_one(BoardPaper, draft).subjects = {"care_leavers": ["Words that nobody built"]}

    with pytest.raises(PaperAltered):
        reporting.check_paper(heard.toolkit, draft, actor_id=staff[1])
    with pytest.raises(PaperAltered):
        reporting.release_paper(heard.toolkit, draft, actor_id=staff[1])


def test_the_next_paper_is_not_built_on_one_that_was_changed(heard, staff, draft):
    reporting.check_paper(heard.toolkit, draft, actor_id=staff[1])
    reporting.release_paper(heard.toolkit, draft, actor_id=staff[1])
    with heard.toolkit.database.begin() as work:
        paper = work.session.get_one(BoardPaper, draft)
        paper.figures = another_number(paper.figures)
    heard.clock.now = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)

    with pytest.raises(PaperAltered):
        reporting.build_board_paper(heard.toolkit, "2026-Q4", subjects={}, actor_id=staff[0])


def test_people_are_counted_once_however_much_they_say(heard, staff):
    confirm_all(heard, staff[0])
    with heard.toolkit.database.read() as work:
        records = collect(work, Quarter(2026, 3))

    assert sum(one.answered for one in records.asked) == 12
    assert len(records.mentions) == 12
