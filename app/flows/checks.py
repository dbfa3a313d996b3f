"""What a survey must be before it may be published, beyond being readable."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from app.flows.commands import recognise
from app.flows.engine import OFFER_TO_SKIP
from app.flows.jargon import jargon_in
from app.flows.questions import END, OTHERWISE, Choice, Question, Scale
from app.flows.segments import count_segments, how_to_mend, strange_characters
from app.flows.understanding import is_skip
from app.flows.words import squash

CARRIER_WORDS = frozenset(
    {
        "stop",
        "stopall",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "revoke",
        "optout",
        "start",
        "yes",
        "unstop",
        "help",
        "info",
    }
)
"""Single words that the carrier acts on before we see them."""
Note = Callable[[str, str], None]
"""Takes where something stands within the question or survey ("text", "branches.no") and what is wrong."""


def check_wording(text: str, place: str, note: Note) -> None:
    """Note every character and word that a text to a young person may not hold."""
    strange = strange_characters(text)
    if strange:
        note(place, how_to_mend(strange))
    for problem in jargon_in(text):
        note(place, problem)


def check_length(sent: str, place: str, note: Note) -> None:
    """Note a text that does not travel as one segment."""
    if not strange_characters(sent) and count_segments(sent) > 1:
        note(
            place,
            f"what is sent is {len(sent)} characters and travels as more than one text; shorten it to 160",
        )


def check_question(question: Question, note: Note) -> None:
    """Note what is wrong with one question on its own."""
    check_wording(question.text, "text", note)
    check_length(question.prompt, "text", note)
    check_length(f"{question.hint} {OFFER_TO_SKIP}", "text", note)
    if isinstance(question, Choice):
        _check_choices(question, note)
    if isinstance(question, Scale):
        _check_steps(question, note)


def check_branches(questions: Sequence[Question], note: Callable[[int, str, str], None]) -> None:
    """Note every branch that leads nowhere or back, and every question that nobody can reach."""
    order = {question.id: index for index, question in reversed(list(enumerate(questions)))}
    for index, question in enumerate(questions):
        for place, problem in _branch_faults(question, index, order):
            note(index, place, problem)
    reached = _reached(questions, order)
    for index, question in enumerate(questions):
        if index not in reached:
            note(index, "id", f"no path leads to the question {question.id!r}; mend the branches before it")


def _check_choices(question: Choice, note: Note) -> None:
    seen: dict[str, str] = {}
    for index, option in enumerate(question.choices):
        place = f"options[{index}]"
        check_wording(option.label, f"{place}.label", note)
        for name, field in ((option.key, "key"), (option.label, "label")):
            _check_answer_word(name, f"{place}.{field}", note)
            owner = seen.setdefault(squash(name), option.key)
            if owner != option.key:
                note(f"{place}.{field}", f"{name!r} already stands for the option {owner!r}")


def _check_steps(question: Scale, note: Note) -> None:
    between = ((name, f"middle[{place}]") for place, name in enumerate(question.middle))
    seen: dict[str, str] = {}
    for name, field in ((question.low, "low"), *between, (question.high, "high")):
        check_wording(name, field, note)
        _check_answer_word(name, field, note)
        owner = seen.setdefault(squash(name), field)
        if owner != field:
            note(field, f"{name!r} already names another step of the scale")


def _check_answer_word(word: str, place: str, note: Note) -> None:
    said = squash(word)
    if not said:
        note(place, "holds no word that could be typed as an answer")
    if said in CARRIER_WORDS:
        note(place, f"{word!r} is a word that phone companies act on; offer another word")
    elif recognise(word) is not None:
        note(place, f"{word!r} is one of our own commands; offer another word")
    if is_skip(word, zero_skips=False):
        note(place, f"{word!r} means missing the question; offer another word")
    if said.isdigit():
        note(place, f"{word!r} is a number; numbers stand for the order of the options")


def _branch_faults(question: Question, index: int, order: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    values = {value for value, _ in question.options()}
    for value, target in question.branches:
        place = f"branches.{value}"
        if value != OTHERWISE and value not in values:
            known = ", ".join((*sorted(values), OTHERWISE))
            yield place, f"{value!r} is no answer to this question; use one of {known}"
        if target == END:
            continue
        if target not in order:
            yield place, f"leads to {target!r}, and there is no such question"
        elif order[target] <= index:
            yield place, f"leads back to {target!r}; a branch may only lead further down"


def _reached(questions: Sequence[Question], order: Mapping[str, int]) -> set[int]:
    """Follow every path from the first question; branches lead down only, so one pass is enough."""
    reached = {0}
    for index, question in enumerate(questions):
        if index not in reached:
            continue
        ways = dict(question.branches)
        if OTHERWISE not in ways:
            reached.add(index + 1)
        reached.update(order[target] for target in ways.values() if order.get(target, 0) > index)
    return reached
