"""Look into the database after everything was delivered twice, for what is lost, doubled, unscreened or untagged."""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from app.flows.commands import recognise
from app.shared.messages import Channel
from app.storage.answers import Answer, MachineTag
from app.storage.base import Base
from app.storage.concerns import Concern
from app.storage.conversations import Conversation
from app.storage.database import Work
from app.storage.messages import InboundMessage, reply_to
from app.storage.outbox import WAITING, OutboxMessage
from app.storage.people import Person
from app.usecases.toolkit import Toolkit
from tools.carry.checks import Check, of_each
from tools.carry.deliveries import Delivered, Errand

PATIENCE = 180.0
SCREENED = {"clear", "concern", "unreadable"}
ALERTED = {"T0", "T1", "T2"}
ALERTS_EACH = 4
"""A text and an email to each of two named leads."""

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Found:
    """What the database holds of one errand."""

    messages: tuple[InboundMessage, ...]
    bodies: Counter[str]
    answers: tuple[Answer, ...]
    texts: tuple[str | None, ...]
    turns: tuple[int, ...]


def wait_for_workers(toolkit: Toolkit) -> float:
    """Wait until the background has nothing left to tag or to send to staff; return the seconds it took."""
    started = time.monotonic()
    while _waits(toolkit) and time.monotonic() - started < PATIENCE:
        time.sleep(0.5)
    return time.monotonic() - started


def _waits(toolkit: Toolkit) -> bool:
    with toolkit.database.read() as work:
        untagged = select(Answer.id).where(Answer.has_words, Answer.tagged_at.is_(None))
        unsent = select(OutboxMessage.id).where(
            OutboxMessage.purpose == "alert", OutboxMessage.state.in_((*WAITING, "calling"))
        )
        return any(work.session.scalar(query.limit(1)) for query in (untagged, unsent))


def inspect(toolkit: Toolkit, delivered: Sequence[Delivered]) -> list[Check]:
    """Compare what was delivered with what is stored."""
    with toolkit.database.read() as work:
        found = _find(work, [one.errand for one in delivered])
        return [
            *_check_deliveries(delivered),
            *_check_messages(work, found),
            *_check_answers(work, found),
            *_check_alerts(work),
        ]


def is_command(errand: Errand) -> bool:
    """Whether a reply is as a whole a command, STOP for one: obeyed, and no answer to a survey."""
    return recognise(errand.row.text) is not None


def _find(work: Work, errands: Sequence[Errand]) -> dict[str, tuple[Errand, Found]]:
    person_of = {work.unseal(person, "name_sealed"): person.id for person in _rows(work, Person)}
    messages = _by_person(_rows(work, InboundMessage))
    answers = _by_person(_rows(work, Answer))
    turns = _by_person(_rows(work, Conversation))
    found = {}
    for errand in errands:
        person_id = person_of[f"Person {errand.row.id} {errand.channel}"]
        theirs = tuple(messages[person_id])
        given = tuple(answers[person_id])
        found[errand.name] = (
            errand,
            Found(
                messages=theirs,
                bodies=Counter(work.unseal(message, "body_sealed") or "" for message in theirs),
                answers=given,
                texts=tuple(work.unseal(answer, "text_sealed") for answer in given),
                turns=tuple(conversation.turn for conversation in turns[person_id]),
            ),
        )
    return found


PersonRow = TypeVar("PersonRow", InboundMessage, Answer, Conversation)


def _by_person(rows: Sequence[PersonRow]) -> defaultdict[UUID | None, list[PersonRow]]:
    found: defaultdict[UUID | None, list[PersonRow]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _rows(work: Work, table: type[Row]) -> list[Row]:
    return list(work.session.scalars(select(table)).unique())


def _check_deliveries(delivered: Sequence[Delivered]) -> list[Check]:
    names = [one.errand.name for one in delivered]
    return [
        of_each(
            "replies taken in, delivered twice",
            names,
            [one.errand.name for one in delivered if not one.was_taken],
        ),
        of_each(
            "second deliveries answered as the first",
            names,
            [one.errand.name for one in delivered if one.first != one.second],
        ),
    ]


def _check_messages(work: Work, found: dict[str, tuple[Errand, Found]]) -> list[Check]:
    ours = Counter(row.answers_id for row in _rows(work, OutboxMessage) if row.answers_id is not None)
    rows = _rows(work, InboundMessage)
    return [
        of_each(
            "replies stored exactly once, word for word",
            found,
            [name for name, (errand, one) in found.items() if one.bodies != _expected_bodies(errand)],
        ),
        Check(
            "messages in the database",
            sum(_expected_bodies(errand).total() for errand, _ in found.values()),
            len(rows),
        ),
        of_each(
            "messages screened",
            (str(row.id) for row in rows),
            [str(row.id) for row in rows if row.screening not in SCREENED],
        ),
        of_each(
            "messages answered once in the outbox",
            (str(row.id) for row in rows),
            [str(row.id) for row in rows if len(reply_to(work, row)) != ours[row.id]],
        ),
    ]


def _expected_bodies(errand: Errand) -> Counter[str]:
    joining = ["1"] if errand.channel is Channel.SMS else []
    return Counter([*joining, errand.row.text])


def _check_answers(work: Work, found: dict[str, tuple[Errand, Found]]) -> list[Check]:
    answering = {name: one for name, (errand, one) in found.items() if not is_command(errand)}
    texts = {name: errand.row.text for name, (errand, _) in found.items()}
    commands = {name: one for name, (errand, one) in found.items() if is_command(errand)}
    sentiments = Counter(tag.answer_id for tag in _rows(work, MachineTag) if tag.kind == "sentiment")
    return [
        of_each(
            "replies that became one answer each",
            answering,
            [name for name, one in answering.items() if one.texts != (texts[name],)],
        ),
        of_each(
            "conversations moved on by one step",
            answering,
            [name for name, one in answering.items() if one.turns != (1,)],
        ),
        of_each(
            "answers tagged once by the worker",
            answering,
            [
                name
                for name, one in answering.items()
                if not all(row.tagged_at and sentiments[row.id] == 1 for row in one.answers)
            ],
        ),
        of_each(
            "commands obeyed (no answer, nothing to tag)",
            commands,
            [name for name, one in commands.items() if one.answers or not _was_obeyed(one)],
        ),
    ]


def _was_obeyed(one: Found) -> bool:
    return sum((message.taken_as or "").startswith("command:") for message in one.messages) == 1


def _check_alerts(work: Work) -> list[Check]:
    items = _rows(work, Concern)
    worrying = [row.id for row in _rows(work, InboundMessage) if row.screening in {"concern", "unreadable"}]
    queued = Counter(item.message_id for item in items if item.reason in {"concern", "unreadable"})
    sent = Counter(
        row.concern_id for row in _rows(work, OutboxMessage) if row.purpose == "alert" and row.state == "sent"
    )
    urgent = [item for item in items if item.tier in ALERTED]
    return [
        of_each(
            "worrying messages in the safeguarding queue",
            map(str, worrying),
            [str(row) for row in worrying if queued[row] != 1],
        ),
        of_each(
            "urgent items that alerted both leads, by text and email",
            (item.reference for item in urgent),
            [item.reference for item in urgent if sent[item.id] != ALERTS_EACH],
        ),
    ]
