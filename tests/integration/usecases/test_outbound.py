"""What we send: once, with what became of it kept, never blindly again."""

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select

from app.shared.errors import ProviderFailed
from app.storage import outbox, people
from app.storage.outbox import DeliveryReport, OutboxMessage, OutboxState
from app.usecases import outbound
from app.usecases.outbound import Delivery
from tests.factories import Kit, a_person


@pytest.fixture
def waiting(kit) -> UUID:
    return a_waiting_text(kit, a_person(kit))


def a_waiting_text(kit: Kit, person_id: UUID) -> UUID:
    with kit.toolkit.database.begin() as work:
        row = OutboxMessage(
            transport="sms",
            purpose="invite",
            person_id=person_id,
            state=OutboxState.READY,
            attempts=0,
            due_at=kit.clock(),
            made_at=kit.clock(),
        )
        outbox.add(work, row, to="+447700900001", body="Hello")
        return row.id


def stored(kit: Kit, outbox_id: UUID) -> OutboxMessage:
    with kit.toolkit.database.read() as work:
        return work.session.get_one(OutboxMessage, outbox_id)


def test_a_waiting_text_is_sent_with_its_words(kit, waiting):
    outbound.deliver(kit.toolkit, waiting)

    assert kit.gateway.sent == [("+447700900001", "Hello")]
    assert stored(kit, waiting).state == OutboxState.SENT
    assert stored(kit, waiting).provider_id is not None


def test_delivering_twice_sends_once(kit, waiting):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: outbound.deliver(kit.toolkit, waiting), range(8)))

    assert len(kit.gateway.sent) == 1


def test_what_is_not_due_waits(kit, waiting):
    kit.clock.pass_time(hours=-1)

    outbound.deliver(kit.toolkit, waiting)

    assert kit.gateway.sent == []


def test_what_was_certainly_not_done_is_tried_again_later(kit, waiting):
    kit.gateway.fails_with = ProviderFailed("20429", retryable=True)
    outbound.deliver(kit.toolkit, waiting)
    kit.gateway.fails_with = None
    kit.clock.pass_time(seconds=31)

    outbound.deliver(kit.toolkit, waiting)

    assert stored(kit, waiting).state == OutboxState.SENT
    assert stored(kit, waiting).attempts == 2


def test_the_last_try_is_the_eleventh_four_hours_after_the_first(kit, waiting):
    kit.gateway.fails_with = ProviderFailed("20429", retryable=True)
    begun = kit.clock()
    for _ in range(10):
        outbound.deliver(kit.toolkit, waiting)
        kit.clock.now = stored(kit, waiting).due_at
    assert stored(kit, waiting).state == OutboxState.RETRY

    outbound.deliver(kit.toolkit, waiting)

    assert (stored(kit, waiting).state, stored(kit, waiting).attempts) == (OutboxState.FAILED, 11)
    assert kit.clock() - begun == dt.timedelta(hours=4, minutes=3, seconds=30)


def test_what_may_have_been_done_is_never_sent_again(kit, waiting):
    kit.gateway.fails_with = ProviderFailed("timeout", retryable=False, ambiguous=True)
    outbound.deliver(kit.toolkit, waiting)
    kit.gateway.fails_with = None

    outbound.deliver(kit.toolkit, waiting)

    assert stored(kit, waiting).state == OutboxState.UNCERTAIN
    assert kit.gateway.sent == []


def test_a_refusal_for_good_is_kept_with_its_code(kit, waiting):
    kit.gateway.fails_with = ProviderFailed("21211", retryable=False)

    outbound.deliver(kit.toolkit, waiting)

    assert (stored(kit, waiting).state, stored(kit, waiting).error_code) == (OutboxState.FAILED, "21211")


def test_a_worker_that_died_in_mid_call_leaves_it_uncertain(kit, waiting):
    with kit.toolkit.database.begin() as work:
        outbox.start_calling(work, waiting, now=kit.clock())
    kit.clock.pass_time(minutes=3)

    due = outbound.sweep(kit.toolkit)

    assert due == []
    assert stored(kit, waiting).state == OutboxState.UNCERTAIN


def test_the_sweeper_finds_what_nobody_was_woken_for(kit, waiting):
    assert outbound.sweep(kit.toolkit) == [("deliver", waiting)]


def test_what_breaks_in_a_channel_is_uncertain_and_neither_raised_nor_told(kit, waiting, caplog):
    kit.gateway.fails_with = RuntimeError("words of a child")

    outbound.deliver(kit.toolkit, waiting)

    assert (stored(kit, waiting).state, stored(kit, waiting).error_code) == ("uncertain", "RuntimeError")
    assert "RuntimeError" in caplog.text
    assert "words of a child" not in caplog.text


@pytest.mark.parametrize("column", ["to_sealed", "body_sealed"])
def test_what_does_not_open_is_set_aside(kit, waiting, column):
    with kit.toolkit.database.begin() as work:
        setattr(outbox.get(work, waiting), column, "retired:AAAA")

    outbound.deliver(kit.toolkit, waiting)

    assert (stored(kit, waiting).state, stored(kit, waiting).error_code) == ("failed", "unreadable")
    assert outbound.sweep(kit.toolkit) == []


def test_somebody_who_stopped_is_not_texted(kit):
    person_id = a_person(kit)
    waiting = a_waiting_text(kit, person_id)
    with kit.toolkit.database.begin() as work:
        people.get(work, person_id).texts_stopped_at = kit.clock()

    outbound.deliver(kit.toolkit, waiting)

    assert kit.gateway.sent == []
    assert stored(kit, waiting).state == OutboxState.CANCELLED


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("queued", "sent", "delivered"), "delivered"),
        (("delivered", "sent", "sending"), "delivered"),
        (("sent", "undelivered"), "undelivered"),
    ],
)
def test_reports_in_any_order_only_go_forwards(kit, waiting, order, expected):
    outbound.deliver(kit.toolkit, waiting)
    sid = stored(kit, waiting).provider_id

    for status in order:
        outbound.record_delivery(kit.toolkit, Delivery(sid, status, None, None))

    assert stored(kit, waiting).delivery == expected


def test_a_report_that_comes_before_our_own_commit_finds_its_message_by_our_reference(kit, waiting):
    outbound.record_delivery(kit.toolkit, Delivery("SM1", "delivered", None, waiting))

    assert stored(kit, waiting).delivery == "delivered"


@pytest.mark.parametrize("status", ["sent", "delivered"])
def test_a_report_settles_what_was_uncertain(kit, waiting, status):
    kit.gateway.fails_with = ProviderFailed("timeout", retryable=False, ambiguous=True)
    outbound.deliver(kit.toolkit, waiting)

    outbound.record_delivery(kit.toolkit, Delivery("SM1", status, None, waiting))

    row = stored(kit, waiting)
    assert (row.state, row.provider_id, row.delivery) == (OutboxState.SENT, "SM1", status)


def test_a_report_that_beats_the_end_of_a_failing_call_counts(kit, waiting):
    class ReportsAndBreaksOff:
        def send(self, *, to, body, reference):
            outbound.record_delivery(kit.toolkit, Delivery("SM1", "delivered", None, reference))
            raise ProviderFailed("timeout", retryable=False, ambiguous=True)

    outbound.deliver(dataclasses.replace(kit.toolkit, gateway=ReportsAndBreaksOff()), waiting)

    assert (stored(kit, waiting).state, stored(kit, waiting).provider_id) == (OutboxState.SENT, "SM1")


def test_a_text_to_a_young_person_that_did_not_arrive_is_not_sent_again(kit, waiting):
    outbound.deliver(kit.toolkit, waiting)
    sid = stored(kit, waiting).provider_id

    outbound.record_delivery(kit.toolkit, Delivery(sid, "undelivered", "30003", None))

    assert (stored(kit, waiting).state, stored(kit, waiting).error_code) == (OutboxState.SENT, "30003")


def test_the_same_report_twice_is_kept_once(kit):
    report = Delivery("SM1", "delivered", None, None)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: outbound.record_delivery(kit.toolkit, report), range(8)))

    with kit.toolkit.database.read() as work:
        assert len(work.session.scalars(select(DeliveryReport)).all()) == 1
