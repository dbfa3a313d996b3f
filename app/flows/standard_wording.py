"""The wording that councils share, read once from standard_wording.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.flows.council import MessageKey
from app.flows.entries import Entry, Reading
from app.shared.errors import Rejected

UNDER_18, ADULT = False, True
Templates = Mapping[tuple[MessageKey, bool], str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording that councils share, and what no lock screen may show."""

    version: str
    support: Mapping[bool, str]
    lock_screen: tuple[str, ...]
    templates: Templates


@cache
def standard_wording() -> Wording:
    """Return the wording of the file that ships with the product."""
    return read_wording(files("app.flows").joinpath("standard_wording.yaml").read_text(encoding="utf-8"))


def read_wording(text: str) -> Wording:
    """Read a wording from a file's text, and tell every fault at once."""
    reading = Reading()
    top = reading.open(text)
    fields = (
        reading.fields(top, needed=("version", "support", "keep_off_lock_screen", "messages")) if top else {}
    )
    wording = Wording(
        version=reading.text(fields.get("version")),
        support=by_age(reading, fields["support"]) if "support" in fields else {},
        lock_screen=tuple(reading.text(item) for item in reading.items(fields.get("keep_off_lock_screen"))),
        templates=read_templates(reading, fields.get("messages")),
    )
    if reading.faults:
        raise Rejected(reading.faults)
    return wording


def read_templates(reading: Reading, entry: Entry | None) -> Templates:
    """Read messages by their keys, for both ages."""
    found: dict[tuple[MessageKey, bool], str] = {}
    for name, child in reading.mapping(entry).items():
        if name not in set(MessageKey):
            reading.fault(child, f"there is no message {name!r}; the messages are {', '.join(MessageKey)}")
            continue
        for age, template in by_age(reading, child).items():
            found[MessageKey(name), age] = template
    return found


def by_age(reading: Reading, entry: Entry) -> Mapping[bool, str]:
    """Read one text for everybody, or one for each age."""
    if not isinstance(entry.value, Mapping):
        text = reading.text(entry)
        return {UNDER_18: text, ADULT: text}
    fields = reading.fields(entry, needed=("under_18", "adult"))
    return {UNDER_18: reading.text(fields.get("under_18")), ADULT: reading.text(fields.get("adult"))}
