"""The sweeper publishes what the rows say is due, and a job calls the use case that it names."""

import base64
import json
from uuid import UUID

import pytest

from app import tasks
from app.tasks.resting import RestingRows
from app.tasks.work import sweep
from tests.factories import a_lead, a_person, a_survey, an_invitation, make_kit, text_from


@pytest.fixture
def kit(sqlite_url):
    kit = make_kit(sqlite_url)
    yield kit
    kit.toolkit.database.engine.dispose()


@pytest.fixture
def queue(tmp_path, kit):
    queue = tasks.make_queue("filesystem://", tmp_path)
    tasks.register(queue, kit.toolkit)
    return queue


def published(folder) -> list[tuple[str, str]]:
    jobs = [json.loads(path.read_text()) for path in sorted((folder / "jobs").iterdir())]
    return [(job["headers"]["task"], json.loads(base64.b64decode(job["body"]))[0][0]) for job in jobs]


def test_an_alert_and_an_untagged_answer_that_nobody_was_woken_for_are_published(kit, queue, tmp_path):
    a_lead(kit)
    an_invitation(kit, a_person(kit), a_survey(kit))
    for text in ("1", "4", "my foster dad hits me"):
        text_from(kit, text)
    lost, kit.woken[:] = list(kit.woken), []

    sweep(queue, kit.toolkit, RestingRows())

    assert sorted(published(tmp_path)) == sorted((task, str(row_id)) for task, row_id in lost)


def test_a_published_job_calls_its_use_case(kit, queue):
    a_lead(kit)
    a_person(kit)
    text_from(kit, "my foster dad hits me")

    for task, row_id in kit.woken:
        queue.tasks[task](str(row_id))

    assert [to for to, _ in kit.gateway.sent] == ["+447700900801"]
    assert all(isinstance(row_id, UUID) for _, row_id in kit.woken)


def test_the_sweep_job_sweeps(kit, queue, tmp_path):
    a_lead(kit)
    a_person(kit)
    text_from(kit, "my foster dad hits me")

    queue.tasks["sweep"]()

    assert {task for task, _ in published(tmp_path)} == {"alert"}
