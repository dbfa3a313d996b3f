"""Compose a board paper from figures that may be shown."""

from collections.abc import Mapping, Sequence

from app.reports import wording
from app.reports.group_section import group_section, most_raised
from app.reports.method import MethodFacts, method_section
from app.reports.period import Quarter
from app.reports.published import Figures, GroupFigures
from app.reports.report import STATUS_LABELS, BoardReport, Bullets, PaperStatus, Paragraph, Section, Table
from app.shared.cohorts import Group
from app.shared.errors import Fault, Rejected

EXEMPT_MARK = "EXEMPT: not for publication"


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
        mark=None if status is PaperStatus.RELEASED else EXEMPT_MARK,
        facts=(
            ("Council", council),
            ("Period", quarter.label),
            ("Status", STATUS_LABELS[status]),
            ("Prepared by", prepared_by),
            ("Disclosure checked by", checked_by or "Nobody yet"),
            ("Snapshot of the answers", snapshot),
            ("Fingerprint of the figures", figures.checksum[:16]),
        ),
        sections=(
            _in_short(figures),
            _who_we_heard(figures),
            *(
                group_section(group, figures.profile, quarter, tuple(subjects.get(group.group, ())))
                for group in figures.groups
            ),
            _not_heard(figures),
            method_section(method, figures.profile, quarter),
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
    top = "; ".join(f"{line.label} ({line.people.people})" for line in raised)
    return f"{answered}. Raised most, in people: {top}."


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


def _not_heard(figures: Figures) -> Section:
    silent_groups = tuple(
        f"{wording.GROUP_HEADINGS[group.group]}: nobody {'was asked' if group.asked.people == 0 else 'answered'}."
        for group in figures.groups
        if 0 in {group.asked.people, group.answered.people}
    )
    return Section(
        "What we did not hear",
        (),
        (
            Section(
                "Groups",
                (
                    Bullets(silent_groups)
                    if silent_groups
                    else Paragraph(
                        "Somebody answered in each group that we asked, or too few answered to say."
                    ),
                ),
            ),
            Section("Teams", _teams(figures)),
            Section("Subjects", _silent_subjects(figures)),
        ),
    )


def _teams(figures: Figures) -> tuple[Paragraph | Bullets, ...]:
    teams = figures.teams
    if not teams.heard and not teams.silent:
        return (Paragraph("Too few people answered to say which teams we heard from."),)
    named = len(teams.heard) + len(teams.silent)
    where = f"where at least {figures.profile.minimum_base} people were asked"
    blocks: list[Paragraph | Bullets] = [
        Paragraph(f"We heard from {len(teams.heard)} of the {named} teams {where}.")
    ]
    if teams.silent:
        blocks += [Paragraph("Nobody answered in these teams:"), Bullets(teams.silent)]
    if teams.too_few:
        blocks += [
            Paragraph("In these teams nobody was asked, or too few people to say:"),
            Bullets(teams.too_few),
        ]
    return tuple(blocks)


def _silent_subjects(figures: Figures) -> tuple[Paragraph | Bullets, ...]:
    silent = tuple(
        f"{wording.GROUP_HEADINGS[group.group]}: {'; '.join(labels)}."
        for group in figures.groups
        if (labels := sorted(line.label for line in group.themes if line.people.people == 0))
    )
    note = Paragraph(
        "That nobody raised a subject does not mean that it matters to nobody: we may not have asked."
    )
    if not silent:
        return (Paragraph("There is no subject of which we can say that nobody raised it."),)
    return (Paragraph("Nobody raised:"), Bullets(silent), note)
