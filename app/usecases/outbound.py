"""Send what waits in the outbox, and keep what the provider says became of it."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from app.shared.errors import ProviderFailed
from app.storage import outbox, people
from app.storage.outbox import DeliveryReport, OutboxMessage, OutboxState
from app.usecases.toolkit import Toolkit

MOST_ATTEMPTS = 8
"""With the waits below about four hours, as GOV.UK Notify does (reliability design, point 4)."""
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(hours=1)
LEASE = dt.timedelta(minutes=2)
"""After this long in a call, the worker that made it is taken to be gone."""
ALERT_SUBJECT = "Heard: one item needs you"

RANK = {"accepted": 0, "queued": 1, "sending": 2, "sent": 3, "delivered": 4, "undelivered": 4, "failed": 4}
"""Reports come in any order; a later rank is never overwritten by an earlier one."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a status callback says."""

    provider_id: str
    status: str
    error_code: str | None
    reference: UUID | None
    """Our own reference, which the callback's URL carries."""


def deliver(toolkit: Toolkit, outbox_id: UUID) -> None:
    """Send one message of the outbox, if it still waits.

    That the provider is about to be called is committed first: a crash in between shows as uncertain.
    """
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        row = outbox.start_calling(work, outbox_id, now=now)
        if row is None:
            return
        if _may_not_be_texted(toolkit, row):
            row.state = OutboxState.CANCELLED
            return
        to = work.unseal(row, "to_sealed") or ""
        body = work.unseal(row, "body_sealed") or ""
    try:
        provider_id = _send(toolkit, row, to, body)
    except ProviderFailed as failure:
        _keep_failure(toolkit, outbox_id, failure)
        return
    with toolkit.database.begin() as work:
        row = outbox.get(work, outbox_id)
        row.state = OutboxState.SENT
        row.provider_id = provider_id


def _may_not_be_texted(toolkit: Toolkit, row: OutboxMessage) -> bool:
    if row.person_id is None or row.transport != "sms":
        return False
    with toolkit.database.read() as work:
        return people.get(work, row.person_id).texts_stopped_at is not None


def _send(toolkit: Toolkit, row: OutboxMessage, to: str, body: str) -> str:
    if row.transport == "email":
        return toolkit.mailer.send(to=to, subject=ALERT_SUBJECT, body=body, reference=row.id)
    return toolkit.gateway.send(to=to, body=body, reference=row.id)


def _keep_failure(toolkit: Toolkit, outbox_id: UUID, failure: ProviderFailed) -> None:
    with toolkit.database.begin() as work:
        row = outbox.get(work, outbox_id)
        row.error_code = failure.code
        # An alert that may have arrived is sent again all the same: staff are told at least once.
        again = failure.retryable or (failure.ambiguous and row.purpose == outbox.ALERT)
        if failure.ambiguous and not again:
            row.state = OutboxState.UNCERTAIN
        elif again and row.attempts < MOST_ATTEMPTS:
            row.state = OutboxState.RETRY
            row.due_at = toolkit.clock() + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
        else:
            row.state = OutboxState.FAILED


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
        if row is not None and RANK.get(delivery.status, -1) > RANK.get(row.delivery or "", -1):
            row.delivery = delivery.status
            row.error_code = delivery.error_code or row.error_code


def sweep(toolkit: Toolkit) -> list[UUID]:
    """Settle what a crashed worker left in mid-call, and return the ids of messages that are due."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        outbox.give_up_calls(work, before=now - LEASE)
        return list(outbox.due(work, now=now))
