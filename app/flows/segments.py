"""How a text travels: the plain GSM alphabet, and how many segments it is cut into."""

import smsutil
from smsutil.codecs import GSM_CHARSET

_PLAIN = frozenset(GSM_CHARSET)
_SAME_LOOK = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}


def count_segments(text: str) -> int:
    """Count the segments that a text is sent as."""
    return len(smsutil.split(text).parts)


def strange_characters(text: str) -> str:
    """Return the characters that force a text out of the plain alphabet, each once, in order."""
    strange = (char for char in text if _is_strange(char))
    return "".join(dict.fromkeys(strange))


def how_to_mend(strange: str) -> str:
    """Say what to write in place of the first strange character."""
    char = strange[0]
    shown = char if char.isprintable() else f"U+{ord(char):04X}"
    instead = _SAME_LOOK.get(char)
    if instead is None:
        return f"{shown} cannot be sent in a plain text message; leave it out"
    return f"{shown} cannot be sent in a plain text message; write {instead!r}"


def _is_strange(char: str) -> bool:
    if char == "\n":
        return False
    return not char.isprintable() or char not in _PLAIN
