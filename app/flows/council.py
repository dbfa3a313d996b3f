"""A council as the service speaks for it: its names, hours, contacts, pledges and words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.flows.templates import fill

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class MessageKey(StrEnum):
    """The service's own messages, beside the questions of a survey."""

    M1_INVITE = "m1_invite"
    M2_LIMITS = "m2_limits"
    M4_OUT_OF_HOURS = "m4_out_of_hours"
    M4C_CONCERN = "m4c_concern"
    M5_CONCERN = "m5_concern"
    M5B_LOW_TIER = "m5b_low_tier"
    M5C_MORE = "m5c_more"
    M7_HELP = "m7_help"
    M8_STOP = "m8_stop"
    M11_STRANGER = "m11_stranger"
    M12_CALL_ME = "m12_call_me"
    M12_CALL_ME_LATER = "m12_call_me_later"
    WHO = "who"
    WRONG_NUMBER = "wrong_number"
    STARTED = "started"
    NOT_JOINED = "not_joined"
    ALREADY_FINISHED = "already_finished"
    THANKS = "thanks"
    PAUSED = "paused"
    CARRY_ON = "carry_on"
    CALL_TIME_NOTED = "call_time_noted"
    ANONYMOUS_CONCERN = "anonymous_concern"
    ANONYMOUS_HELP = "anonymous_help"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When somebody is there to read: days as Monday 0, times as the clock on the wall shows them."""

    days: tuple[int, ...]
    opens: dt.time
    closes: dt.time

    def in_words(self) -> str:
        """Say the hours as a text does: "on weekdays, 9 to 4.30"."""
        return f"{self.days_in_words()}, {_time_in_words(self.opens)} to {_time_in_words(self.closes)}"

    def days_in_words(self) -> str:
        """Say the days alone: "on weekdays"."""
        if self.days == (0, 1, 2, 3, 4):
            return "on weekdays"
        *names, last = [_DAY_NAMES[day] for day in self.days]
        return f"on {', '.join(names)} and {last}" if names else f"on {last}"


@dataclass(frozen=True, slots=True)
class Contact:
    """A number that helps; it is given out only once somebody has checked it."""

    number: str
    verified_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """Everything that differs from council to council, as its own file says."""

    name: str
    team_name: str
    web_address: str
    privacy_address: str
    who_reads: str | None
    """One sentence, only where it is true of this council."""
    hours: WorkingHours
    contacts: Mapping[str, Contact]
    pledges: Mapping[int, str]
    wording_version: str
    """The version of the wording, kept beside each message that was sent."""
    templates: Mapping[tuple[MessageKey, bool], str]
    """By message, and by whether it is for an adult."""
    support: Mapping[bool, str]
    """Whom to talk to, by whether it is for an adult."""

    def say(self, key: MessageKey, *, adult: bool, **facts: str) -> str:
        """Return a message as it is sent; what is not known is left out, the message never."""
        known = self._facts() | facts
        known["support"] = fill(self.support[adult], known)
        return fill(self.templates[key, adult], known)

    def _facts(self) -> dict[str, str | None]:
        checked = {name: contact.number for name, contact in self.contacts.items() if contact.verified_on}
        return checked | {
            "name": self.name,
            "team": self.team_name,
            "web": self.web_address,
            "privacy": self.privacy_address,
            "who_reads": self.who_reads,
            "hours": self.hours.in_words(),
            "days": self.hours.days_in_words(),
        }


def _time_in_words(time: dt.time) -> str:
    hour = (time.hour - 1) % 12 + 1
    return f"{hour}.{time.minute:02}" if time.minute else str(hour)
