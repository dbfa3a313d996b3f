"""One group's part of a board paper: what they raised and how they felt, or a worker's words where they are few."""

from collections.abc import Sequence

from app.reports import wording
from app.reports.period import Quarter
from app.reports.profiles import Profile
from app.reports.published import Direction, GroupFigures, Line
from app.reports.report import Block, Bullets, Chart, Paragraph, Section, Table


def group_section(
    group: GroupFigures, profile: Profile, quarter: Quarter, subjects: Sequence[str]
) -> Section:
    """Write the section of one group."""
    heading = wording.GROUP_HEADINGS[group.group]
    if not group.has_tables:
        return Section(heading, _without_tables(group, profile, subjects))
    return Section(
        heading,
        (),
        (
            Section("What they raised", _themes(group, profile, quarter)),
            Section("How they felt about it", _sentiments(group, profile, quarter)),
            Section("Change from last quarter", (Paragraph(_change(group, profile, quarter)),)),
        ),
    )


def most_raised(group: GroupFigures) -> list[Line]:
    """Take the three subjects that most people raised, and those that tie with the third."""
    raised = [line for line in _ranked(group.themes) if line.people.people]
    least = raised[:3][-1].people.people if raised else None
    return [line for line in raised if least is not None and (line.people.people or 0) >= least]


def _without_tables(group: GroupFigures, profile: Profile, subjects: Sequence[str]) -> tuple[Block, ...]:
    noun = wording.GROUP_NOUNS[group.group]
    if group.asked.people == 0:
        return (Paragraph(f"No {noun} were asked this quarter."),)
    if group.answered.people == 0:
        return (Paragraph("Nobody answered this quarter."),)
    few = Paragraph(
        f"Fewer than {profile.minimum_base} {noun} answered, so this paper has no tables for them: numbers so small could "
        "point to one person."
    )
    if not subjects:
        return (few, Paragraph("No subjects were added for this group."))
    return (
        few,
        Paragraph("What it was about, in the words of a worker who read the answers:"),
        Bullets(tuple(subjects)),
    )


def _themes(group: GroupFigures, profile: Profile, quarter: Quarter) -> tuple[Block, ...]:
    noun = wording.GROUP_NOUNS[group.group]
    lines = [line for line in _ranked(group.themes) if line.people.people != 0 or line.last_quarter.people]
    drawn = tuple((line.label, line.people.people) for line in lines if line.people.people)
    return (
        Paragraph(
            "A person may have raised several subjects, so the numbers do not add up to the people who answered. "
            "A person read the answers and confirmed each subject."
        ),
        *((_chart(group, drawn),) if drawn else ()),
        _table(f"Subjects raised by {noun}, {quarter.label}", "Subject", lines, group, profile),
    )


def _ranked(lines: Sequence[Line]) -> list[Line]:
    """Order by the shown numbers alone: an order by the hidden ones would tell about them."""
    shown = sorted(
        (line for line in lines if line.people.people),
        key=lambda line: (-(line.people.people or 0), line.label),
    )
    hidden = sorted((line for line in lines if line.people.people is None), key=lambda line: line.label)
    noughts = sorted((line for line in lines if line.people.people == 0), key=lambda line: line.label)
    return [*shown, *hidden, *noughts]


def _chart(group: GroupFigures, drawn: tuple[tuple[str, int], ...]) -> Chart:
    noun = wording.GROUP_NOUNS[group.group]
    hidden = sorted(line.label for line in group.themes if line.people.people is None)
    told = "; ".join(f"{label}: {people}" for label, people in drawn)
    left_out = f" Not drawn, because their numbers are hidden (c): {'; '.join(hidden)}." if hidden else ""
    return Chart(
        title=f"Subjects raised by {noun}, in people",
        alternative=(
            f"Bar chart of the people who raised each subject. {told}.{left_out} The table below holds the same numbers."
        ),
        bars=drawn,
    )


def _sentiments(group: GroupFigures, profile: Profile, quarter: Quarter) -> tuple[Block, ...]:
    noun = wording.GROUP_NOUNS[group.group]
    caption = f"How {noun} felt about what they wrote of, {quarter.label}"
    return (
        Paragraph(
            "Each person who answered is counted once. The feeling is about what they wrote of, not about their life. "
            "A person read the answers and confirmed it."
        ),
        _table(caption, "Feeling", group.sentiments, group, profile),
    )


def _table(caption: str, first: str, lines: Sequence[Line], group: GroupFigures, profile: Profile) -> Table:
    base = f" (out of {wording.roughly(group.answered, profile)} people who answered)"
    header = (first, "People", "Share")
    rows = [(line.label, wording.people(line.people), wording.share(line.people)) for line in lines]
    if not group.answered_last_quarter.is_shown:
        return Table(caption + base, header, tuple(rows))
    return Table(
        caption + base,
        (*header, "Share last quarter", "Change"),
        tuple(
            (*row, wording.share(line.last_quarter), wording.DIRECTIONS[line.direction])
            for row, line in zip(rows, lines, strict=True)
        ),
    )


def _change(group: GroupFigures, profile: Profile, quarter: Quarter) -> str:
    before = quarter.previous.label
    if not group.answered_last_quarter.is_shown:
        return f"No change is shown: fewer than {profile.minimum_base} people answered in {before}, or nobody was asked."
    return (
        f"In {before}, {wording.roughly(group.answered_last_quarter, profile)} people answered. A share counts as higher or "
        f"lower where it moved by {profile.direction_points} percentage points or more, and by more than rounding can "
        f"explain. {_moves(group, profile)} Different people may have answered, so a change is a reason to ask, not a proof."
    )


def _moves(group: GroupFigures, profile: Profile) -> str:
    told = tuple(
        f"{what} that moved: {'; '.join(moved)}."
        for what, lines in (("Subjects", _ranked(group.themes)), ("Feelings", group.sentiments))
        if (moved := [_move(line) for line in lines if line.direction in {Direction.HIGHER, Direction.LOWER}])
    )
    if told:
        return " ".join(told)
    directions = {line.direction for line in (*group.themes, *group.sentiments)}
    if directions == {Direction.NOT_SHOWN}:
        return "No share is shown for both quarters, so no change can be told."
    if any(
        profile.may_be_rounded(base.people or 0) for base in (group.answered, group.answered_last_quarter)
    ):
        return "No change was large enough to be sure of after rounding."
    return "No share that is shown for both quarters moved by so much."


def _move(line: Line) -> str:
    return f"{line.label} ({wording.DIRECTIONS[line.direction].lower()})"
