"""Act on a queue item: take it, learn who it is, close it, or send a reply to the queue by hand."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.analysis.clocks import Tier
from app.flows.wording import MessageKey
from app.shared.cohorts import AgeBand
from app.shared.errors import Fault, NotFound, Rejected
from app.shared.messages import Channel, IncomingMessage
from app.storage import (
    answers,
    audit,
    concerns,
    conversations,
    invitations,
    messages,
    other_messages,
    outbox,
    people,
    staff,
)
from app.storage.audit import Subject
from app.storage.concerns import Concern, ConcernState, Reason
from app.storage.conversations import OPEN_STATUSES, Conversation, ConversationStatus
from app.storage.database import Work
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage, OutboxState
from app.storage.people import Person
from app.usecases import desk, raising
from app.usecases.desk_words import Outcome
from app.usecases.exchange import Exchange
from app.usecases.quiet import next_text_time
from app.usecases.toolkit import Toolkit


class AfterPause(StrEnum):
    """What becomes of a survey that waited for somebody's decision."""

    LEAVE_STOPPED = "leave_stopped"
    ASK_TO_GO_ON = "ask_to_go_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What a form says about closing an item."""

    outcome: str
    note: str
    told: str
    """ "yes" or "not_yet"."""
    after_pause: str = AfterPause.LEAVE_STOPPED


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, shown only when it is asked for, and kept that it was."""

    name: str | None
    phone: str | None


class AlreadyTaken(Rejected):
    """A colleague has the item."""


def take(toolkit: Toolkit, concern_id: UUID, *, actor_id: UUID, instead_of: UUID | None = None) -> None:
    """Take an item, or take it over from the colleague who has it. Raises NotFound, AlreadyTaken."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        row = desk.get(work, concern_id)
        if row.state == ConcernState.CLOSED or row.taken_by not in {instead_of, actor_id}:
            raise AlreadyTaken([Fault("item", _who_has_it(work, row))])
        if row.taken_by == actor_id:
            return
        row.state = ConcernState.TAKEN
        row.taken_by = actor_id
        row.taken_at = now
        audit.append(work, "concern.taken", Subject("concern", row.id), actor_id=actor_id, at=now)


def close(toolkit: Toolkit, concern_id: UUID, closing: Closing, *, actor_id: UUID) -> None:
    """Close an item that the actor has taken. Raises NotFound, AlreadyTaken, Rejected."""
    now = toolkit.clock()
    faults = _faults(closing)
    with toolkit.database.begin() as work:
        conversation = _lock_around(work, concern_id)
        row = desk.get(work, concern_id)
        if row.state == ConcernState.CLOSED or row.taken_by != actor_id:
            raise AlreadyTaken([Fault("item", _who_has_it(work, row))])
        if faults:
            raise Rejected(faults)
        before = work.unseal(row, "note_sealed")
        work.seal(row, "note_sealed", "\n".join(filter(None, (before, closing.note.strip()))))
        row.state = ConcernState.CLOSED
        row.outcome = closing.outcome
        row.told_young_person = closing.told == "yes"
        row.closed_by = actor_id
        row.closed_at = now
        work.session.flush()
        if conversation is not None:
            _decide_about_survey(toolkit, work, conversation, AfterPause(closing.after_pause))
        audit.append(work, "concern.closed", Subject("concern", row.id), actor_id=actor_id, at=now)


def identify(toolkit: Toolkit, concern_id: UUID, *, actor_id: UUID) -> Identity:
    """Return who an item is about, and keep that somebody asked. Raises NotFound."""
    with toolkit.database.begin() as work:
        row = desk.get(work, concern_id)
        audit.append(
            work, "concern.identity_read", Subject("concern", row.id), actor_id=actor_id, at=toolkit.clock()
        )
        phone = work.unseal(messages.get(work, row.message_id), "phone_sealed")
        if row.person_id is None:
            return Identity(None, phone)
        person = people.get(work, row.person_id)
        return Identity(work.unseal(person, "name_sealed"), work.unseal(person, "phone_sealed") or phone)


def raise_by_hand(toolkit: Toolkit, answer_id: UUID, *, actor_id: UUID) -> None:
    """Send a reply to the safeguarding queue because somebody was worried by it. Raises NotFound.

    A second press changes nothing while the first item is open.
    """
    with toolkit.database.begin() as work:
        answer = answers.find_to_read(work, answer_id)
        if answer is None:
            raise NotFound
        _raise(toolkit, work, messages.get(work, answer.inbound_id), actor_id)


def raise_message_by_hand(toolkit: Toolkit, message_id: UUID, *, actor_id: UUID) -> None:
    """Send another message to the queue in the same way; whoever does has read it. Raises NotFound."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        row = other_messages.find_to_read(work, message_id)
        if row is None:
            raise NotFound
        _raise(toolkit, work, row, actor_id)
        if row.read_at is None:
            row.read_at, row.read_by = now, actor_id


def _raise(toolkit: Toolkit, work: Work, row: InboundMessage, actor_id: UUID) -> None:
    now = toolkit.clock()
    person = None if row.person_id is None else people.lock(work, row.person_id)
    conversation = None if row.conversation_id is None else conversations.lock(work, row.conversation_id)
    messages.lock(work, row.id)
    if concerns.still_open(work, message_ids=[row.id]):
        return
    # What raising an item needs of the message is on its row; its words are not sent through again.
    message = IncomingMessage(Channel(row.channel), row.provider, row.account, row.provider_id, text="")
    exchange = Exchange(toolkit, work, message, row, person, conversation, now)
    item = raising.raise_item(exchange, Reason.MISSED, Tier.T1)
    if conversation is not None and conversation.status in OPEN_STATUSES:
        conversation.status = ConversationStatus.PAUSED
    audit.append(work, "concern.raised", Subject("concern", item.id), actor_id=actor_id, at=now)


def _who_has_it(work: Work, row: Concern) -> str:
    who = row.closed_by or row.taken_by
    if who is None:
        return "nobody has taken this item yet; take it first"
    name = staff.names(work, {who}).get(who, "a colleague")
    done = "closed" if row.state == ConcernState.CLOSED else "has taken"
    return f"{name} {done} this item"


def _faults(closing: Closing) -> list[Fault]:
    faults = []
    if closing.outcome not in set(Outcome):
        faults.append(Fault("outcome", "Choose what was done"))
    if not closing.note.strip():
        faults.append(Fault("note", "Write what was decided and why, in a sentence or two"))
    if closing.told not in {"yes", "not_yet"}:
        faults.append(Fault("told", "Say whether the young person has been told what happens next"))
    if closing.after_pause not in set(AfterPause):
        faults.append(Fault("after_pause", "Choose what becomes of their survey"))
    return faults


def _lock_around(work: Work, concern_id: UUID) -> Conversation | None:
    """Lock the person and the conversation of an item, in the order that every message locks them. Raises NotFound.

    The item itself is locked after them, so that neither waits for the other for ever, and what else is open is
    looked up after them, so that a worry which arrives at the same moment is seen.
    """
    around = concerns.find_around(work, concern_id)
    if around is None:
        raise NotFound
    if around.person_id is not None:
        people.lock(work, around.person_id)
    return None if around.conversation_id is None else conversations.lock(work, around.conversation_id)


def _decide_about_survey(
    toolkit: Toolkit, work: Work, conversation: Conversation, choice: AfterPause
) -> None:
    """Let a paused survey end, or ask first whether to go on; never while another item holds it."""
    if conversation.status != ConversationStatus.PAUSED or concerns.open_in_conversation(
        work, conversation.id
    ):
        return
    now = toolkit.clock()
    conversation.touched_at = now
    if choice is AfterPause.LEAVE_STOPPED:
        conversation.status = ConversationStatus.STOPPED
        conversation.ended_at = now
        return
    conversation.status = ConversationStatus.CHOOSING
    conversation.turn += 1
    _ask_whether_to_go_on(toolkit, work, conversation, now)


def _ask_whether_to_go_on(toolkit: Toolkit, work: Work, conversation: Conversation, now: dt.datetime) -> None:
    # The page asks by itself; a text goes only to somebody who is asked by text.
    person = None if conversation.person_id is None else people.get(work, conversation.person_id)
    phone = None if person is None else work.unseal(person, "phone_sealed")
    if person is None or phone is None or not _is_asked_by_text(work, conversation, person):
        return
    adult = person.age_band == AgeBand.EIGHTEEN_AND_OVER
    row = OutboxMessage(
        transport="sms",
        purpose="invite",
        person_id=person.id,
        conversation_id=conversation.id,
        state=OutboxState.READY,
        attempts=0,
        due_at=next_text_time(now),
        made_at=now,
    )
    outbox.add(work, row, to=phone, body=toolkit.council.say(MessageKey.CARRY_ON, adult=adult))
    work.wake("deliver", row.id)


def _is_asked_by_text(work: Work, conversation: Conversation, person: Person) -> bool:
    """Whether we text somebody about this survey: never the youngest, nor whom a link was made for."""
    if person.age_band == AgeBand.EIGHT_TO_TEN or conversation.invitation_id is None:
        return False
    if person.texts_stopped_at is not None or person.number_doubted_at is not None:
        return False
    invitation = invitations.find(work, conversation.invitation_id)
    return invitation is not None and invitation.channel == Channel.SMS
