"""A job that breaks tells no words to the log, and stands in nobody's way."""

import dataclasses

import pytest
from sqlalchemy import select

from app import tasks
from app.analysis import tagger
from app.storage.answers import Answer
from tests.factories import a_lead, a_person, a_survey, an_invitation, make_kit, text_from
from tests.integration.tasks.test_sweeping import published


@pytest.fixture
def breaking():
    return {"with": None}


@pytest.fixture
def kit(database_url, breaking):
    def tag(text, *, question=""):
        if breaking["with"] is not None:
            raise breaking["with"]
        return tagger.tag(text, question=question)

    kit = make_kit(database_url, tag=tag)
    yield kit
    kit.toolkit.database.engine.dispose()


@pytest.fixture
def queue(tmp_path, kit):
    queue = tasks.make_queue("filesystem://", tmp_path)
    tasks.register(queue, kit.toolkit)
    return queue


@pytest.fixture
def answer_id(kit):
    an_invitation(kit, a_person(kit), a_survey(kit))
    for text in ("1", "4", "more time outside"):
        text_from(kit, text)
    with kit.toolkit.database.read() as work:
        return work.session.scalars(select(Answer.id).where(Answer.question_id == "better")).one()


def swept(queue, folder) -> list[tuple[str, str]]:
    queue.tasks["sweep"]()
    jobs = published(folder)
    for path in (folder / "jobs").iterdir():
        path.unlink()
    return jobs


def test_a_jobs_exception_is_told_by_its_type_alone(queue, breaking, answer_id, caplog):
    breaking["with"] = ValueError("words of a child")

    result = queue.tasks["tag"].apply(args=[str(answer_id)])

    assert result.successful()
    assert f"tag of {answer_id} raised ValueError" in caplog.text
    assert "words of a child" not in caplog.text


def test_a_sweep_that_breaks_is_told_by_its_type_alone(kit, tmp_path, caplog):
    def stopped_clock():
        raise ValueError("words of a child")

    queue = tasks.make_queue("filesystem://", tmp_path)
    tasks.register(queue, dataclasses.replace(kit.toolkit, clock=stopped_clock))

    result = queue.tasks["sweep"].apply()

    assert result.successful()
    assert "sweep of everything raised ValueError" in caplog.text
    assert "words of a child" not in caplog.text


def test_an_answer_that_cannot_be_tagged_rests_ten_minutes(queue, kit, breaking, answer_id, tmp_path):
    breaking["with"] = ValueError("words of a child")
    queue.tasks["tag"](str(answer_id))

    assert swept(queue, tmp_path) == []
    kit.clock.pass_time(minutes=9)
    assert swept(queue, tmp_path) == []
    kit.clock.pass_time(minutes=1)
    assert swept(queue, tmp_path) == [("tag", str(answer_id))]


def test_an_answer_that_does_not_open_stays_untagged_and_hides_no_other(queue, kit, answer_id, tmp_path):
    with kit.toolkit.database.begin() as work:
        work.session.get_one(Answer, answer_id).text_sealed = "retired:AAAA"
    text_from(kit, "nothing else, thanks for asking")
    queue.tasks["tag"](str(answer_id))

    ((task, row_id),) = swept(queue, tmp_path)
    queue.tasks[task](row_id)

    with kit.toolkit.database.read() as work:
        tagged = {row.question_id: row.tagged_at is not None for row in work.session.scalars(select(Answer))}
    assert tagged == {"settled": False, "better": False, "anything": True}


def test_an_alert_never_rests(queue, kit, tmp_path):
    a_lead(kit)
    text_from(kit, "my foster dad hits me")
    (alert, *_) = [row_id for task, row_id in kit.woken if task == "alert"]
    kit.gateway.fails_with = RuntimeError("words")

    queue.tasks["alert"](str(alert))
    kit.clock.pass_time(seconds=30)

    assert ("alert", str(alert)) in swept(queue, tmp_path)
