"""Carry each reply in over real HTTP, each one twice, as providers and browsers do."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import requests

from app.channels.twilio.account import MESSAGE_PATH
from app.channels.twilio.signature import SIGNATURE_HEADER, sign
from app.shared.messages import Channel
from tools.carry.rows import Row
from tools.carry.stage import Stage

AT_ONCE = 4
TURN = re.compile(r'name="turn" value="(\d+)"')


@dataclass(frozen=True, slots=True)
class Errand:
    """One reply to be carried in through one channel."""

    row: Row
    channel: Channel
    address: str
    """The phone that texts it, or the personal link that opens its page."""
    number: int

    @property
    def name(self) -> str:
        """How it is named when something is wrong with it."""
        return f"{self.row.id} by {self.channel}"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the product said to the first and to the second delivery."""

    errand: Errand
    statuses: tuple[int, ...]
    first: str
    second: str

    @property
    def was_taken(self) -> bool:
        """Whether every request of it succeeded."""
        return all(status < 400 for status in self.statuses)


def deliver_all(stage: Stage, errands: list[Errand]) -> list[Delivered]:
    """Carry everything in, several at once."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda errand: deliver(stage, errand), errands))


def deliver(stage: Stage, errand: Errand) -> Delivered:
    """Join, then send the reply, both twice."""
    with requests.Session() as session:
        # A proxy that the environment names for the world is not asked for this machine.
        session.trust_env = False
        if errand.channel is Channel.SMS:
            return _by_text(stage, session, errand)
        return _by_page(session, errand)


def _by_text(stage: Stage, session: requests.Session, errand: Errand) -> Delivered:
    answers = [
        _post_signed(stage, session, errand, f"SM{errand.number:031d}{step}", text)
        for step, text in ((1, "1"), (1, "1"), (2, errand.row.text), (2, errand.row.text))
    ]
    joins, replies = [answer.text for answer in answers[:2]], [answer.text for answer in answers[2:]]
    statuses = tuple(answer.status_code for answer in answers)
    return Delivered(errand, statuses, joins[0] + replies[0], joins[1] + replies[1])


def _post_signed(
    stage: Stage, session: requests.Session, errand: Errand, sid: str, text: str
) -> requests.Response:
    account = stage.twilio
    form = {
        "MessageSid": sid,
        "AccountSid": account.account_sid,
        "From": errand.address,
        "To": account.numbers[0],
        "Body": text,
        "NumMedia": "0",
    }
    return session.post(
        stage.url + MESSAGE_PATH,
        data=form,
        headers={SIGNATURE_HEADER: sign(account, MESSAGE_PATH, form)},
        timeout=30,
    )


def _by_page(session: requests.Session, errand: Errand) -> Delivered:
    joins = [session.post(f"{errand.address}/start", data={"reply": "yes"}, timeout=30) for _ in range(2)]
    turn = TURN.search(joins[-1].text)
    form = {"turn": turn.group(1) if turn else "", "text": errand.row.text}
    replies = [session.post(f"{errand.address}/reply", data=form, timeout=30) for _ in range(2)]
    statuses = tuple(answer.status_code for answer in (*joins, *replies))
    return Delivered(errand, statuses, joins[0].text + replies[0].text, joins[1].text + replies[1].text)
