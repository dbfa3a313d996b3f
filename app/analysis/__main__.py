"""Tag and screen JSON lines from standard input: `python -m app.analysis < replies.jsonl`."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from app.analysis.concerns import ConcernFound, screen
from app.analysis.tagger import tag


@dataclass(frozen=True, slots=True)
class _Reply:
    id: object
    question: str
    text: str


class _BadLine(ValueError):  # noqa: N818 — named as the fact
    """A line that is no reply; the message never holds what the line says."""


def main(lines: Iterable[bytes], out: TextIO, errors: TextIO) -> int:
    """Write a line for each good line, in order; name the bad ones and go on."""
    failed = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            reply = _reply(line)
        except _BadLine as fault:
            failed = True
            errors.write(f"line {number}: {fault}\n")
            continue
        out.write(json.dumps(_understood(reply), ensure_ascii=False) + "\n")
    return 1 if failed else 0


def _reply(line: bytes) -> _Reply:
    try:
        tree = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadLine("is not JSON in UTF-8") from error
    if not isinstance(tree, dict):
        raise _BadLine("is not an object with id, question and text")
    text, question = tree.get("text"), tree.get("question") or ""
    if "id" not in tree:
        raise _BadLine("has no id")
    if not isinstance(text, str):
        raise _BadLine("has no text, or one that is not a string")
    if not isinstance(question, str):
        raise _BadLine("has a question that is not a string")
    return _Reply(tree["id"], question, _without_lone_surrogates(text))


def _without_lone_surrogates(text: str) -> str:
    """JSON may hold half a character, which no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _understood(reply: _Reply) -> dict[str, Any]:  # what JSON can hold
    tags = tag(reply.text, question=reply.question)
    concerns = [_concern(found) for found in screen(reply.text, question=reply.question).concerns]
    themes = [{"key": theme.key, "words": list(theme.words), "score": theme.score} for theme in tags.themes]
    return {
        "id": reply.id,
        "sentiment": tags.sentiment.label.value,
        "themes": themes,
        "concern": concerns[0] if concerns else None,
        "concerns": concerns,
    }


def _concern(found: ConcernFound) -> dict[str, Any]:  # what JSON can hold
    return {"category": found.category.value, "tier": found.tier, "words": list(found.words)}


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout, sys.stderr))
