"""Queue items with alerts, for tests of how staff are told."""

from uuid import UUID, uuid4

from sqlalchemy import select

from app.analysis.clocks import Tier
from app.storage import concerns, messages, outbox, staff
from app.storage.concerns import Concern, ConcernState, Reason
from app.storage.outbox import OutboxMessage
from app.storage.staff import RoleName, Staff
from app.usecases import alerting
from tests.factories import Kit, a_text


def an_alerted_item(kit: Kit, *, tier: Tier = Tier.T0) -> UUID:
    """Add an item to the queue, alert who is to be told, and return its id."""
    with kit.toolkit.database.begin() as work:
        message = messages.claim(work, a_text("what they wrote"), at=kit.clock())
        item = Concern(
            reference=kit.toolkit.new_reference(),
            reason=Reason.CONCERN,
            tier=tier,
            position_of_trust=False,
            message_id=message.id,
            raised_at=kit.clock(),
            due_at=kit.clock(),
            state=ConcernState.NEW,
        )
        concerns.add(work, item, found=None)
        alerting.alert(kit.toolkit, work, item)
        return item.id


def move(kit: Kit, item_id: UUID, state: ConcernState) -> None:
    with kit.toolkit.database.begin() as work:
        work.session.get_one(Concern, item_id).state = state


def a_colleague(kit: Kit, email: str, role: RoleName, *, active: bool = True) -> UUID:
    """Add somebody with one role who is no named lead and has no phone."""
    with kit.toolkit.database.begin() as work:
        colleague = Staff(
            email=email,
            name=f"Kim {email}",
            password="not a hash",
            active=active,
            fs_uniquifier=uuid4().hex,
            is_named_lead=False,
            made_at=kit.clock(),
        )
        colleague.roles.append(staff.role(work, role))
        work.session.add(colleague)
        return colleague.id


def alerts_of(kit: Kit, item_id: UUID) -> list[OutboxMessage]:
    """Return an item's alerts, emails before texts."""
    with kit.toolkit.database.read() as work:
        query = select(OutboxMessage).where(
            OutboxMessage.concern_id == item_id, OutboxMessage.purpose == outbox.ALERT
        )
        return list(work.session.scalars(query.order_by(OutboxMessage.transport)))
