"""The safeguarding desk: the queue by its clocks, and one item with all that somebody needs to act on it."""

import datetime as dt
import json
from dataclasses import dataclass
from uuid import UUID

from app.analysis.clocks import Tier
from app.shared.errors import Fault, NotFound, Rejected
from app.storage import audit, concerns, conversations, messages, people, staff
from app.storage.audit import Subject
from app.storage.concerns import Concern, ConcernState, Reason
from app.storage.conversations import ConversationStatus
from app.storage.database import Work
from app.storage.messages import InboundMessage
from app.usecases import threads
from app.usecases.desk_words import (
    OUTCOME_WORDS,
    REASON_WORDS,
    TIER_LIMITS,
    TIER_WORDS,
    Outcome,
    concern_words,
)
from app.usecases.marked import Piece, mark
from app.usecases.threads import Thread
from app.usecases.toolkit import Toolkit

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One line of the queue: nothing in it names anybody."""

    id: UUID
    reference: str
    tier: str
    """T0, T1, T2 or route."""
    tier_words: str
    tier_limit: str
    reason: str
    category: str | None
    who: str
    """A designation, or what we know of somebody whom we do not know."""
    state: str
    owner: str | None
    owner_id: UUID | None
    raised_at: dt.datetime
    due_at: dt.datetime
    closed_at: dt.datetime | None
    outcome: str | None
    is_told: bool | None
    position_of_trust: bool

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.state == ConcernState.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundConcern:
    """One thing that the screen found."""

    category: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedItem:
    """One queue item with their words and what stands around them."""

    item: QueueItem
    words: tuple[Piece, ...]
    received_at: dt.datetime
    channel: str
    found: tuple[FoundConcern, ...]
    thread: Thread
    earlier: tuple[QueueItem, ...]
    note: str | None
    team: str | None
    cohort: str | None
    age_band: str | None
    texts_stopped: bool
    is_paused: bool
    """Whether their survey waits for somebody's decision."""
    also_open: tuple[str, ...]
    """References of other items that hold the same conversation."""
    can_be_reached: bool
    """Whether we hold a name or a number that may be shown."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much waits, for the overview."""

    waiting: int
    overdue: int
    nearest_due: dt.datetime | None


def queue(toolkit: Toolkit, *, closed: bool = False, page: int = 1) -> list[QueueItem]:
    """Return a page of the queue: what nobody has taken first, the most urgent of it on top."""
    with toolkit.database.read() as work:
        offset = (max(1, page) - 1) * ON_A_PAGE
        return _lines(work, list(concerns.queue(work, closed=closed, limit=ON_A_PAGE, offset=offset)))


def pages(toolkit: Toolkit, *, closed: bool = False) -> int:
    """Return how many pages the queue has: at least one."""
    with toolkit.database.read() as work:
        number = concerns.count_closed(work) if closed else concerns.waiting(work, now=toolkit.clock()).number
    return max(1, -(-number // ON_A_PAGE))


def load(toolkit: Toolkit) -> Load:
    """Return how much waits."""
    with toolkit.database.read() as work:
        waiting = concerns.waiting(work, now=toolkit.clock())
    return Load(waiting=waiting.number, overdue=waiting.overdue, nearest_due=waiting.nearest_due)


def find(toolkit: Toolkit, reference: str) -> UUID:
    """Return which item an alert speaks of. Raises Rejected where no item has the reference."""
    with toolkit.database.read() as work:
        # What is typed may hold anything, and PostgreSQL takes no NUL in a text.
        found = concerns.find_by_reference(work, reference.replace("\x00", "").strip().upper())
    if found is None:
        raise Rejected([Fault("reference", "No item has this reference. It is the four signs after Ref")])
    return found


def open_item(toolkit: Toolkit, concern_id: UUID, *, actor_id: UUID) -> OpenedItem:
    """Return one item with their words, and keep that somebody read it. Raises NotFound."""
    with toolkit.database.begin() as work:
        row = get(work, concern_id)
        audit.append(work, "concern.read", Subject("concern", row.id), actor_id=actor_id, at=toolkit.clock())
        return _opened(work, row)


def get(work: Work, concern_id: UUID) -> Concern:
    """Return an item with its row locked. Raises NotFound."""
    row = concerns.find(work, concern_id)
    if row is None:
        raise NotFound
    return row


def _opened(work: Work, row: Concern) -> OpenedItem:
    message = messages.get(work, row.message_id)
    person = None if row.person_id is None else people.get(work, row.person_id)
    found = _found(work, row)
    text = work.unseal(message, "body_sealed") or ""
    earlier = (
        []
        if person is None
        else [other for other in concerns.of_person(work, person.id) if other.id != row.id]
    )
    paused = _is_paused(work, row)
    return OpenedItem(
        item=_lines(work, [row])[0],
        words=mark(text, (word for one in found for word in one.words)),
        received_at=message.received_at,
        channel=message.channel,
        found=found,
        thread=threads.around(work, message),
        earlier=tuple(_lines(work, earlier)),
        note=work.unseal(row, "note_sealed"),
        team=None if person is None else person.team.name,
        cohort=None if person is None else person.cohort,
        age_band=None if person is None else person.age_band,
        texts_stopped=person is not None and person.texts_stopped_at is not None,
        is_paused=paused,
        also_open=_also_open(work, row) if paused else (),
        can_be_reached=person is not None or message.phone_sealed is not None,
    )


def _found(work: Work, row: Concern) -> tuple[FoundConcern, ...]:
    return tuple(
        FoundConcern(
            category=concern_words(one["category"], one["kind"]) or "",
            words=tuple(one["words"]),
        )
        for one in json.loads(work.unseal(row, "found_sealed") or "[]")
    )


def _is_paused(work: Work, row: Concern) -> bool:
    if row.conversation_id is None:
        return False
    return conversations.get(work, row.conversation_id).status == ConversationStatus.PAUSED


def _also_open(work: Work, row: Concern) -> tuple[str, ...]:
    if row.conversation_id is None:
        return ()
    others = concerns.open_in_conversation(work, row.conversation_id)
    return tuple(other.reference for other in others if other.id != row.id)


def _lines(work: Work, rows: list[Concern]) -> list[QueueItem]:
    owners = staff.names(work, {who for row in rows for who in (row.taken_by, row.closed_by) if who})
    return [_line(work, row, owners) for row in rows]


def _line(work: Work, row: Concern, owners: dict[UUID, str]) -> QueueItem:
    tier = Tier(row.tier)
    owner = row.closed_by or row.taken_by
    return QueueItem(
        id=row.id,
        reference=row.reference,
        tier=tier.value,
        tier_words=TIER_WORDS[tier],
        tier_limit=TIER_LIMITS[tier],
        reason=REASON_WORDS[Reason(row.reason)],
        category=concern_words(row.category, row.kind),
        who=_who(work, row),
        state=row.state,
        owner=None if owner is None else owners.get(owner),
        owner_id=row.taken_by,
        raised_at=row.raised_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        outcome=None if row.outcome is None else OUTCOME_WORDS[Outcome(row.outcome)],
        is_told=row.told_young_person,
        position_of_trust=row.position_of_trust,
    )


def _who(work: Work, row: Concern) -> str:
    if row.person_id is not None:
        return people.get(work, row.person_id).designation
    message: InboundMessage = messages.get(work, row.message_id)
    return "A visitor of an open link" if message.phone_sealed is None else "A number we do not know"
