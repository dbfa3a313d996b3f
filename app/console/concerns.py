"""The safeguarding queue: by its clocks, one item at a time, taken and closed by a named person."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.http import toolkit
from app.shared.errors import Rejected
from app.usecases import acting, alerting, desk
from app.usecases.acting import Closing
from app.usecases.desk_words import OUTCOME_WORDS

pages = Blueprint("concerns", __name__, url_prefix=f"{STAFF_PATH}/concerns")


@pages.get("/")
@needs(Permission.SEE_QUEUE)
def queue() -> ResponseReturnValue:
    """Show what is open: what nobody has taken first, the most urgent of it on top."""
    return _show_queue()


@pages.get("/closed")
@needs(Permission.SEE_QUEUE)
def closed() -> ResponseReturnValue:
    """Show what was closed, newest first."""
    return _show_queue(closed=True)


@pages.get("/find")
@needs(Permission.SEE_QUEUE)
def find() -> ResponseReturnValue:
    """Go to the item that an alert speaks of."""
    try:
        found = desk.find(toolkit(), request.args.get("reference", ""))
    except Rejected as rejected:
        return _show_queue(rejected=rejected)
    return redirect(url_for("concerns.item", concern_id=found))


@pages.get("/<uuid:concern_id>")
@needs(Permission.SEE_QUEUE)
def item(concern_id: UUID) -> ResponseReturnValue:
    """Show one item with their words."""
    return _show_item(concern_id)


@pages.post("/<uuid:concern_id>/take")
@needs(Permission.ACT_ON_CONCERN)
def take(concern_id: UUID) -> ResponseReturnValue:
    """Take an item, or take it over from the colleague that the page showed."""
    try:
        acting.take(
            toolkit(),
            concern_id,
            actor_id=actor().id,
            instead_of=request.form.get("instead_of", None, type=UUID),
        )
    except Rejected as rejected:
        return _show_item(concern_id, rejected=rejected)
    flash("You have this item now.")
    return redirect(url_for("concerns.item", concern_id=concern_id))


@pages.post("/<uuid:concern_id>/identity")
@needs(Permission.ACT_ON_CONCERN)
def identity(concern_id: UUID) -> ResponseReturnValue:
    """Show who it is, on this page only; that it was asked for is kept."""
    found = acting.identify(toolkit(), concern_id, actor_id=actor().id)
    return _show_item(concern_id, identity=found)


@pages.post("/<uuid:concern_id>/close")
@needs(Permission.ACT_ON_CONCERN)
def close(concern_id: UUID) -> ResponseReturnValue:
    """Close an item with what was done."""
    form = request.form
    closing = Closing(
        outcome=form.get("outcome", ""),
        note=form.get("note", ""),
        told=form.get("told", ""),
        after_pause=form.get("after_pause", acting.AfterPause.LEAVE_STOPPED.value),
    )
    try:
        acting.close(toolkit(), concern_id, closing, actor_id=actor().id)
    except Rejected as rejected:
        return _show_item(concern_id, rejected=rejected, closing=closing)
    flash("The item is closed.")
    return redirect(url_for("concerns.queue"))


def _show_queue(*, closed: bool = False, rejected: Rejected | None = None) -> ResponseReturnValue:
    pages = desk.pages(toolkit(), closed=closed)
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return show(
        "console/concerns/queue.html",
        items=desk.queue(toolkit(), closed=closed, page=page),
        closed=closed,
        page=page,
        pages=pages,
        undelivered=alerting.undelivered(toolkit()),
        reference=request.args.get("reference", ""),
        faults=() if rejected is None else rejected.faults,
        status=200 if rejected is None else 422,
    )


def _show_item(
    concern_id: UUID,
    *,
    rejected: Rejected | None = None,
    identity: acting.Identity | None = None,
    closing: Closing | None = None,
) -> ResponseReturnValue:
    return show(
        "console/concerns/item.html",
        opened=desk.open_item(toolkit(), concern_id, actor_id=actor().id),
        identity=identity,
        closing=closing or Closing(outcome="", note="", told=""),
        outcomes=OUTCOME_WORDS,
        faults=() if rejected is None else rejected.faults,
        status=200 if rejected is None else 422,
    )
