"""Board papers: built for a quarter, checked by a second person, released, and read in three forms."""

import io
from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.http import toolkit
from app.shared.cohorts import GROUP_LABELS, Group
from app.shared.errors import Fault, Rejected
from app.usecases import reporting
from app.usecases.reporting import Report

pages = Blueprint("reports", __name__, url_prefix=f"{STAFF_PATH}/papers")

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("/")
@needs(Permission.READ_PAPERS)
def index() -> ResponseReturnValue:
    """Show the papers, and for those who may the form for a new one."""
    return _show_papers()


@pages.post("/")
@needs(Permission.PREPARE_PAPERS)
def build() -> ResponseReturnValue:
    """Build a draft, or say everything that stands in its way."""
    subjects = {group: request.form.get(group.value, "").splitlines() for group in Group}
    try:
        paper_id = reporting.build_board_paper(
            toolkit(), request.form.get("quarter", ""), subjects=subjects, actor_id=actor().id
        )
    except Rejected as rejected:
        return _show_papers(rejected)
    flash("The draft is built. A colleague must now check it for disclosure.")
    return redirect(url_for("reports.paper", paper_id=paper_id))


@pages.get("/<uuid:paper_id>")
@needs(Permission.READ_PAPERS)
def paper(paper_id: UUID) -> ResponseReturnValue:
    """Show a paper as a web page."""
    return _show_paper(paper_id)


@pages.post("/<uuid:paper_id>/check")
@needs(Permission.CHECK_PAPERS)
def check(paper_id: UUID) -> ResponseReturnValue:
    """Take a colleague's word that nobody can be found in a paper."""
    if request.form.get("checked") != "yes":
        missing = Fault("checked", "Tick the box to say that you have checked the paper for disclosure.")
        return _show_paper(paper_id, Rejected([missing]))
    try:
        reporting.check_paper(toolkit(), paper_id, actor_id=actor().id)
    except Rejected as rejected:
        return _show_paper(paper_id, rejected)
    flash("Your check is kept. The paper can be released.")
    return redirect(url_for("reports.paper", paper_id=paper_id))


@pages.post("/<uuid:paper_id>/release")
@needs(Permission.CHECK_PAPERS)
def release(paper_id: UUID) -> ResponseReturnValue:
    """Release a checked paper: from now on it never changes."""
    try:
        reporting.release_paper(toolkit(), paper_id, actor_id=actor().id)
    except Rejected as rejected:
        return _show_paper(paper_id, rejected)
    flash("The paper is released. Its figures can no longer change.")
    return redirect(url_for("reports.paper", paper_id=paper_id))


@pages.get("/<uuid:paper_id>/paper.pdf")
@needs(Permission.READ_PAPERS)
def pdf(paper_id: UUID) -> ResponseReturnValue:
    """Hand out a paper as PDF."""
    return _hand_out(paper_id, reporting.as_pdf, PDF, "pdf")


@pages.get("/<uuid:paper_id>/paper.docx")
@needs(Permission.READ_PAPERS)
def word(paper_id: UUID) -> ResponseReturnValue:
    """Hand out a paper as a Word document."""
    return _hand_out(paper_id, reporting.as_word, WORD, "docx")


def _show_papers(rejected: Rejected | None = None) -> ResponseReturnValue:
    who = actor()
    return show(
        "console/papers/list.html",
        status=200 if rejected is None else 422,
        faults=() if rejected is None else rejected.faults,
        papers=reporting.list_papers(toolkit(), released_only=_reads_released_only()),
        quarters=reporting.finished_quarters(toolkit()) if who.may(Permission.PREPARE_PAPERS) else (),
        groups=[(group.value, GROUP_LABELS[group]) for group in Group],
        filled=request.form,
    )


def _show_paper(paper_id: UUID, rejected: Rejected | None = None) -> ResponseReturnValue:
    who = actor()
    report = reporting.read_paper(toolkit(), paper_id, actor_id=who.id, released_only=_reads_released_only())
    return show(
        "console/papers/paper.html",
        status=200 if rejected is None else 422,
        faults=() if rejected is None else rejected.faults,
        paper_id=paper_id,
        title=report.title,
        quarter=report.quarter.label,
        stage=report.status.value,
        drawn=reporting.as_web_page(report),
        may_act=who.may(Permission.CHECK_PAPERS),
        may_check=reporting.may_check(toolkit(), paper_id, actor_id=who.id),
    )


def _hand_out(
    paper_id: UUID, draw: Callable[[Report], bytes], mimetype: str, ending: str
) -> ResponseReturnValue:
    report = reporting.read_paper(
        toolkit(), paper_id, actor_id=actor().id, released_only=_reads_released_only()
    )
    name = f"board-paper-{report.quarter.key}-{report.status.value}.{ending}"
    return send_file(io.BytesIO(draw(report)), mimetype=mimetype, as_attachment=True, download_name=name)


def _reads_released_only() -> bool:
    who = actor()
    return not (who.may(Permission.PREPARE_PAPERS) or who.may(Permission.CHECK_PAPERS))
