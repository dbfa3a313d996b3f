"""Publishing surveys."""

import pytest
from sqlalchemy import func, select

from app.shared.errors import NotFound, Rejected
from app.storage.surveys import SurveyVersion
from app.usecases import accounts, links, surveys
from app.usecases.accounts import TooFewLeads
from tests.factories import a_lead
from tests.factories.rows import THREE_QUESTIONS


@pytest.fixture(autouse=True)
def leads(kit):
    """Have two people whom a disclosure alerts: nothing is published without them."""
    return a_lead(kit, email="one@example.org"), a_lead(kit, email="two@example.org", phone=None)


def count(kit):
    with kit.toolkit.database.read() as work:
        return work.session.scalar(select(func.count()).select_from(SurveyVersion))


def test_a_published_file_is_shown_as_it_is_asked(kit):
    survey_id = surveys.publish_file(kit.toolkit, THREE_QUESTIONS.encode("utf-8-sig"), actor_id=None)

    page = surveys.page(kit.toolkit, survey_id)
    assert page.line.version == 1
    assert [question.prompt for question in page.questions] == [
        "How settled do you feel? 1 not at all ... 5 very",
        "What would make things better?",
        "Is there anything else you want to say?",
    ]


def test_where_answers_lead_is_shown_in_words(kit):
    surveys.publish_shipped(kit.toolkit, "pulse-11-17", actor_id=None)
    (line,) = surveys.published(kit.toolkit)

    leads = [lead for question in surveys.page(kit.toolkit, line.id).questions for lead in question.leads]

    assert leads == ["No: question 4", "Anything else: question 5"]


def test_a_broken_file_tells_every_fault_with_its_place_and_publishes_nothing(kit):
    broken = THREE_QUESTIONS.replace("kind: scale", "kind: guess").replace("id: anything", "id: better")

    with pytest.raises(Rejected) as rejected:
        surveys.publish_file(kit.toolkit, broken.encode(), actor_id=None)

    assert len(rejected.value.faults) >= 1
    assert all(fault.place.startswith("line ") for fault in rejected.value.faults)
    assert count(kit) == 0


def test_a_file_that_is_no_text_is_refused(kit):
    with pytest.raises(Rejected, match="is not a text file"):
        surveys.publish_file(kit.toolkit, b"\xff\xfe\x00", actor_id=None)


def test_a_published_version_never_changes(kit):
    surveys.publish_file(kit.toolkit, THREE_QUESTIONS.encode(), actor_id=None)

    with pytest.raises(Rejected, match="should be 2"):
        surveys.publish_file(kit.toolkit, THREE_QUESTIONS.encode(), actor_id=None)

    assert count(kit) == 1


def test_a_version_may_not_be_skipped(kit):
    with pytest.raises(Rejected, match="should be 1"):
        surveys.publish_file(
            kit.toolkit, THREE_QUESTIONS.replace("version: 1", "version: 2").encode(), actor_id=None
        )


def test_the_next_version_takes_the_place_of_the_one_before(kit):
    surveys.publish_file(kit.toolkit, THREE_QUESTIONS.encode(), actor_id=None)
    surveys.publish_file(
        kit.toolkit, THREE_QUESTIONS.replace("version: 1", "version: 2").encode(), actor_id=None
    )

    assert [line.version for line in surveys.published(kit.toolkit)] == [2]


def test_a_shipped_survey_is_published_once(kit):
    ready = {line.key for line in surveys.shipped(kit.toolkit)}

    surveys.publish_shipped(kit.toolkit, "pulse-11-17", actor_id=None)

    assert ready - {line.key for line in surveys.shipped(kit.toolkit)} == {"pulse-11-17"}


def test_a_shipped_survey_that_does_not_exist_is_not_found(kit):
    with pytest.raises(NotFound):
        surveys.publish_shipped(kit.toolkit, "no-such-survey", actor_id=None)


def test_a_closed_link_opens_nothing_more(kit):
    actor = a_lead(kit)
    survey_id = surveys.publish_file(kit.toolkit, THREE_QUESTIONS.encode(), actor_id=actor)
    address = links.make_open_link(kit.toolkit, survey_id, actor_id=actor, days=7)
    (link,) = surveys.page(kit.toolkit, survey_id).links

    surveys.close_link(kit.toolkit, survey_id, link.id, actor_id=actor)

    assert surveys.page(kit.toolkit, survey_id).links == ()
    with pytest.raises(NotFound):
        surveys.close_link(kit.toolkit, survey_id, link.id, actor_id=actor)
    assert address.startswith("https://heard.example.org/s/")


def test_nothing_is_published_while_fewer_than_two_leads_would_be_alerted(kit, leads):
    accounts.switch(kit.toolkit, leads[1], is_active=False, actor_id=leads[0])

    with pytest.raises(TooFewLeads, match="Fewer than two named safeguarding leads"):
        surveys.publish_shipped(kit.toolkit, "pulse-11-17", actor_id=None)

    assert count(kit) == 0
