"""What every message of a council must be, whatever happens to be known when it is sent."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.flows.council import Contact, Council, MessageKey
from app.flows.jargon import jargon_in
from app.flows.segments import count_segments, how_to_mend, strange_characters
from app.flows.templates import names_in, needed_by
from app.flows.words import squash
from app.shared.errors import Fault

MOST_SEGMENTS = 2
ON_A_LOCK_SCREEN = 40
"""Characters that a locked phone shows at least."""
LIFELINES = ("999", "SHOUT to 85258")
_LONGEST_FACTS = {"when": "on Wednesday 28 December", "questions": "12", "ring_until": "4.30"}
_COUNCIL_FACTS = frozenset({"name", "team", "web", "privacy", "hours", "days", "support"})
_KNOWN_FACTS = _COUNCIL_FACTS | {"who_reads", "childline", "nhs_crisis", "samaritans"} | _LONGEST_FACTS.keys()
_ONLY_ASKS = {MessageKey.M1_INVITE, MessageKey.WHO, MessageKey.STARTED, MessageKey.CARRY_ON}
_WITHOUT_999 = frozenset({*_ONLY_ASKS, MessageKey.M5B_LOW_TIER})
_WITHOUT_SHOUT = frozenset(_ONLY_ASKS)
_SOME_DAY = dt.date(2000, 1, 1)


def check_council(council: Council, lock_screen: Sequence[str], own: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each message that could be sent in a form that must not be sent.

    `own` holds where the council's own messages stand in its file; the rest is the standard wording.
    """
    for key in MessageKey:
        for adult in (False, True):
            where = own.get(key, f"standard wording, messages.{key}")
            place = f"{where} ({'18 and over' if adult else 'under 18'})"
            problems = list(_message_problems(council, key, adult=adult, lock_screen=lock_screen))
            yield from (Fault(place, problem) for problem in dict.fromkeys(problems))


def _message_problems(
    council: Council, key: MessageKey, *, adult: bool, lock_screen: Sequence[str]
) -> Iterator[str]:
    unsaid = list(_unsayable(council.templates[key, adult], council))
    yield from unsaid
    if unsaid:
        return
    for text in _forms(council, key, adult=adult):
        yield from _text_problems(text, key, lock_screen)


def _unsayable(template: str, council: Council) -> Iterator[str]:
    for name in sorted(names_in(template) - _KNOWN_FACTS - council.contacts.keys()):
        yield f"{{{name}}} is not a fact that anybody knows"
    for name in sorted(needed_by(template) & _KNOWN_FACTS - _COUNCIL_FACTS):
        yield f"{{{name}}} may be unknown; put it in a [piece] that can be left out"
    for name in sorted(needed_by(template) & council.contacts.keys() - _KNOWN_FACTS):
        yield f"{{{name}}} may be unverified; put it in a [piece] that can be left out"


def _forms(council: Council, key: MessageKey, *, adult: bool) -> Iterator[str]:
    """Say a message with everything known, and with nothing known that may be unknown."""
    everything = replace(council, contacts=_all(council.contacts, _SOME_DAY))
    nothing = replace(council, contacts=_all(council.contacts, None), who_reads=None)
    yield everything.say(key, adult=adult, **_LONGEST_FACTS)
    yield nothing.say(key, adult=adult)


def _all(contacts: Mapping[str, Contact], verified_on: dt.date | None) -> Mapping[str, Contact]:
    return {name: replace(contact, verified_on=verified_on) for name, contact in contacts.items()}


def _text_problems(text: str, key: MessageKey, lock_screen: Sequence[str]) -> Iterator[str]:
    strange = strange_characters(text)
    if strange:
        yield how_to_mend(strange)
    elif count_segments(text) > MOST_SEGMENTS:
        yield f"can be {len(text)} characters long and then travels as {count_segments(text)} texts; shorten it to 306"
    yield from jargon_in(text)
    shown = f" {squash(text[:ON_A_LOCK_SCREEN])} "
    for word in lock_screen:
        if f" {word} " in shown:
            yield f"{word!r} stands in the first {ON_A_LOCK_SCREEN} characters, where a locked phone shows it"
    for lifeline, exempt in zip(LIFELINES, (_WITHOUT_999, _WITHOUT_SHOUT), strict=True):
        if lifeline not in text and key not in exempt:
            yield f"must hold {lifeline!r} whatever else is known"
