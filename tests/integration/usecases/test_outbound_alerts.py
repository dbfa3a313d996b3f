"""Alerts go first, and are sent again for as long as nobody has their item."""

import dataclasses
import datetime as dt

import pytest

from app.shared.errors import ProviderFailed
from app.storage import outbox
from app.storage.concerns import ConcernState
from app.storage.outbox import OutboxMessage, OutboxState
from app.usecases import outbound
from app.usecases.outbound import Delivery
from tests.factories import a_lead, a_person
from tests.integration.usecases.alerted import alerts_of, an_alerted_item, move

DOWN = ProviderFailed("not_connected", retryable=True)
BROKEN_OFF = ProviderFailed("timeout", retryable=False, ambiguous=True)
REFUSED = ProviderFailed("21211", retryable=False)


@pytest.fixture
def item_id(kit):
    a_lead(kit)
    return an_alerted_item(kit)


@pytest.fixture
def alert_id(kit, item_id):
    """Return the text to the lead, with noise: an item that somebody has, and the email."""
    move(kit, an_alerted_item(kit), ConcernState.TAKEN)
    return alerts_of(kit, item_id)[1].id


def stored(kit, alert_id) -> OutboxMessage:
    with kit.toolkit.database.read() as work:
        return work.session.get_one(OutboxMessage, alert_id)


def deliver(kit, alert_id, *, failing=None):
    kit.gateway.fails_with = failing
    outbound.deliver(kit.toolkit, alert_id)
    return stored(kit, alert_id)


@pytest.mark.parametrize("failure", [DOWN, BROKEN_OFF, RuntimeError("no words of ours")])
def test_no_try_is_the_last_while_nobody_has_the_item(kit, alert_id, failure):
    waits = []
    for _ in range(60):
        row = deliver(kit, alert_id, failing=failure)
        waits.append(row.due_at - kit.clock())
        kit.clock.now = row.due_at

    assert waits[:6] == [dt.timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 480, 600)]
    assert set(waits[6:]) == {dt.timedelta(minutes=10)}
    assert deliver(kit, alert_id).state == OutboxState.SENT


def test_what_breaks_in_a_channel_keeps_its_type(kit, alert_id):
    assert deliver(kit, alert_id, failing=RuntimeError("words")).error_code == "RuntimeError"


@pytest.mark.parametrize("state", [ConcernState.TAKEN, ConcernState.CLOSED])
class TestOnceSomebodyHasTheItem:
    def test_a_waiting_alert_is_not_sent(self, kit, item_id, alert_id, state):
        move(kit, item_id, state)

        assert deliver(kit, alert_id).state == OutboxState.CANCELLED
        assert kit.gateway.sent == []

    def test_the_sweeper_cancels_what_waits_to_be_tried_again(self, kit, item_id, alert_id, state):
        deliver(kit, alert_id, failing=DOWN)
        move(kit, item_id, state)

        assert outbound.sweep(kit.toolkit) == []
        assert stored(kit, alert_id).state == OutboxState.CANCELLED

    def test_a_refused_alert_stays_refused(self, kit, item_id, alert_id, state):
        deliver(kit, alert_id, failing=REFUSED)
        move(kit, item_id, state)
        kit.clock.pass_time(hours=1)

        outbound.sweep(kit.toolkit)

        assert stored(kit, alert_id).state == OutboxState.FAILED

    def test_a_text_that_did_not_arrive_is_not_sent_again(self, kit, item_id, alert_id, state):
        sid = deliver(kit, alert_id).provider_id
        move(kit, item_id, state)

        outbound.record_delivery(kit.toolkit, Delivery(sid, "undelivered", "30003", None))

        assert stored(kit, alert_id).state == OutboxState.SENT


def test_one_whose_worker_died_in_mid_call_is_sent_again(kit, alert_id):
    with kit.toolkit.database.begin() as work:
        outbox.start_calling(work, alert_id, now=kit.clock())
    kit.clock.pass_time(minutes=3)

    assert ("alert", alert_id) in outbound.sweep(kit.toolkit)


def test_a_refused_alert_is_shown_as_failed_and_tried_again_in_ten_minutes(kit, alert_id):
    assert deliver(kit, alert_id, failing=REFUSED).state == OutboxState.FAILED
    kit.clock.pass_time(minutes=9)
    assert ("alert", alert_id) not in outbound.sweep(kit.toolkit)
    kit.clock.pass_time(minutes=1)

    assert ("alert", alert_id) in outbound.sweep(kit.toolkit)
    assert deliver(kit, alert_id).state == OutboxState.SENT


def test_an_alert_that_does_not_open_goes_once_its_key_is_back(kit, alert_id):
    sealed = stored(kit, alert_id).to_sealed
    with kit.toolkit.database.begin() as work:
        outbox.get(work, alert_id).to_sealed = "retired:AAAA"
    assert deliver(kit, alert_id).error_code == "unreadable"
    with kit.toolkit.database.begin() as work:
        outbox.get(work, alert_id).to_sealed = sealed
    kit.clock.pass_time(minutes=10)

    outbound.sweep(kit.toolkit)

    assert deliver(kit, alert_id).state == OutboxState.SENT


@pytest.mark.parametrize("status", ["undelivered", "failed"])
def test_a_text_that_the_provider_could_not_bring_is_sent_again(kit, alert_id, status):
    first = deliver(kit, alert_id).provider_id
    outbound.record_delivery(kit.toolkit, Delivery(first, status, "30003", None))
    row = stored(kit, alert_id)
    assert (row.state, row.due_at - kit.clock()) == (OutboxState.RETRY, dt.timedelta(seconds=30))
    kit.clock.pass_time(seconds=30)

    assert deliver(kit, alert_id).state == OutboxState.SENT
    assert len(kit.gateway.sent) == 2


@pytest.mark.parametrize("earlier_tries", [0, 1])
def test_what_did_not_arrive_stays_due_though_its_report_beats_our_own_commit(kit, alert_id, earlier_tries):
    class ReportsAtOnce:
        def send(self, *, to, body, reference):
            outbound.record_delivery(kit.toolkit, Delivery("SM-new", "undelivered", "30003", reference))
            return "SM-new"

    for _ in range(earlier_tries):
        sid = deliver(kit, alert_id).provider_id
        outbound.record_delivery(kit.toolkit, Delivery(sid, "undelivered", "30003", None))
        kit.clock.pass_time(minutes=1)

    outbound.deliver(dataclasses.replace(kit.toolkit, gateway=ReportsAtOnce()), alert_id)

    assert stored(kit, alert_id).state == OutboxState.RETRY


def test_a_report_of_the_second_try_counts_after_one_of_the_first(kit, alert_id):
    with kit.toolkit.database.begin() as work:
        outbox.get(work, alert_id).delivery = "undelivered"
    sid = deliver(kit, alert_id).provider_id

    outbound.record_delivery(kit.toolkit, Delivery(sid, "delivered", None, None))

    assert stored(kit, alert_id).delivery == "delivered"


def test_a_late_report_of_an_earlier_try_is_not_taken_for_this_one(kit, alert_id):
    deliver(kit, alert_id)

    outbound.record_delivery(kit.toolkit, Delivery("SM-earlier", "undelivered", "30003", alert_id))

    assert stored(kit, alert_id).state == OutboxState.SENT
    assert stored(kit, alert_id).delivery is None


def test_alerts_stand_before_any_number_of_older_invitations(kit, item_id):
    person_id = a_person(kit)
    with kit.toolkit.database.begin() as work:
        for _ in range(201):
            row = OutboxMessage(
                transport="sms",
                purpose="invite",
                person_id=person_id,
                state=OutboxState.READY,
                attempts=0,
                due_at=kit.clock() - dt.timedelta(hours=1),
                made_at=kit.clock(),
            )
            outbox.add(work, row, to="+447700900001", body="Hello")

    due = outbound.sweep(kit.toolkit)

    assert len(due) == 200
    assert {row_id for task, row_id in due if task == "alert"} == {row.id for row in alerts_of(kit, item_id)}
    assert [task for task, _ in due[:3]] == ["alert", "alert", "deliver"]
