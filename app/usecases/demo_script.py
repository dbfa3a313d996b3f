"""What happens in the demo, as data: who the people are, and what each of them wrote in which quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

MADE_OF_IT = " => "
"""Between a reply and what a participation worker made of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One reply, and the tags that a worker gives it; none where the machine's are confirmed."""

    text: str
    sentiment: str | None = None
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worry:
    """What a safeguarding lead does about somebody's message."""

    is_in_hand: bool
    """Taken and not yet closed."""
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What one person sends, in order."""

    who: str
    """A name from the list of people; else a stranger's number, or nothing for a visitor."""
    joins: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """One quarter."""

    talks: tuple[Talk, ...]
    just_now: tuple[Talk, ...]
    worries: Mapping[str, Worry]

    @property
    def tags(self) -> dict[str, Said]:
        """What a worker makes of each reply, by its text."""
        return {said.text: said for talk in self.talks for said in talk.said if said.sentiment}


def read_script(name: str) -> Script:
    """Read one quarter's script by its name."""
    plain: dict[str, Any] = yaml.safe_load(_read(f"{name}.yaml"))  # Any: a file of our own
    return Script(
        talks=(
            *_talks(plain["answered"], joins=True),
            *_talks(plain.get("otherwise", {}), joins=False),
            *(Talk("", joins=True, said=_said(texts)) for texts in plain.get("visitors", ())),
        ),
        just_now=_talks(plain.get("just_now", {}), joins=True),
        worries={who: _worry(**fields) for who, fields in plain.get("worries", {}).items()},
    )


def people_file() -> bytes:
    """Return the list of people, in the form that staff import."""
    return _read("people.csv").encode()


def _talks(plain: Mapping[str, Sequence[str]], *, joins: bool) -> tuple[Talk, ...]:
    return tuple(Talk(who, joins, _said(texts)) for who, texts in plain.items())


def _said(texts: Sequence[str]) -> tuple[Said, ...]:
    found = []
    for line in texts:
        text, _, made_of_it = line.partition(MADE_OF_IT)
        sentiment, *themes = made_of_it.split() or [""]
        found.append(Said(text, sentiment or None, tuple(themes)))
    return tuple(found)


def _worry(*, taken: bool = False, outcome: str = "", note: str = "") -> Worry:
    return Worry(is_in_hand=taken, outcome=outcome, note=note)


def _read(name: str) -> str:
    return files("app").joinpath("demo", name).read_text(encoding="utf-8")
