"""Where the demo is played: a clock that is moved by hand, and ports that reach nobody."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from uuid import UUID
from zoneinfo import ZoneInfo

from app.analysis.clocks import Tier, is_open, next_opening
from app.shared.errors import Rejected
from app.shared.messages import Channel, IncomingMessage
from app.storage import answers, concerns, messages, people
from app.storage.answers import Narrowing
from app.storage.concerns import Concern
from app.usecases import (
    acting,
    inbound,
    invitations,
    links,
    outbound,
    surveys,
    tagging,
    webpages,
)
from app.usecases.acting import Closing
from app.usecases.demo_script import Said, Script, Talk, Worry
from app.usecases.toolkit import Toolkit

LOCAL = ZoneInfo("Europe/London")
SURVEYS = ("pulse-11-17", "pulse-8-10", "pulse-care-leavers", "pulse-parents-carers")
VISITED = "pulse-11-17"
BETWEEN_TEXTS = dt.timedelta(seconds=40)
TAKEN_AFTER = dt.timedelta(minutes=8)
CLOSED_AFTER = dt.timedelta(minutes=42)
JUST_NOW = dt.timedelta(minutes=4)
AT_ANY_HOUR = (Tier.T0, Tier.T1)
BETWEEN_THE_LAST = dt.timedelta(minutes=14)
DEALT_WITH = Worry(
    is_in_hand=False,
    outcome="no_further_action",
    note="Read in full and answered. Nothing in it needs more from us.",
)
TELLS_NOBODY = "demo"
NOT_MET_YET = UUID(int=0)


@dataclass(slots=True)
class MovingClock:
    """A clock that stands until it is moved."""

    now: dt.datetime

    def __call__(self) -> dt.datetime:
        """Return the moment that it was moved to."""
        return self.now


@dataclass(frozen=True, slots=True)
class SentToNobody:
    """Takes texts and emails, and sends nothing: whatever the settings say, the demo reaches no phone."""

    def send(self, *, to: str, body: str, reference: UUID, subject: str = "") -> str:
        """Take a message; return a made-up id."""
        del to, body, subject
        return f"{TELLS_NOBODY}-{reference.hex}"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the demo."""

    id: UUID
    phone: str | None


@dataclass(slots=True)
class Stage:
    """The toolkit of the demo, and what it knows of its people."""

    toolkit: Toolkit
    clock: MovingClock
    known: dict[str, Known] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Each person's name, by designation."""
    pages: dict[str, str] = field(default_factory=dict)
    """The token of each person's newest link, by name."""
    open_token: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    worker_id: UUID = NOT_MET_YET
    lead_id: UUID = NOT_MET_YET

    def meet_everybody(self, *, worker_id: UUID, lead_id: UUID) -> None:
        """Learn who is who after they were imported, and who of the staff acts."""
        self.worker_id, self.lead_id = worker_id, lead_id
        with self.toolkit.database.read() as work:
            for person in people.everyone(work):
                name = work.unseal(person, "name_sealed") or ""
                self.known[name] = Known(person.id, work.unseal(person, "phone_sealed"))
                self.names[person.designation] = name

    def publish_and_invite(self, version: int, *, at: dt.datetime) -> None:
        """Publish the next version of each survey and ask everybody whom it fits."""
        self.clock.now = at
        for key in SURVEYS:
            survey_id = surveys.publish_file(
                self.toolkit, _survey_file(key, version), actor_id=self.worker_id
            )
            asked = [person.id for person in invitations.plan(self.toolkit, survey_id).asked]
            result = invitations.invite(
                self.toolkit, survey_id=survey_id, person_ids=asked, actor_id=self.worker_id
            )
            self.pages |= {self.names[link.who]: _token(link.address) for link in result.links}
            if key == VISITED:
                address = links.make_open_link(self.toolkit, survey_id, actor_id=self.worker_id, days=28)
                self.open_token = _token(address)
        self._do_what_waits()

    def hold(self, script: Script, moments: Sequence[dt.datetime]) -> None:
        """Let everybody write, each at their moment."""
        for talk, moment in zip(script.talks, moments, strict=True):
            self._talk(talk, moment)

    def hold_just_now(self, script: Script, now: dt.datetime) -> None:
        """Let the last ones write a few minutes ago, and take what the script says a lead has in hand."""
        for before, talk in enumerate(reversed(script.just_now)):
            self._talk(talk, now - JUST_NOW - before * BETWEEN_THE_LAST)
        for item, worry in self._waiting(script):
            if worry.is_in_hand:
                self._take(item, at=item.raised_at + TAKEN_AFTER)

    def look_after(self, script: Script, *, now: dt.datetime) -> None:
        """Take and close every item of the queue as a lead should: within its clock, and closed on working days.

        What came in since the team was last at work still waits.
        """
        for item, worry in self._waiting(script):
            at_once = item.raised_at + TAKEN_AFTER
            taken_at = at_once if item.tier in AT_ANY_HOUR else self._at_work(at_once)
            if taken_at <= now:
                self._take(item, at=taken_at)
            closed_at = self._at_work(taken_at + CLOSED_AFTER)
            if closed_at <= now:
                self.clock.now = closed_at
                closing = Closing(outcome=worry.outcome, note=worry.note, told="yes")
                acting.close(self.toolkit, item.id, closing, actor_id=self.lead_id)

    def _waiting(self, script: Script) -> list[tuple[Concern, Worry]]:
        with self.toolkit.database.read() as work:
            return [
                (item, script.worries.get(self._sender(item), DEALT_WITH))
                for item in concerns.queue(work, closed=False)
            ]

    def _take(self, item: Concern, *, at: dt.datetime) -> None:
        self.clock.now = at
        acting.take(self.toolkit, item.id, actor_id=self.lead_id)

    def _at_work(self, moment: dt.datetime) -> dt.datetime:
        """Return a moment if the team is at work then, else soon after it is again."""
        week = self.toolkit.week
        return moment if is_open(moment, week) else next_opening(moment, week) + TAKEN_AFTER

    def confirm_tags(self, script: Script) -> None:
        """Go through every reply as a worker does: confirm the machine's tags, or put them right."""
        with self.toolkit.database.read() as work:
            waiting = answers.listed(work, Narrowing(unconfirmed_only=True), limit=1000, offset=0)
            texts = {answer.id: work.unseal(answer, "text_sealed") or "" for answer in waiting}
            tags = answers.machine_tags(work, list(texts))
        self.clock.now = max(answer.answered_at for answer in waiting) + dt.timedelta(days=2)
        for answer_id, text in texts.items():
            suggested = {(tag.kind, tag.key) for tag in tags if tag.answer_id == answer_id}
            self._confirm(answer_id, suggested, script.tags.get(text))

    def _confirm(self, answer_id: UUID, suggested: set[tuple[str, str]], said: Said | None) -> None:
        if said is None or said.sentiment is None:
            tagging.confirm_tags(self.toolkit, answer_id, reviewer_id=self.worker_id)
            return
        if suggested == {("sentiment", said.sentiment), *(("theme", key) for key in said.themes)}:
            tagging.confirm_tags(self.toolkit, answer_id, reviewer_id=self.worker_id)
            return
        tagging.correct_tags(
            self.toolkit,
            answer_id,
            reviewer_id=self.worker_id,
            sentiment=said.sentiment,
            themes=said.themes,
        )

    def _talk(self, talk: Talk, moment: dt.datetime) -> None:
        self.clock.now = moment
        texts = [said.text for said in talk.said]
        person = self.known.get(talk.who)
        if not talk.who:
            self._visit(texts)
        elif person is not None and person.phone is None:
            self._answer_on_page(self.pages[talk.who], texts)
        else:
            phone = talk.who if person is None or person.phone is None else person.phone
            self._send_texts(phone, ["1", *texts] if talk.joins else texts)
        self._do_what_waits()

    def _send_texts(self, phone: str, texts: Sequence[str]) -> None:
        for text in texts:
            message = IncomingMessage(
                channel=Channel.SMS,
                provider="twilio",
                account=TELLS_NOBODY,
                provider_id=f"{TELLS_NOBODY}{next(self.numbers):06d}",
                text=text,
                from_phone=phone,
                sent_at=self.clock(),
            )
            inbound.receive(self.toolkit, message)
            self.clock.now += BETWEEN_TEXTS

    def _visit(self, texts: Sequence[str]) -> None:
        press = f"{TELLS_NOBODY}-visit-{next(self.numbers):032d}"
        token = links.start_visit(self.toolkit, self.open_token, press)
        if token is None:
            raise Rejected([])
        self._answer_page_by_page(token, texts)

    def _answer_on_page(self, token: str, texts: Sequence[str]) -> None:
        webpages.join(self.toolkit, token)
        self._answer_page_by_page(token, texts)

    def _answer_page_by_page(self, token: str, texts: Sequence[str]) -> None:
        for text in texts:
            self.clock.now += BETWEEN_TEXTS
            page = webpages.page_for(self.toolkit, token)
            webpages.answer(self.toolkit, token, turn=page.turn, text=text)

    def _do_what_waits(self) -> None:
        """Do at once what the background would: send what is due to nobody, and tag."""
        for _, row_id in outbound.sweep(self.toolkit):
            outbound.deliver(self.toolkit, row_id)
        for row_id in tagging.untagged(self.toolkit):
            tagging.tag_answer(self.toolkit, row_id)

    def _sender(self, item: Concern) -> str:
        for name, person in self.known.items():
            if person.id == item.person_id:
                return name
        with self.toolkit.database.read() as work:
            return work.unseal(messages.get(work, item.message_id), "phone_sealed") or ""


def open_stage(toolkit: Toolkit, clock: MovingClock) -> Stage:
    """Return a stage over a toolkit's database, from which nothing goes out."""
    silent = dataclasses.replace(
        toolkit,
        database=toolkit.database.without_waking(),
        clock=clock,
        gateway=SentToNobody(),
        mailer=SentToNobody(),
    )
    return Stage(silent, clock)


def _survey_file(key: str, version: int) -> bytes:
    text = files("app.flows").joinpath("definitions", f"{key}.yaml").read_text(encoding="utf-8")
    return text.replace("\nversion: 1\n", f"\nversion: {version}\n", 1).encode()


def _token(address: str) -> str:
    return address.rpartition("/")[2]
