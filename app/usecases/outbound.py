"""Send what waits in the outbox, and keep what the provider says became of it."""

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass
from uuid import UUID

from app.shared.errors import ProviderFailed
from app.storage import alerts, outbox, people
from app.storage.database import Work
from app.storage.outbox import DeliveryReport, OutboxMessage, OutboxState
from app.storage.sealing import SealBroken
from app.usecases.toolkit import Toolkit

MOST_ATTEMPTS = 11
"""With the waits below four hours; an alert is never given up while nobody has its item."""
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(hours=1)
LONGEST_ALERT_WAIT = dt.timedelta(minutes=10)
MOST_DOUBLINGS = 7
"""More than either longest wait needs: an alert on its hundredth try must not overflow."""
LEASE = dt.timedelta(minutes=2)
"""After this long in a call, the worker that made it is taken to be gone."""
ALERT_SUBJECT = "Heard: one item needs you"

RANK = {"accepted": 0, "queued": 1, "sending": 2, "sent": 3, "delivered": 4, "undelivered": 4, "failed": 4}
"""Reports come in any order; a later rank is never overwritten by an earlier one."""


UNSETTLED = (OutboxState.CALLING, OutboxState.UNCERTAIN, OutboxState.RETRY)
"""Where any report of the provider tells us that it has the message."""
UNREADABLE = "unreadable"
"""The code of a message whose seal does not open."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a status callback says."""

    provider_id: str
    status: str
    error_code: str | None
    reference: UUID | None
    """Our own reference, which the callback's URL carries."""


@dataclass(frozen=True, slots=True)
class _Call:
    """What a provider is asked to send."""

    id: UUID
    transport: str
    to: str
    body: str


def deliver(toolkit: Toolkit, outbox_id: UUID) -> None:
    """Send one message of the outbox, if it still waits.

    That the provider is about to be called is committed first: a crash in between shows as uncertain.
    """
    call = _begin_call(toolkit, outbox_id)
    if call is None:
        return
    try:
        provider_id = _send(toolkit, call)
    except ProviderFailed as failure:
        _keep_failure(toolkit, call.id, failure)
    except Exception as error:  # noqa: BLE001 — whatever broke in a channel, the message may have gone out
        unexpected = ProviderFailed(type(error).__name__, retryable=False, ambiguous=True)
        _keep_failure(toolkit, call.id, unexpected)
    else:
        _keep_success(toolkit, call.id, provider_id)


def _begin_call(toolkit: Toolkit, outbox_id: UUID) -> _Call | None:
    with toolkit.database.begin() as work:
        row = outbox.start_calling(work, outbox_id, now=toolkit.clock())
        if row is None:
            return None
        if not _may_go(toolkit, work, row):
            row.state = OutboxState.CANCELLED
            return None
        try:
            to, body = work.unseal(row, "to_sealed"), work.unseal(row, "body_sealed")
        except SealBroken:
            log.error("Message %s cannot be opened and was not sent", row.id)  # noqa: TRY400 — a trace says no more
            row.state = OutboxState.FAILED
            row.error_code = UNREADABLE
            return None
        return _Call(row.id, row.transport, to or "", body or "")


def _may_go(toolkit: Toolkit, work: Work, row: OutboxMessage) -> bool:
    if row.purpose == outbox.ALERT:
        return alerts.is_wanted(work, row)
    if row.person_id is None or row.transport != "sms":
        return True
    with toolkit.database.read() as reading:
        return people.get(reading, row.person_id).texts_stopped_at is None


def _send(toolkit: Toolkit, call: _Call) -> str:
    if call.transport == "email":
        return toolkit.mailer.send(to=call.to, subject=ALERT_SUBJECT, body=call.body, reference=call.id)
    return toolkit.gateway.send(to=call.to, body=call.body, reference=call.id)


def _keep_success(toolkit: Toolkit, outbox_id: UUID, provider_id: str) -> None:
    with toolkit.database.begin() as work:
        row = outbox.get(work, outbox_id)
        row.provider_id = provider_id
        # A report may beat us here; an alert of which it said that it did not arrive stays due.
        if row.state != OutboxState.RETRY or row.delivery not in outbox.NOT_ARRIVED:
            row.state = OutboxState.SENT


def _keep_failure(toolkit: Toolkit, outbox_id: UUID, failure: ProviderFailed) -> None:
    log.warning("Message %s was not sent: %s", outbox_id, failure.code)
    with toolkit.database.begin() as work:
        row = outbox.get(work, outbox_id)
        if row.state != OutboxState.CALLING:
            return  # A report beat us here, and knows better what became of it.
        row.error_code = failure.code
        if row.purpose == outbox.ALERT and (failure.retryable or failure.ambiguous):
            # Staff are told at least once, and somebody is told of every item: no try is the last.
            _try_again(toolkit, row)
        elif failure.ambiguous:
            row.state = OutboxState.UNCERTAIN
        elif failure.retryable and row.attempts < MOST_ATTEMPTS:
            _try_again(toolkit, row)
        else:
            row.state = OutboxState.FAILED


def _try_again(toolkit: Toolkit, row: OutboxMessage) -> None:
    longest = LONGEST_ALERT_WAIT if row.purpose == outbox.ALERT else LONGEST_WAIT
    doublings = min(max(row.attempts - 1, 0), MOST_DOUBLINGS)
    row.state = OutboxState.RETRY
    row.due_at = toolkit.clock() + min(FIRST_WAIT * 2**doublings, longest)


def record_delivery(toolkit: Toolkit, delivery: Delivery) -> None:
    """Keep a status callback, and apply it where it says more than we knew."""
    digest = hashlib.sha256(
        f"{delivery.provider_id}|{delivery.status}|{delivery.error_code}".encode()
    ).hexdigest()
    with toolkit.database.begin() as work:
        report = DeliveryReport(
            provider_id=delivery.provider_id,
            status=delivery.status,
            error_code=delivery.error_code,
            digest=digest,
            received_at=toolkit.clock(),
        )
        if not outbox.keep_report(work, report):
            return
        row = outbox.find_by_provider_id(work, delivery.provider_id)
        if row is None and delivery.reference is not None:
            row = outbox.find(work, delivery.reference)
        if row is not None:
            _apply(toolkit, work, row, delivery)


def _apply(toolkit: Toolkit, work: Work, row: OutboxMessage, delivery: Delivery) -> None:
    if RANK.get(delivery.status, -1) <= RANK.get(row.delivery or "", -1):
        return
    not_arrived = delivery.status in outbox.NOT_ARRIVED
    if not_arrived and row.provider_id not in {None, delivery.provider_id}:
        return  # It speaks of an earlier try; a later one is under way.
    row.delivery = delivery.status
    row.error_code = delivery.error_code or row.error_code
    if row.state in UNSETTLED:
        row.state = OutboxState.SENT
        row.provider_id = delivery.provider_id
    if not_arrived and row.purpose == outbox.ALERT and alerts.is_wanted(work, row):
        _try_again(toolkit, row)


def sweep(toolkit: Toolkit) -> list[tuple[str, UUID]]:
    """Settle what was left behind, and return what is due as tasks and ids of rows, alerts first."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        outbox.give_up_calls(work, before=now - LEASE)
        alerts.try_refused_again(work, before=now - LONGEST_ALERT_WAIT)
        alerts.cancel_unwanted(work)
        return [
            ("alert" if row.purpose == outbox.ALERT else "deliver", row.id)
            for row in outbox.due(work, now=now)
        ]
