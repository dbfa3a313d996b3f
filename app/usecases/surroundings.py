"""What stands around every page for young people: who we are, who helps at once, and the way out."""

from dataclasses import dataclass

from app.flows.wording import Council

SHOUT = "85258"
LEAVE_TO = "https://www.bbc.co.uk/weather"
"""Everybody looks at the weather."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """Somebody to talk to now."""

    name: str
    how: str
    """What to do, in words."""
    address: str
    """What a phone opens: tel: or sms:."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """As much as a page must know of whoever reads it; where we know nothing, the words are for a child."""

    is_adult: bool = False
    is_young_person: bool = True
    """Not a parent or carer."""
    is_known: bool = True
    """Whether we could find them: not a visitor of an open link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The frame of a page."""

    team: str
    council: str
    who_reads: str | None
    hours: str
    web_address: str
    privacy_address: str
    leave_to: str
    """A page that nobody minds being seen on."""
    helplines: tuple[Helpline, ...]
    is_adult: bool
    is_known: bool


def surroundings(council: Council, reader: Reader) -> Surroundings:
    """Return the frame of a page for its reader; a number that nobody checked is left out."""
    return Surroundings(
        team=council.team_name,
        council=council.name,
        # It speaks of "your carer", and so to young people alone.
        who_reads=council.who_reads if reader.is_young_person else None,
        hours=council.hours.in_words(),
        web_address=council.web_address,
        privacy_address=council.privacy_address,
        leave_to=LEAVE_TO,
        helplines=_helplines(council, adult=reader.is_adult),
        is_adult=reader.is_adult,
        is_known=reader.is_known,
    )


def _helplines(council: Council, *, adult: bool) -> tuple[Helpline, ...]:
    shout = Helpline("SHOUT", f"text SHOUT to {SHOUT}", f"sms:{SHOUT}")
    if not adult:
        return (*_checked(council, "childline", "Childline", "call {}"), shout)
    return (
        shout,
        *_checked(council, "nhs_crisis", "NHS", "call {}, then press 2"),
        *_checked(council, "samaritans", "Samaritans", "call {}"),
    )


def _checked(council: Council, contact: str, name: str, how: str) -> tuple[Helpline, ...]:
    found = council.contacts.get(contact)
    if found is None or found.verified_on is None:
        return ()
    return (Helpline(name, how.format(found.number), f"tel:{found.number.replace(' ', '')}"),)
