"""Tell the named leads that an item needs them: a text and an email each, in the same commit as the item."""

import logging
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from app.analysis.clocks import Tier
from app.storage import alerts, outbox, staff
from app.storage.concerns import Concern
from app.storage.database import Work
from app.storage.outbox import OutboxMessage, OutboxState
from app.storage.sealing import SealBroken
from app.storage.staff import RoleName, Staff
from app.usecases.toolkit import Toolkit

LOCAL = ZoneInfo("Europe/London")
ALERTED = (Tier.T0, Tier.T1, Tier.T2)
MANY_TRIES = 3
"""An alert that is tried so often is worth a colleague's phone call."""

log = logging.getLogger(__name__)


def alert(toolkit: Toolkit, work: Work, concern: Concern) -> None:
    """Put a text and an email to each named lead into the outbox: no name, no words, no category."""
    tier = Tier(concern.tier)
    if tier not in ALERTED:
        return
    now = toolkit.clock()
    work.session.flush()
    body = f"Heard: one item needs you {_by_when(concern)}. Ref {concern.reference}. Sign in to see it."
    for colleague in _whom_to_tell(work, concern):
        for transport, address in _addresses(work, colleague):
            row = OutboxMessage(
                transport=transport,
                purpose=outbox.ALERT,
                staff_id=colleague.id,
                concern_id=concern.id,
                state=OutboxState.READY,
                attempts=0,
                due_at=now,
                made_at=now,
            )
            outbox.add(work, row, to=address, body=body)
            work.wake("alert", row.id)


def _by_when(concern: Concern) -> str:
    """Say by when somebody must have looked, true at any hour: "in 15 min", "by Mon 10:00"."""
    if concern.tier == Tier.T0:
        return "in 15 min"
    return f"by {concern.due_at.astimezone(LOCAL):%a %H:%M}"


def undelivered(toolkit: Toolkit) -> int:
    """Return how many alerts of items that nobody has taken failed, or are on their third try or a later one."""
    with toolkit.database.read() as work:
        return alerts.count_undelivered(work, tries=MANY_TRIES)


def _whom_to_tell(work: Work, concern: Concern) -> Sequence[Staff]:
    """Return the named leads; without any every safeguarding lead, without any every administrator."""
    found = (
        staff.named_leads(work)
        or staff.active_with_role(work, RoleName.SAFEGUARDING_LEAD)
        or staff.active_with_role(work, RoleName.ADMINISTRATOR)
    )
    if not found:
        log.error("Nobody can be told of item %s: there is no active lead or administrator", concern.id)
    return found


def _addresses(work: Work, colleague: Staff) -> Iterator[tuple[str, str]]:
    try:
        phone = work.unseal(colleague, "phone_sealed")
    except SealBroken as error:
        # A disclosure must not be lost with one phone number: the email still goes.
        log.error("The phone of colleague %s: %s", colleague.id, type(error).__name__)  # noqa: TRY400 — the type is all
        phone = None
    if phone is not None:
        yield "sms", phone
    yield "email", colleague.email
