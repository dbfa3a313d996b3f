"""Replay a conversation from a transcript: what they wrote, what we sent, and what we made of it.

`python -m app.flows.play` checks the transcripts, and with `--update` writes them anew.
Lines: `survey: key`, `< them`, `> us`, `= what we made of it`, and `#` for a remark.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import assert_never

from app.flows.engine import Turn, resume, start
from app.flows.events import (
    AnswerGiven,
    Event,
    QuestionAsked,
    QuestionSkipped,
    ReplyAfterEnd,
    ReplyNotUnderstood,
    SurveyFinished,
)
from app.flows.loader import shipped_surveys
from app.flows.state import State
from app.flows.survey import Survey

FOLDER = Path("tests/transcripts")


def replay(transcript: str, surveys: Iterable[Survey]) -> str:
    """Return the transcript as the engine has it today, from the survey's name and their lines alone."""
    key = survey_key(transcript)
    survey = {survey.key: survey for survey in surveys}[key]
    lines = [f"survey: {key}"]
    turn = start(survey)
    lines += _our_lines(turn)
    for line in transcript.splitlines():
        if line.startswith("#"):
            lines += ["", line]
        if line == "<" or line.startswith("< "):
            turn = resume(survey, _carried_over(turn.state), line[2:])
            lines += ["", line, *_our_lines(turn)]
    return "\n".join(lines) + "\n"


def survey_key(transcript: str) -> str:
    """Return the key of the survey that a transcript is of."""
    for line in transcript.splitlines():
        if line.startswith("survey: "):
            return line.removeprefix("survey: ").strip()
    message = "the transcript does not name its survey"
    raise ValueError(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the transcripts, or write them anew, and say which had changed."""
    parser = argparse.ArgumentParser(description="Replay the conversations in tests/transcripts.")
    parser.add_argument("--update", action="store_true", help="write what the engine says today")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args(arguments)
    changed = list(_changed(chosen.folder))
    for path, today in changed:
        if chosen.update:
            path.write_text(today, encoding="utf-8")
        sys.stdout.write(f"{path.name} {'was written anew' if chosen.update else 'has changed'}\n")
    return 1 if changed and not chosen.update else 0


def _changed(folder: Path) -> Iterator[tuple[Path, str]]:
    surveys = shipped_surveys()
    for path in sorted(folder.glob("*.txt")):
        written = path.read_text(encoding="utf-8")
        today = replay(written, surveys)
        if today != written:
            yield path, today


def _carried_over(state: State) -> State:
    """Keep the state and read it back, as happens between two texts."""
    return State.from_json(state.to_json())


def _our_lines(turn: Turn) -> list[str]:
    made = [line for event in turn.events if (line := _made_of_it(event))]
    return [*made, f"> {turn.reply_text}"] if turn.reply_text else [*made, ">"]


def _made_of_it(event: Event) -> str:
    match event:
        case AnswerGiven(question_id=question_id, value=value):
            return f"= {question_id}: {'in their words' if value is None else value}"
        case QuestionSkipped(question_id=question_id):
            return f"= {question_id}: skipped"
        case ReplyNotUnderstood(question_id=question_id):
            return f"= {question_id}: not understood"
        case ReplyAfterEnd():
            return "= after the end"
        case SurveyFinished():
            return "= finished"
        case QuestionAsked():
            return ""
        case _:
            assert_never(event)


if __name__ == "__main__":
    sys.exit(main())
