"""Board papers: built from confirmed answers, checked by a second person, released and frozen."""

import dataclasses
import datetime as dt
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.reports.board import compose
from app.reports.figures import count, is_empty
from app.reports.method import MethodFacts, SurveyAsked
from app.reports.period import Quarter
from app.reports.profiles import BOARD_EXEMPT
from app.reports.published import Figures
from app.reports.render_docx import render_docx
from app.reports.render_html import render_html
from app.reports.render_pdf import render_pdf
from app.reports.report import STATUS_LABELS, BoardReport, PaperStatus
from app.reports.suppression import suppress
from app.shared.cohorts import Group
from app.shared.errors import Fault, NotFound, Rejected
from app.storage import audit, figures, papers, people, staff
from app.storage.audit import Subject
from app.storage.database import Work
from app.storage.papers import BoardPaper
from app.usecases.collecting import LOCAL, collect, method_of, span_of, theme_lines
from app.usecases.toolkit import Toolkit

MOST_SUBJECTS = 10
LONGEST_SUBJECT = 120


class NobodyAsked(Rejected):
    """A paper was asked for a quarter in which nobody was asked and nobody answered."""


class RepliesUnconfirmed(Rejected):
    """A paper was asked for while tags of its quarter were not confirmed."""


class AlreadyReleased(Rejected):
    """A quarter's paper has been released; released figures never change."""


class SecondPersonNeeded(Rejected):
    """Whoever prepared a paper cannot tick its disclosure check."""


class PaperAltered(Rejected):
    """A stored paper is not what was built."""


Report = BoardReport
"""A paper as composed; only the functions below draw it."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in a list."""

    id: UUID
    quarter: str
    status: PaperStatus
    status_label: str
    prepared_by: str
    prepared_at: dt.datetime


def finished_quarters(toolkit: Toolkit, *, most: int = 8) -> list[Quarter]:
    """Return the quarters that are over, newest first."""
    quarter = Quarter.containing(toolkit.clock())
    found = []
    for _ in range(most):
        quarter = quarter.previous
        found.append(quarter)
    return found


def build_board_paper(
    toolkit: Toolkit, quarter_key: str, *, subjects: Mapping[Group, Sequence[str]], actor_id: UUID
) -> UUID:
    """Build a draft paper for a whole quarter and return its id.

    Raises QuarterNotOver; NobodyAsked; RepliesUnconfirmed with every reply that waits; AlreadyReleased;
    Rejected for subjects.
    """
    now = toolkit.clock()
    quarter = Quarter.parse(quarter_key)
    quarter.require_over(now)
    _require_short_subjects(subjects)
    with toolkit.database.begin() as work:
        _require_unreleased(work, quarter)
        _require_confirmed(work, quarter)
        records = collect(work, quarter)
        raw = count(records, collect(work, quarter.previous), theme_lines())
        shown = suppress(raw, BOARD_EXEMPT, released_before=_released_figures(work, quarter.previous))
        if is_empty(records):
            raise NobodyAsked([Fault("quarter", f"Nobody was asked or answered in {quarter.label}.")])
        paper = BoardPaper(
            quarter=quarter.key,
            status=PaperStatus.DRAFT,
            figures=shown.to_json(),
            method=_method_to_json(method_of(work, quarter)),
            subjects={
                group.value: [line.strip() for line in lines if line.strip()]
                for group, lines in subjects.items()
            },
            prepared_by=actor_id,
            prepared_at=now,
        )
        paper.checksum = _checksum(work, paper)
        work.session.add(paper)
        audit.append(work, "paper.built", Subject("board_paper", paper.id), actor_id=actor_id, at=now)
        return paper.id


def check_paper(toolkit: Toolkit, paper_id: UUID, *, actor_id: UUID) -> None:
    """Tick the disclosure check, as a second person. Raises NotFound, SecondPersonNeeded."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        paper = _get(work, paper_id)
        if paper.prepared_by == actor_id:
            problem = "You prepared this paper. Ask a colleague to check it for disclosure."
            raise SecondPersonNeeded([Fault("disclosure check", problem)])
        if paper.status != PaperStatus.DRAFT:
            return
        paper.status, paper.checked_by, paper.checked_at = PaperStatus.CHECKED, actor_id, now
        audit.append(work, "paper.checked", Subject("board_paper", paper.id), actor_id=actor_id, at=now)


def release_paper(toolkit: Toolkit, paper_id: UUID, *, actor_id: UUID) -> None:
    """Release a checked paper; from then on it never changes. Raises NotFound, Rejected, AlreadyReleased."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        paper = _get(work, paper_id)
        if paper.status == PaperStatus.RELEASED:
            return
        if paper.status != PaperStatus.CHECKED:
            raise Rejected([Fault("release", "A second person ticks the disclosure check first.")])
        _require_unreleased(work, Quarter.parse(paper.quarter))
        paper.status, paper.released_by, paper.released_at = PaperStatus.RELEASED, actor_id, now
        paper.released_for = paper.quarter
        audit.append(work, "paper.released", Subject("board_paper", paper.id), actor_id=actor_id, at=now)


def list_papers(toolkit: Toolkit, *, released_only: bool) -> list[PaperLine]:
    """Return the papers, newest first."""
    with toolkit.database.read() as work:
        rows = papers.newest_first(work, released_only=released_only)
        names = staff.names(work, {row.prepared_by for row in rows})
        return [
            PaperLine(
                row.id,
                Quarter.parse(row.quarter).label,
                PaperStatus(row.status),
                STATUS_LABELS[PaperStatus(row.status)],
                names.get(row.prepared_by, ""),
                row.prepared_at.astimezone(LOCAL),
            )
            for row in rows
        ]


def read_paper(toolkit: Toolkit, paper_id: UUID, *, actor_id: UUID, released_only: bool) -> BoardReport:
    """Return a paper as composed from its frozen figures. Raises NotFound."""
    with toolkit.database.begin() as work:
        paper = _get(work, paper_id)
        if released_only and paper.status != PaperStatus.RELEASED:
            raise NotFound
        audit.append(
            work, "paper.read", Subject("board_paper", paper.id), actor_id=actor_id, at=toolkit.clock()
        )
        return _compose(toolkit, work, paper)


def may_check(toolkit: Toolkit, paper_id: UUID, *, actor_id: UUID) -> bool:
    """Whether somebody may tick a paper's disclosure check: not if they prepared it."""
    with toolkit.database.read() as work:
        return _get(work, paper_id).prepared_by != actor_id


def as_web_page(report: BoardReport) -> str:
    """Draw a paper as a fragment of a page."""
    return render_html(report)


def as_pdf(report: BoardReport) -> bytes:
    """Draw a paper as PDF/UA."""
    return render_pdf(report)


def as_word(report: BoardReport) -> bytes:
    """Draw a paper as a Word document."""
    return render_docx(report)


def _get(work: Work, paper_id: UUID) -> BoardPaper:
    paper = papers.find(work, paper_id)
    if paper is None:
        raise NotFound
    _require_unaltered(work, paper)
    return paper


def _require_unaltered(work: Work, paper: BoardPaper) -> None:
    if not hmac.compare_digest(paper.checksum, _checksum(work, paper)):
        problem = (
            "What is stored is no longer what was built: somebody has changed it in the database. "
            "Do not use this paper or a copy made since; tell whoever looks after Heard."
        )
        raise PaperAltered([Fault("this paper", problem)])


def _checksum(work: Work, paper: BoardPaper) -> str:
    """Return the keyed digest of all that a paper says, so that who can only write to the database cannot forge it."""
    said = json.dumps(
        ["board paper", str(paper.id), paper.quarter, paper.figures, paper.method, paper.subjects],
        sort_keys=True,
    )
    return work.sealer.fingerprint(said)


def _require_short_subjects(subjects: Mapping[Group, Sequence[str]]) -> None:
    faults = []
    for group, lines in subjects.items():
        if len(lines) > MOST_SUBJECTS:
            faults.append(Fault(group.value, f"Name at most {MOST_SUBJECTS} subjects."))
        faults += [
            Fault(f"{group.value}, line {number}", f"Keep a subject under {LONGEST_SUBJECT} characters.")
            for number, line in enumerate(lines, start=1)
            if len(line) > LONGEST_SUBJECT
        ]
    if faults:
        raise Rejected(faults)


def _require_unreleased(work: Work, quarter: Quarter) -> None:
    if papers.find_released(work, quarter.key) is not None:
        problem = f"The paper for {quarter.label} has been released. Released figures never change."
        raise AlreadyReleased([Fault("quarter", problem)])


def _require_confirmed(work: Work, quarter: Quarter) -> None:
    waiting = figures.unconfirmed(work, span_of(quarter))
    if not waiting:
        return
    raise RepliesUnconfirmed(
        [
            Fault(
                f"{_designation(work, answer.person_id)}, {answer.answered_at.astimezone(LOCAL):%d %B %Y}",
                "Nobody has confirmed the themes and sentiment of this reply.",
            )
            for answer in waiting
        ]
    )


def _designation(work: Work, person_id: UUID | None) -> str:
    return "A visitor of the open link" if person_id is None else people.get(work, person_id).designation


def _released_figures(work: Work, quarter: Quarter) -> Figures | None:
    paper = papers.find_released(work, quarter.key)
    if paper is None:
        return None
    _require_unaltered(work, paper)
    return Figures.from_json(paper.figures)


def _compose(toolkit: Toolkit, work: Work, paper: BoardPaper) -> BoardReport:
    names = staff.names(work, {one for one in (paper.prepared_by, paper.checked_by) if one is not None})
    prepared_by = names[paper.prepared_by]
    checked_by = None if paper.checked_by is None else names[paper.checked_by]
    if checked_by == prepared_by:
        checked_by = f"{checked_by} (a colleague of the same name)"
    return compose(
        Figures.from_json(paper.figures),
        council=toolkit.council.name,
        quarter=Quarter.parse(paper.quarter),
        status=PaperStatus(paper.status),
        prepared_by=prepared_by,
        checked_by=checked_by,
        subjects={Group(group): tuple(lines) for group, lines in paper.subjects.items()},
        method=_method_from_json(paper.method),
        snapshot=f"{paper.prepared_at.astimezone(LOCAL):%d %B %Y, %H:%M}",
    )


def _method_to_json(method: MethodFacts) -> str:
    return json.dumps(dataclasses.asdict(method), default=dt.date.isoformat)


def _method_from_json(text: str) -> MethodFacts:
    plain = json.loads(text)
    first, last = plain["first_asked"], plain["last_answered"]
    return MethodFacts(
        first_asked=None if first is None else dt.date.fromisoformat(first),
        last_answered=None if last is None else dt.date.fromisoformat(last),
        surveys=tuple(
            SurveyAsked(one["title"], one["for_whom"], tuple(one["questions"])) for one in plain["surveys"]
        ),
        channels=tuple(plain["channels"]),
        tagger_version=plain["tagger_version"],
    )
