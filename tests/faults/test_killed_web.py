"""Web processes are killed under load: what was acknowledged is stored once, and acted on once."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import func, or_, select

from app.storage.answers import Answer
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage
from tests.factories import Kit, a_lead, a_person, a_survey, an_invitation, make_kit
from tests.faults.provider import Provider
from tests.support.servers import RunningApp, Serve

pytestmark = pytest.mark.faults

PHONES = [f"+44770090000{number}" for number in range(8)]
QUESTIONS = 10
KILL_EVERY = 0.25
WORRYING = "i dont feel safe at home"
TEN_QUESTIONS = """
key: ten-questions
version: 1
title: Ten questions
cohorts: [child_in_care]
questions:
""" + "".join(
    f"""  - id: question_{number}
    kind: open_text
    text: "What is thing number {number} that you like?"
"""
    for number in range(1, QUESTIONS + 1)
)
TEN_QUESTIONS += 'closing: "Thanks, that is all we wanted to ask."\n'


@pytest.fixture
def kit(database_url: str) -> Iterator[Kit]:
    """Eight people who have been invited, and somebody who is alerted."""
    kit = make_kit(database_url)
    a_lead(kit)
    survey = a_survey(kit, TEN_QUESTIONS)
    for phone in PHONES:
        an_invitation(kit, a_person(kit, phone=phone), survey)
    yield kit
    kit.toolkit.database.engine.dispose()


@pytest.fixture
def app(serve: Serve, database_url: str, kit: Kit) -> RunningApp:
    # Loaded before it forks: a process that is killed every quarter of a second must be back at once.
    return serve(database_url, workers=2, GUNICORN_CMD_ARGS="--preload")


def texts_of(phone: str) -> list[tuple[str, str]]:
    """Return what one phone sends, with the provider's ids: yes, nine likes, and one worry."""
    likes = [f"the {number}. thing is football" for number in range(1, QUESTIONS)]
    return [
        (f"SM{phone[-1]}{number:031d}", text) for number, text in enumerate(["1", *likes, WORRYING], start=1)
    ]


@contextmanager
def killing_workers(app: RunningApp) -> Iterator[Callable[[], int]]:
    """Kill one of the server's processes every quarter of a second; what is yielded tells how many so far."""
    done = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not done.wait(KILL_EVERY):
            workers = workers_of(app)
            if workers:
                victim = random.choice(workers)
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    killed.append(victim)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield lambda: len(killed)
    finally:
        done.set()
        killer.join()


def workers_of(app: RunningApp) -> list[int]:
    master = app.process.pid
    return [int(child) for child in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def half_done(kit: Kit) -> int:
    """Count the messages that are stored without having been screened, answered, or queued for a person."""
    with kit.toolkit.database.read() as work:
        return work.session.scalar(
            select(func.count())
            .select_from(InboundMessage)
            .outerjoin(Concern, Concern.message_id == InboundMessage.id)
            .where(
                or_(
                    InboundMessage.screening.is_(None),
                    InboundMessage.reply_sealed.is_(None),
                    (InboundMessage.screening == "concern") & Concern.id.is_(None),
                )
            )
        )


def rows(kit: Kit, table: type) -> list:
    with kit.toolkit.database.read() as work:
        return list(work.session.scalars(select(table)).unique())


def talk(provider: Provider, phone: str) -> None:
    for sid, text in texts_of(phone):
        provider.deliver(sid, phone, text)


class TestKilledUnderLoad:
    @pytest.fixture
    def provider(self, kit, app) -> Provider:
        """Everything has been sent while processes died; no half-done message was ever to be seen."""
        provider = Provider(app)
        with killing_workers(app) as killed, ThreadPoolExecutor(len(PHONES)) as phones:
            talks = [phones.submit(talk, provider, phone) for phone in PHONES]
            while not all(talk.done() for talk in talks):
                assert half_done(kit) == 0
                time.sleep(0.05)
            for finished in talks:
                finished.result()
            # Without kills that were felt, this would prove nothing.
            assert killed() >= 4
        assert provider.unanswered >= 1
        return provider

    def test_what_is_acknowledged_is_stored_once_and_acted_on_once(self, kit, provider):
        sent = sorted(sid for phone in PHONES for sid, _ in texts_of(phone))

        assert sorted(message.provider_id for message in rows(kit, InboundMessage)) == sent
        assert sorted(provider.replies) == sent
        assert [conversation.turn for conversation in rows(kit, Conversation)] == [10] * 8
        assert Counter(answer.question_id for answer in rows(kit, Answer)) == {
            f"question_{number}": 8 for number in range(1, 11)
        }
        assert {message.taken_as for message in rows(kit, InboundMessage)} == {"join", "answer"}

        worries = [m.id for m in rows(kit, InboundMessage) if m.screening == "concern"]
        assert len(worries) == 8
        assert sorted(item.message_id for item in rows(kit, Concern)) == sorted(worries)
        alerts = Counter(m.concern_id for m in rows(kit, OutboxMessage) if m.purpose == "alert")
        assert sorted(alerts.values()) == [2] * 8

        for phone in PHONES:
            for sid, text in texts_of(phone):
                provider.deliver(sid, phone, text)
        assert all(len(set(replies)) == 1 for replies in provider.replies.values())
        assert len(rows(kit, InboundMessage)) == len(sent)


def test_twenty_deliveries_of_one_text_at_once_are_one_message(kit, app):
    provider = Provider(app)
    provider.deliver("SM" + "0" * 32, PHONES[0], "1")

    with ThreadPoolExecutor(20) as threads:
        again = [threads.submit(provider.deliver, "SM" + "1" * 32, PHONES[0], "my mates") for _ in range(20)]
        replies = [delivery.result() for delivery in again]

    assert len(set(replies)) == 1
    assert "What is thing number 2 that you like?" in replies[0]
    assert [m.taken_as for m in rows(kit, InboundMessage) if m.provider_id == "SM" + "1" * 32] == ["answer"]
    assert [conversation.turn for conversation in rows(kit, Conversation)] == [1]
