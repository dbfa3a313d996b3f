"""Sentences with gaps: {fact} is filled in, and a [piece] goes with the facts that it needs."""

import re
from collections.abc import Mapping

_GAP = re.compile(r"\{(\w+)\}")
_PIECE = re.compile(r"\[([^\[\]]*)\]")


def names_in(template: str) -> frozenset[str]:
    """Return the facts that a template speaks of."""
    return frozenset(_GAP.findall(template))


def needed_by(template: str) -> frozenset[str]:
    """Return the facts without which a template cannot be said at all."""
    return names_in(_PIECE.sub("", template))


def fill(template: str, facts: Mapping[str, str | None]) -> str:
    """Fill a template in; a piece whose fact is not known is left out, and the rest stays."""
    known = {name: value for name, value in facts.items() if value}
    whole = _PIECE.sub(
        lambda piece: piece.group(1) if names_in(piece.group(1)) <= known.keys() else "", template
    )
    return _GAP.sub(lambda gap: known[gap.group(1)], whole).strip()
