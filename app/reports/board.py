"""Compose a board paper from figures that may be shown."""

from collections.abc import Mapping, Sequence

from app.reports import wording
from app.reports.group_section import group_section, most_raised
from app.reports.method import MethodFacts, method_section
from app.reports.not_heard import not_heard_section
from app.reports.period import Quarter
from app.reports.profiles import BOARD_EXEMPT, TEAM_VIEW
from app.reports.published import Figures, GroupFigures
from app.reports.report import STATUS_LABELS, BoardReport, Bullets, PaperStatus, Paragraph, Section, Table
from app.shared.cohorts import Group
from app.shared.errors import Fault, Rejected

EXEMPT_MARK = "EXEMPT: not for publication"
RELEASED_MARKS = {
    BOARD_EXEMPT.name: "For members of the board. Not for publication",
    TEAM_VIEW.name: "For staff of the council. Not for publication",
}
"""A released paper is for its own kind of reader, and says so unless that is the public."""


class PaperNotChecked(Rejected):
    """A paper is past its draft without a second person having checked it for disclosure."""


def compose(  # noqa: PLR0913 — a paper's cover names all of these, and each is keyword-only
    figures: Figures,
    *,
    council: str,
    quarter: Quarter,
    status: PaperStatus,
    prepared_by: str,
    checked_by: str | None,
    subjects: Mapping[Group, Sequence[str]],
    method: MethodFacts,
    snapshot: str,
) -> BoardReport:
    """Compose the paper; `subjects` speak for a group without tables, and are left out for a group that has them."""
    _require_check(status, prepared_by, checked_by)
    return BoardReport(
        title="What children in our care and care leavers told us",
        council=council,
        quarter=quarter,
        status=status,
        mark=RELEASED_MARKS.get(figures.profile.name) if status is PaperStatus.RELEASED else EXEMPT_MARK,
        facts=(
            ("Council", council),
            ("Period", quarter.label),
            ("Status", STATUS_LABELS[status]),
            ("Prepared by", prepared_by),
            ("Disclosure checked by", checked_by or "Nobody yet"),
        ),
        sections=(
            _in_short(figures),
            _who_we_heard(figures),
            *(
                group_section(group, figures.profile, quarter, tuple(subjects.get(group.group, ())))
                for group in figures.groups
            ),
            not_heard_section(figures),
            method_section(method, figures, quarter, snapshot=snapshot),
        ),
    )


def _require_check(status: PaperStatus, prepared_by: str, checked_by: str | None) -> None:
    if status is PaperStatus.DRAFT:
        return
    if checked_by is None or checked_by == prepared_by:
        problem = "Somebody other than the author checks a paper for disclosure before it goes further."
        raise PaperNotChecked([Fault("checked_by", problem)])


def _in_short(figures: Figures) -> Section:
    return Section("In short", (Bullets(tuple(_in_a_sentence(group, figures) for group in figures.groups)),))


def _in_a_sentence(group: GroupFigures, figures: Figures) -> str:
    heading = wording.GROUP_HEADINGS[group.group]
    if group.asked.people == 0:
        return f"{heading}: nobody was asked this quarter."
    if not group.has_tables:
        nobody = group.answered.people == 0
        return f"{heading}: {'nobody' if nobody else f'fewer than {figures.profile.minimum_base} people'} answered."
    answered = f"{heading}: {wording.roughly(group.answered, figures.profile)} people answered"
    if group.asked.is_shown:
        answered += f" of {wording.roughly(group.asked, figures.profile)} asked"
    raised = most_raised(group)
    if not raised:
        return f"{answered}. No subject was raised by enough people to be shown."
    top = "; ".join(
        f"{line.label} ({wording.roughly(line.people, figures.profile, out_of=group.answered)} people)"
        for line in raised
    )
    return f"{answered}. Raised most: {top}."


def _who_we_heard(figures: Figures) -> Section:
    rows = tuple(
        (
            wording.GROUP_HEADINGS[group.group],
            wording.people(group.asked),
            wording.people(group.answered),
            wording.share(group.answered),
        )
        for group in figures.groups
    )
    number = wording.roughly(figures.open_link_answers, figures.profile).capitalize()
    open_link = (
        f"{number} answers came through an open link, where we do not know who answers. "
        "They are not in any table."
    )
    return Section(
        "Who we heard from",
        (
            Paragraph(
                "People are counted, not messages. The groups are different people and are never added together."
            ),
            Table(
                "People asked and people who answered",
                ("Group", "Asked", "Answered", "Share who answered"),
                rows,
            ),
            *((Paragraph(open_link),) if figures.open_link_answers.people else ()),
        ),
    )
