"""Messages that are neither an answer nor a command, as staff read them: by designation, each marked as read.

Words that wait with the safeguarding lead are withheld from everybody else until their item is closed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.shared.errors import NotFound
from app.storage import audit, concerns, other_messages, people, staff
from app.storage.audit import Subject
from app.storage.database import Work
from app.storage.messages import InboundMessage
from app.usecases.toolkit import Toolkit

ON_A_PAGE = 20

WHY = {
    "after_end": "After the survey had ended",
    "after_stop": "After they stopped our texts",
    "choice": "When we asked whether to go on",
    "failed": "We could not deal with it ourselves",
    "join_on_hold": "While their invitation was on hold",
    "late_page": "From a page that was out of date",
    "stranger": "From somebody we do not know",
    "stranger_again": "From somebody we do not know, who wrote before",
    "unclear": "We did not understand it as an answer",
    "unsolicited": "It answers no question of ours",
    "while_paused": "While their survey was on hold",
}
"""In plain words what we took a message for (messages.taken_as)."""
BESIDE = "Beside the survey"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMessage:
    """One message that a person reads, by designation."""

    id: UUID
    who: str
    team: str | None
    why: str
    text: str
    pictures: int
    """How many came with it; Heard keeps none of them."""
    at: dt.datetime
    channel: str
    is_withheld: bool
    """Its words wait with the safeguarding lead."""
    is_with_lead: bool
    was_in_queue: bool
    read_by: str | None
    read_at: dt.datetime | None

    @property
    def is_unread(self) -> bool:
        """Whether nobody has read it, here or in the queue."""
        return self.read_at is None and not self.was_in_queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of messages."""

    messages: tuple[OtherMessage, ...]
    total: int
    unread: int
    page: int
    pages: int


def count_unread(toolkit: Toolkit) -> int:
    """Return how many messages nobody has read."""
    with toolkit.database.read() as work:
        return other_messages.count_unread(work)


def list_messages(toolkit: Toolkit, *, page: int, actor_id: UUID, sees_concerns: bool) -> Listing:
    """Return a page of messages, unread first, then newest first, and keep that each was looked at."""
    with toolkit.database.begin() as work:
        total = other_messages.count(work)
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(max(1, page), pages)
        rows = other_messages.listed(work, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
        found = _read(work, rows, sees_concerns=sees_concerns)
        for one in found:
            if not one.is_withheld:
                subject = Subject("message", one.id)
                audit.append(work, "message.read", subject, actor_id=actor_id, at=toolkit.clock())
        return Listing(
            messages=found,
            total=total,
            unread=other_messages.count_unread(work),
            page=page,
            pages=pages,
        )


def mark_read(toolkit: Toolkit, message_id: UUID, *, actor_id: UUID, sees_concerns: bool) -> None:
    """Keep who has read a message. Raises NotFound.

    A second press changes nothing, nor does one beside words that are withheld.
    """
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        row = other_messages.find(work, message_id)
        if row is None:
            raise NotFound
        is_withheld = not sees_concerns and bool(concerns.still_open(work, message_ids=[row.id]))
        if row.read_at is not None or is_withheld:
            return
        row.read_at, row.read_by = now, actor_id
        audit.append(work, "message.marked_read", Subject("message", row.id), actor_id=actor_id, at=now)


def _read(work: Work, rows: Sequence[InboundMessage], *, sees_concerns: bool) -> tuple[OtherMessage, ...]:
    ids = [row.id for row in rows]
    with_lead = concerns.still_open(work, message_ids=ids)
    raised = other_messages.raised(work, ids)
    names = staff.names(work, {row.read_by for row in rows if row.read_by is not None})
    found = []
    for row in rows:
        person = None if row.person_id is None else people.get(work, row.person_id)
        withheld = row.id in with_lead and not sees_concerns
        found.append(
            OtherMessage(
                id=row.id,
                who=_stranger(row) if person is None else person.designation,
                team=None if person is None else person.team.name,
                why=WHY.get(row.taken_as or "", BESIDE),
                text="" if withheld else work.unseal(row, "body_sealed") or "",
                pictures=row.media_count,
                at=row.received_at,
                channel=row.channel,
                is_withheld=withheld,
                is_with_lead=row.id in with_lead,
                was_in_queue=row.id in raised,
                read_by=None if row.read_by is None else names.get(row.read_by, "A colleague"),
                read_at=row.read_at,
            )
        )
    return tuple(found)


def _stranger(row: InboundMessage) -> str:
    return "A visitor of an open link" if row.phone_sealed is None else "A number we do not know"
