"""Messages that are not answers: stop, help, call me. A whole message, never a word inside one."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from app.flows.entries import Entry, Reading
from app.flows.words import fold, squash
from app.shared.errors import Fault, Rejected

_GROUP = re.compile(r"<(\w+)>")


class Command(StrEnum):
    """What somebody may ask of the service at any time."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    CALL_ME = "call_me"
    WHO = "who"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class CommandWords:
    """The messages that are commands, as said alone and as said with polite words around them."""

    alone: Mapping[str, Command]
    phrases: Mapping[str, Command]
    polite: tuple[str, ...]
    """Longest first."""


def recognise(text: str) -> Command | None:
    """Return the command that a whole message is, or None for anything else."""
    words = _command_words()
    said = squash(text)
    return words.alone.get(said) or _recognise_phrase(said, words)


def is_join(text: str) -> bool:
    """Whether a message is the 1 that accepts an invitation, in whatever script or emoji its digit is written."""
    return fold(text).strip(" .\t\r\n") == "1"


def read_command_words(text: str) -> CommandWords:
    """Read the commands from a file's text, and tell every fault at once."""
    reading = Reading()
    top = reading.open(text)
    fields = reading.fields(top, needed=("groups", "polite", "commands")) if top else {}
    groups = {name: _texts(reading, entry) for name, entry in reading.mapping(fields.get("groups")).items()}
    alone: dict[str, Command] = {}
    phrases: dict[str, Command] = {}
    for name, entry in reading.mapping(fields.get("commands")).items():
        if name not in set(Command):
            reading.fault(entry, f"there is no command {name!r}")
            continue
        kinds = reading.fields(entry, needed=("alone", "phrases"))
        _add(reading, alone, Command(name), reading.items(kinds.get("alone")), {})
        _add(reading, phrases, Command(name), reading.items(kinds.get("phrases")), groups)
    polite = sorted(_texts(reading, fields.get("polite")), key=len, reverse=True)
    if reading.faults:
        raise Rejected(reading.faults)
    return CommandWords(alone, phrases, tuple(polite))


@cache
def _command_words() -> CommandWords:
    text = files("app.flows").joinpath("command_words.yaml").read_text(encoding="utf-8")
    return read_command_words(text)


def _recognise_phrase(said: str, words: CommandWords) -> Command | None:
    """Try the message as it stands, then without each layer of polite words."""
    for phrase in _layers(said, words.polite):
        command = words.phrases.get(phrase)
        if command is not None:
            return command
    return None


def _layers(said: str, polite: tuple[str, ...]) -> Iterator[str]:
    while said:
        yield said
        shorter = _without_one(said, polite)
        if shorter == said:
            return
        said = shorter


def _without_one(said: str, polite: tuple[str, ...]) -> str:
    for word in polite:
        if said.startswith(f"{word} "):
            return said[len(word) + 1 :]
        if said.endswith(f" {word}"):
            return said[: -len(word) - 1]
    return said


def _add(
    reading: Reading,
    found: dict[str, Command],
    command: Command,
    entries: tuple[Entry, ...],
    groups: Mapping[str, tuple[str, ...]],
) -> None:
    for entry in entries:
        for phrase in _expand(reading, entry, groups):
            owner = found.setdefault(squash(phrase), command)
            if owner is not command:
                reading.fault(entry, f"{phrase!r} already means {owner.value}")


def _expand(reading: Reading, entry: Entry, groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Write a phrase out with each word of each group that it names."""
    pieces = _GROUP.split(reading.text(entry))
    names = pieces[1::2]
    unknown = [name for name in names if name not in groups]
    if unknown:
        reading.faults.append(Fault(entry.place, f"there is no group {unknown[0]!r}"))
        return
    for chosen in itertools.product(*(groups[name] for name in names)):
        pieces[1::2] = chosen
        yield "".join(pieces)


def _texts(reading: Reading, entry: Entry | None) -> tuple[str, ...]:
    return tuple(reading.text(item) for item in reading.items(entry))
