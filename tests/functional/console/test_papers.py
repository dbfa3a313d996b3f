"""Board papers, where the database no longer holds what was built."""

from sqlalchemy import update

from app.storage.papers import BoardPaper
from app.usecases import reporting
from tests.factories import a_lead, a_person, a_survey, an_invitation


def test_a_paper_that_was_changed_is_said_loudly_in_every_form(kit, enter):
    an_invitation(kit, a_person(kit), a_survey(kit))
    kit.clock.pass_time(days=30)
    paper = reporting.build_board_paper(kit.toolkit, "2026-Q3", subjects={}, actor_id=a_lead(kit))
    client = enter("participation_worker")
    paths = [f"/staff/papers/{paper}{form}" for form in ("", "/paper.pdf", "/paper.docx")]
    before = [client.get(path).status_code for path in paths]
    with kit.toolkit.database.begin() as work:
        work.session.execute(update(BoardPaper).values(subjects={"care_leavers": ["Other words"]}))

    after = [client.get(path) for path in paths]

    assert before == [200, 200, 200]
    assert [answer.status_code for answer in after] == [422, 422, 422]
    assert all("somebody has changed it in the database" in answer.text for answer in after)
