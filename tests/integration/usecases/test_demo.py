"""The demo: loaded once, into an empty database, by what the product really does."""

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from app.analysis.clocks import is_open
from app.reports.period import Quarter
from app.storage import audit
from app.storage.answers import Answer, MachineTag, TagReview
from app.storage.audit import AuditEntry, Subject
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage
from app.storage.people import Person, Team
from app.storage.staff import Staff
from app.usecases import accounts, demo, reporting
from app.usecases.demo import DemoHalfLoaded
from tests.factories import Kit, a_lead, a_person, make_kit
from tests.support.databases import BOTH

TABLES = (Answer, AuditEntry, Concern, Conversation, InboundMessage, OutboxMessage, Person, Staff, TagReview)
A_SATURDAY_NIGHT = dt.datetime(2026, 11, 21, 21, 0, tzinfo=dt.UTC)


def load(kit: Kit) -> str | None:
    return demo.load(kit.toolkit, hash_password=lambda password: f"hash of {len(password)} letters")


def rows(kit: Kit, table: type) -> list:
    with kit.toolkit.database.read() as work:
        return list(work.session.scalars(select(table)).unique())


def counts(kit: Kit) -> dict[str, int]:
    with kit.toolkit.database.read() as work:
        return {
            table.__tablename__: work.session.scalar(select(func.count()).select_from(table))
            for table in TABLES
        }


@pytest.fixture(scope="module", params=BOTH)
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """Load once for the module: the tests that share it only look, or prove that nothing changes."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("demo") / "heard.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        url = f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url_of(server.create(template=request.getfixturevalue("migrated_postgres")))
    kit = make_kit(url)
    kit.clock.now = A_SATURDAY_NIGHT
    load(kit)
    yield kit
    kit.toolkit.database.engine.dispose()


class TestWhatIsLoaded:
    def test_sixty_young_people_in_six_teams_with_eight_parents_and_carers(self, loaded):
        cohorts = Counter(person.cohort for person in rows(loaded, Person))

        assert cohorts == {"child_in_care": 32, "care_leaver": 28, "parent": 3, "carer": 5}
        assert len(rows(loaded, Team)) == 6

    def test_nothing_waits_and_nothing_was_handed_to_a_gateway(self, loaded):
        states = {message.state for message in rows(loaded, OutboxMessage)}

        assert states == {"sent", "carried"}
        assert loaded.gateway.sent == []
        assert loaded.mailer.sent == []
        assert loaded.woken == []

    def test_every_message_was_screened_and_every_reply_in_words_tagged(self, loaded):
        screened = {message.screening for message in rows(loaded, InboundMessage)}
        with_words = {answer.id for answer in rows(loaded, Answer) if answer.has_words}

        assert screened == {"clear", "concern"}
        assert len(with_words) > 150
        assert {tag.answer_id for tag in rows(loaded, MachineTag)} == with_words

    def test_the_replies_are_in_many_different_words(self, loaded):
        with loaded.toolkit.database.read() as work:
            texts = {
                work.unseal(answer, "text_sealed")
                for answer in work.session.scalars(select(Answer).where(Answer.has_words))
            }

        assert len(texts) >= 120

    def test_everything_lies_in_the_past_and_in_three_quarters(self, loaded):
        moments = [message.received_at for message in rows(loaded, InboundMessage)]

        assert max(moments) <= A_SATURDAY_NIGHT
        assert {Quarter.containing(moment).key for moment in moments} == {"2026-Q2", "2026-Q3", "2026-Q4"}

    def test_one_item_is_new_one_is_taken_and_the_rest_are_closed(self, loaded):
        states = Counter(item.state for item in rows(loaded, Concern))
        (new,) = [item for item in rows(loaded, Concern) if item.state == "new"]

        assert states["new"] == 1
        assert states["taken"] == 1
        assert states["closed"] >= 6
        assert new.reason == "concern"
        assert new.due_at > A_SATURDAY_NIGHT

    def test_every_item_was_taken_within_its_clock_and_none_that_is_open_is_overdue(self, loaded):
        items = rows(loaded, Concern)
        late = [item for item in items if item.taken_at is not None and item.taken_at > item.due_at]
        overdue = [item for item in items if item.state != "closed" and item.due_at < A_SATURDAY_NIGHT]

        assert late == []
        assert overdue == []

    def test_items_were_closed_while_the_team_is_at_work(self, loaded):
        week = loaded.toolkit.week
        closed = [item.closed_at for item in rows(loaded, Concern) if item.closed_at is not None]

        assert len(closed) >= 6
        assert [moment for moment in closed if not is_open(moment, week)] == []

    def test_no_worry_was_closed_without_anybody_doing_something(self, loaded):
        worries = [item for item in rows(loaded, Concern) if item.reason == "concern"]

        assert {item.outcome for item in worries if item.state == "closed"} == {"passed_to_allocated_worker"}

    def test_somebody_stopped_and_somebody_asked_for_help_and_a_call(self, loaded):
        taken_as = {message.taken_as for message in rows(loaded, InboundMessage)}

        assert {
            "command:stop",
            "command:help",
            "command:call_me",
            "call_time",
            "command:who",
            "command:wrong_number",
            "stranger",
        } <= taken_as
        assert "failed" not in taken_as

    def test_every_reply_was_understood_as_it_was_meant(self, loaded):
        unread = [a for a in rows(loaded, Answer) if a.kind != "open_text" and a.value_sealed is None]

        assert unread == []


class TestThePapers:
    def test_the_last_two_quarters_have_a_paper_at_once(self, loaded):
        (worker,) = [one.id for one in accounts.everyone(loaded.toolkit) if one.name == "Priya Nandra"]

        papers = [
            reporting.build_board_paper(loaded.toolkit, quarter, subjects={}, actor_id=worker)
            for quarter in ("2026-Q2", "2026-Q3")
        ]

        assert len(papers) == 2

    def test_replies_of_this_quarter_still_wait_for_a_person(self, loaded):
        reviewed = {review.answer_id for review in rows(loaded, TagReview)}
        waiting = [a for a in rows(loaded, Answer) if a.has_words and a.id not in reviewed]

        assert len(waiting) >= 20
        assert {Quarter.containing(answer.answered_at).key for answer in waiting} == {"2026-Q4"}


class TestLoadingOnce:
    def test_a_second_load_changes_nothing(self, loaded):
        before = counts(loaded)

        said = load(loaded)

        assert said is None
        assert counts(loaded) == before

    def test_a_database_with_people_is_left_alone(self, kit):
        a_person(kit)
        before = counts(kit)

        assert load(kit) is None
        assert counts(kit) == before

    def test_a_database_with_staff_is_left_alone(self, kit):
        a_lead(kit)
        before = counts(kit)

        assert load(kit) is None
        assert counts(kit) == before

    def test_a_load_that_was_broken_off_says_how_to_mend_it(self, kit):
        with kit.toolkit.database.begin() as work:
            audit.append(work, "demo.begun", Subject("demo", None), actor_id=None, at=kit.clock())

        with pytest.raises(DemoHalfLoaded, match="remove this database"):
            load(kit)


@pytest.mark.parametrize(
    "now",
    [dt.datetime(2027, 1, 1, 0, 20, tzinfo=dt.UTC), dt.datetime(2026, 7, 4, 8, 0, tzinfo=dt.UTC)],
    ids=["in-the-first-minutes-of-a-quarter", "in-the-first-days"],
)
def test_it_loads_on_any_day(sqlite_url, now):
    kit = make_kit(sqlite_url)
    kit.clock.now = now

    load(kit)

    moments = [message.received_at for message in rows(kit, InboundMessage)]
    assert max(moments) <= now
    assert Quarter.containing(now).key in {Quarter.containing(moment).key for moment in moments}
    kit.toolkit.database.engine.dispose()
