"""The phones of the demo, for a page that only development shows."""

import datetime as dt
from dataclasses import dataclass, replace
from operator import itemgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from app.shared.errors import NotFound
from app.storage import messages, outbox, people, staff, surveys
from app.storage.database import Work
from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage, OutboxState
from app.usecases import links
from app.usecases.phone_states import Rank, states_of
from app.usecases.toolkit import Toolkit

LOCAL = ZoneInfo("Europe/London")
STRANGER = "stranger"
SURVEY = "pulse-11-17"
STRANGER_NUMBER = "+447700900998"


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone on the page."""

    key: str
    """What its address on the page is: never the number."""
    owner: str
    ending: str
    """The last three digits."""
    can_text: bool
    about: str = ""
    """How old its owner is and what is waited for."""


@dataclass(frozen=True, slots=True)
class Phones:
    """Every phone, in the order in which a newcomer will want them."""

    waiting: tuple[Phone, ...]
    """A 1 from these joins a survey."""
    others: tuple[Phone, ...]
    apart: tuple[Phone, ...]
    """The stranger's and the leads'."""

    @property
    def every(self) -> tuple[Phone, ...]:
        """All of them."""
        return (*self.waiting, *self.others, *self.apart)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on a phone."""

    text: str
    is_ours: bool
    time: str
    provider_id: str
    note: str
    """What there is to say about it, such as that it still waits."""


@dataclass(frozen=True, slots=True)
class _Owner:
    number: str
    owner: str
    person_id: UUID | None = None
    staff_id: UUID | None = None

    @property
    def phone(self) -> Phone:
        key = (
            STRANGER
            if self.person_id is None and self.staff_id is None
            else str(self.person_id or self.staff_id)
        )
        return Phone(key, self.owner, self.number[-3:], can_text=self.staff_id is None)


def phones(toolkit: Toolkit) -> Phones:
    """Return every phone: those of the people we may ask and where each stands, the stranger's, the leads'."""
    with toolkit.database.read() as work:
        owners = _owners(work)
        everyone = [person for person in people.everyone(work) if person.phone_sealed is not None]
        states = states_of(work, everyone)
        ages = {person.id: person.age_band for person in everyone}
    ranked: dict[Rank, list[Phone]] = {rank: [] for rank in Rank}
    for owner in owners:
        if owner.person_id is not None:
            state = states[owner.person_id]
            about = f"{ages[owner.person_id]}, {state.words}"
            ranked[state.rank].append(replace(owner.phone, about=about))
    return Phones(
        waiting=tuple(ranked[Rank.WAITS_FOR_JOIN]),
        others=(*ranked[Rank.IN_A_SURVEY], *ranked[Rank.OTHER]),
        apart=tuple(owner.phone for owner in owners if owner.person_id is None),
    )


def number_of(toolkit: Toolkit, key: str) -> str:
    """Return a phone's number. Raises NotFound."""
    with toolkit.database.read() as work:
        return _owner(work, key).number


def thread(toolkit: Toolkit, key: str) -> list[Bubble]:
    """Return the texts on a phone, both ways, oldest first. Raises NotFound."""
    with toolkit.database.read() as work:
        owner = _owner(work, key)
        started = outbox.texts_to(work, person_id=owner.person_id, staff_id=owner.staff_id)
        theirs = () if owner.staff_id else messages.texts_of(work, owner.person_id)
        found = [(row.made_at, [_ours(work, row)]) for row in started if _is_to(work, row, owner)]
        found += [(row.received_at, _exchanged(work, row)) for row in theirs if _is_from(work, row, owner)]
    found.sort(key=itemgetter(0))
    return [bubble for _, bubbles in found for bubble in bubbles]


def _owners(work: Work) -> list[_Owner]:
    found = [_Owner(STRANGER_NUMBER, "A number that we do not know")]
    for lead in staff.named_leads(work):
        number = work.unseal(lead, "phone_sealed")
        if number is not None:
            found.append(_Owner(number, f"{lead.name}, safeguarding lead", staff_id=lead.id))
    for person in people.everyone(work):
        number = work.unseal(person, "phone_sealed")
        if number is not None:
            found.append(_Owner(number, person.designation, person_id=person.id))
    return found


def _owner(work: Work, key: str) -> _Owner:
    for owner in _owners(work):
        if owner.phone.key == key:
            return owner
    raise NotFound


def _is_from(work: Work, row: InboundMessage, owner: _Owner) -> bool:
    return work.unseal(row, "phone_sealed") == owner.number


def _is_to(work: Work, row: OutboxMessage, owner: _Owner) -> bool:
    return work.unseal(row, "to_sealed") == owner.number


def _exchanged(work: Work, row: InboundMessage) -> list[Bubble]:
    """Return a text and what rode back on it."""
    text, time = work.unseal(row, "body_sealed") or "", _clock(row.received_at)
    sent = Bubble(text, is_ours=False, time=time, provider_id=row.provider_id, note="")
    back = [
        Bubble(said, is_ours=True, time=time, provider_id="", note="")
        for said in messages.reply_to(work, row)
    ]
    return [sent, *back]


def _ours(work: Work, row: OutboxMessage) -> Bubble:
    text = work.unseal(row, "body_sealed") or ""
    note = "" if row.state == OutboxState.SENT else f"not on the phone yet: {row.state}"
    return Bubble(text, is_ours=True, time=_clock(row.made_at), provider_id=row.provider_id or "", note=note)


def _clock(moment: dt.datetime) -> str:
    return f"{moment.astimezone(LOCAL):%d %b %H:%M}"


def open_link(toolkit: Toolkit) -> str:
    """Make an open link to a survey for young people and return its address. Raises NotFound."""
    with toolkit.database.read() as work:
        found = surveys.find_newest(work, SURVEY) or next(iter(surveys.newest_of_each(work)), None)
    if found is None:
        raise NotFound
    return links.make_open_link(toolkit, found.id, actor_id=None, days=1)
