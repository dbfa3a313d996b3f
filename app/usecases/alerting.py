"""Tell the named leads that an item needs them: a text and an email each, in the same commit as the item."""

from app.analysis.clocks import Tier
from app.storage import outbox, staff
from app.storage.concerns import Concern
from app.storage.database import Work
from app.storage.outbox import OutboxMessage, OutboxState
from app.usecases.toolkit import Toolkit

IN_TIME = {
    Tier.T0: "in 15 min",
    Tier.T1: "within 1 working hour",
    Tier.T2: "today",
    Tier.ROUTE: "within 2 working days",
}
ALERTED = (Tier.T0, Tier.T1, Tier.T2)


def alert(toolkit: Toolkit, work: Work, concern: Concern) -> None:
    """Put a text and an email to each named lead into the outbox: no name, no words, no category."""
    tier = Tier(concern.tier)
    if tier not in ALERTED:
        return
    now = toolkit.clock()
    work.session.flush()
    body = f"Heard: one item needs you {IN_TIME[tier]}. Ref {concern.reference}. Sign in to see it."
    for lead in staff.named_leads(work):
        for transport, address in (("sms", work.unseal(lead, "phone_sealed")), ("email", lead.email)):
            if address is None:
                continue
            row = OutboxMessage(
                transport=transport,
                purpose=outbox.ALERT,
                staff_id=lead.id,
                concern_id=concern.id,
                state=OutboxState.READY,
                attempts=0,
                due_at=now,
                made_at=now,
            )
            outbox.add(work, row, to=address, body=body)
            work.wake("deliver", row.id)
