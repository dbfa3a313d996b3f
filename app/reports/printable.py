"""Take out what neither XML nor a page can hold."""

import re

# All that XML 1.0 forbids: control characters, lone surrogates and the two non-characters.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Return the text without characters that would break a document."""
    return _FORBIDDEN.sub("", text)
