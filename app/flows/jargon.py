"""Words that keep a young person out, and what to write instead; read once from jargon.yaml."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from app.flows.entries import Reading
from app.shared.errors import Rejected

Terms = tuple[tuple[str, re.Pattern[str], str], ...]
"""Each word, how to find it, and what to write instead."""


def jargon_in(text: str) -> Iterator[str]:
    """Say of each word of jargon in a text what to write instead."""
    for term, pattern, advice in _terms():
        if pattern.search(text):
            yield f"{term!r} is jargon; {advice}"


def read_jargon(text: str) -> Terms:
    """Read the words of a file's text, and tell every fault at once."""
    reading = Reading()
    top = reading.open(text)
    fields = reading.fields(top, needed=("acronyms", "words")) if top else {}
    acronyms = reading.mapping(fields.get("acronyms"))
    words = reading.mapping(fields.get("words"))
    terms = [(name, _whole_word(name, 0), reading.text(entry)) for name, entry in acronyms.items()]
    terms += [
        (name.rstrip("*"), _whole_word(name, re.IGNORECASE), reading.text(entry))
        for name, entry in words.items()
    ]
    if reading.faults:
        raise Rejected(reading.faults)
    return tuple(terms)


@cache
def _terms() -> Terms:
    return read_jargon(files("app.flows").joinpath("jargon.yaml").read_text(encoding="utf-8"))


def _whole_word(term: str, flags: int) -> re.Pattern[str]:
    stem = re.escape(term.rstrip("*")).replace(r"\ ", r"\s+")
    ending = r"\w*" if term.endswith("*") else ""
    return re.compile(rf"\b{stem}{ending}\b", flags)
