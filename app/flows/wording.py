"""A council's file becomes a council that can speak, or a list of everything that is wrong with it."""

import datetime as dt
import re
from collections.abc import Mapping
from importlib.resources import files

from app.flows.council import Contact, Council, MessageKey, WorkingHours
from app.flows.entries import Entry, Reading
from app.flows.standard_wording import Templates, read_templates, standard_wording
from app.flows.wording_checks import check_council
from app.shared.errors import Rejected

__all__ = ["Contact", "Council", "MessageKey", "WorkingHours", "load_council", "shipped_council"]

NOT_KNOWN = "not known"
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NATIONAL = ("childline", "nhs_crisis", "samaritans")
_NUMBER = re.compile(r"[0-9](?: ?[0-9]){2,14}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def load_council(text: str, *, source: str) -> Council:
    """Read a council's file, or raise with every fault that it has."""
    reading = Reading()
    top = reading.open(text)
    council = _read_council(reading, top) if top is not None else None
    if top is not None and council is not None and not reading.faults:
        reading.faults.extend(check_council(council, standard_wording().lock_screen, _own_places(top)))
    if reading.faults or council is None:
        broken = Rejected(reading.faults)
        broken.add_note(f"in {source}")
        raise broken
    return council


def shipped_council(name: str) -> Council:
    """Return a council whose file comes with the product, by the file's name."""
    file = files("app").joinpath("councils", f"{name}.yaml")
    return load_council(file.read_text(encoding="utf-8"), source=f"{name}.yaml")


def _read_council(reading: Reading, top: Entry) -> Council:
    needed = (
        "name",
        "team_name",
        "web_address",
        "privacy_address",
        "hours",
        "contacts",
        "pledges",
        "messages",
    )
    fields = reading.fields(top, needed=needed, allowed=("who_reads",))
    version, replaced = _own_wording(reading, fields.get("messages"))
    standard = standard_wording()
    who_reads = fields.get("who_reads")
    return Council(
        name=reading.text(fields.get("name")),
        team_name=reading.text(fields.get("team_name")),
        web_address=_web_address(reading, fields.get("web_address")),
        privacy_address=_web_address(reading, fields.get("privacy_address")),
        who_reads=reading.text(who_reads) if who_reads and who_reads.value is not None else None,
        hours=_hours(reading, fields.get("hours")),
        contacts=_contacts(reading, fields.get("contacts")),
        pledges=_pledges(reading, fields.get("pledges")),
        wording_version=f"{standard.version}+{version}",
        templates={**standard.templates, **replaced},
        support=standard.support,
    )


def _own_wording(reading: Reading, entry: Entry | None) -> tuple[str, Templates]:
    if entry is None:
        return "", {}
    fields = reading.fields(entry, needed=("version",), allowed=("replace",))
    return reading.text(fields.get("version")), read_templates(reading, fields.get("replace"))


def _own_places(top: Entry | None) -> Mapping[str, str]:
    """Return where the council's own messages stand in its file, by their names."""
    found = top
    for step in ("messages", "replace"):
        found = found.value.get(step) if found and isinstance(found.value, Mapping) else None
    own = found.value if found and isinstance(found.value, Mapping) else {}
    return {name: entry.place for name, entry in own.items()}


def _web_address(reading: Reading, entry: Entry | None) -> str:
    address = reading.text(entry)
    if entry is not None and address and not re.fullmatch(r"https://[a-z0-9.-]+(?:/[a-z0-9./-]*)?", address):
        reading.fault(entry, "should be a whole web address in small letters that begins with https://")
    return address


def _hours(reading: Reading, entry: Entry | None) -> WorkingHours:
    fields = reading.fields(entry, needed=("days", "opens", "closes")) if entry else {}
    days = {_day(reading, child) for child in reading.items(fields.get("days"))}
    hours = WorkingHours(
        days=tuple(sorted(day for day in days if day is not None)),
        opens=_time(reading, fields.get("opens")),
        closes=_time(reading, fields.get("closes")),
    )
    if "days" in fields and not days:
        reading.fault(fields["days"], "name at least one day")
    if "closes" in fields and hours.opens >= hours.closes:
        reading.fault(fields["closes"], "should be later than the time of opening")
    return hours


def _day(reading: Reading, entry: Entry) -> int | None:
    name = reading.text(entry).lower()
    if name in _WEEK:
        return _WEEK.index(name)
    reading.fault(entry, "should be a day of the week, like monday")
    return None


def _time(reading: Reading, entry: Entry | None) -> dt.time:
    found = _TIME.fullmatch(reading.text(entry))
    if entry is not None and found is None:
        reading.fault(entry, 'should be a time in quotes, like "09:00"')
    return dt.time(int(found[1]), int(found[2])) if found else dt.time()


def _contacts(reading: Reading, entry: Entry | None) -> Mapping[str, Contact]:
    found = reading.mapping(entry)
    if entry is not None:
        for name in sorted(set(_NATIONAL) - found.keys()):
            reading.fault(entry, f"the contact {name!r} is missing")
    return {name: _contact(reading, child) for name, child in found.items()}


def _contact(reading: Reading, entry: Entry) -> Contact:
    fields = reading.fields(entry, needed=("number", "verified_on"))
    number = reading.text(fields.get("number"))
    if number and not _NUMBER.fullmatch(number):
        reading.fault(fields["number"], "should be digits with single spaces")
    return Contact(number, _date(reading, fields.get("verified_on")))


def _date(reading: Reading, entry: Entry | None) -> dt.date | None:
    if entry is None or entry.value is None:
        return None
    try:
        return dt.date.fromisoformat(reading.text(entry))
    except ValueError:
        reading.fault(
            entry, "should be a day like 2026-11-21, or nothing until somebody has checked the number"
        )
        return None


def _pledges(reading: Reading, entry: Entry | None) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for name, child in reading.mapping(entry).items():
        if name.isascii() and name.isdigit():
            found[int(name)] = reading.text(child)
        else:
            reading.fault(child, "a pledge is found by its number")
    return found
