"""Where a conversation stands, small enough to keep as one JSON value."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

STATE_VERSION = 1
"""The form of the JSON, not of the survey."""


class Status(StrEnum):
    """Whether there is still a question to answer."""

    ASKING = "asking"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Which question is open, how often its reply was not understood, and what has been answered."""

    version: int
    status: Status
    question_id: str | None
    misses: int
    answered: tuple[str, ...]

    def to_json(self) -> str:
        """Return the state as it is kept between turns."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "State":
        """Read a state back; a form we do not know is our mistake, never theirs."""
        plain = json.loads(text)
        if plain["version"] != STATE_VERSION:
            message = f"unknown state version {plain['version']}"
            raise ValueError(message)
        return cls(
            version=plain["version"],
            status=Status(plain["status"]),
            question_id=plain["question_id"],
            misses=plain["misses"],
            answered=tuple(plain["answered"]),
        )
