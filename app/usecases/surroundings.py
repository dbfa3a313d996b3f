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
class Surroundings:
    """The frame of a page."""

    team: str
    council: str
    who_reads: str | None
    hours: str
    privacy_address: str
    leave_to: str
    """A page that nobody minds being seen on."""
    helplines: tuple[Helpline, ...]
    is_adult: bool


def surroundings(council: Council, *, adult: bool) -> Surroundings:
    """Return the frame of a page for a child or for an adult; a number that nobody checked is left out."""
    return Surroundings(
        team=council.team_name,
        council=council.name,
        who_reads=council.who_reads,
        hours=council.hours.in_words(),
        privacy_address=council.privacy_address,
        leave_to=LEAVE_TO,
        helplines=_helplines(council, adult=adult),
        is_adult=adult,
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
