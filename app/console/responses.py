"""Replies: read by designation, their tags confirmed or corrected by a person."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.console.raised import say_that_it_is_raised
from app.http import toolkit
from app.shared.errors import Rejected
from app.usecases import acting, responses, tagging
from app.usecases.responses import Wanted

pages = Blueprint("responses", __name__, url_prefix=f"{STAFF_PATH}/replies")


@pages.get("/")
@needs(Permission.READ_REPLIES)
def index() -> ResponseReturnValue:
    """Show a page of replies, newest first."""
    asked = request.args
    wanted = Wanted(
        quarter=asked.get("quarter", ""),
        survey=asked.get("survey", ""),
        unconfirmed_only=asked.get("unconfirmed") == "1",
        page=asked.get("page", 1, type=int),
    )
    who = actor()
    listing = responses.list_replies(
        toolkit(), wanted, actor_id=who.id, sees_concerns=who.may(Permission.SEE_QUEUE)
    )
    return show("console/responses/list.html", listing=listing)


@pages.get("/<uuid:answer_id>")
@needs(Permission.READ_REPLIES)
def reply(answer_id: UUID) -> ResponseReturnValue:
    """Show one reply with its tags."""
    return _show_reply(answer_id)


@pages.post("/<uuid:answer_id>/confirm")
@needs(Permission.CONFIRM_TAGS)
def confirm(answer_id: UUID) -> ResponseReturnValue:
    """Confirm the machine's tags as they are."""
    try:
        tagging.confirm_tags(toolkit(), answer_id, reviewer_id=actor().id)
    except Rejected as rejected:
        return _show_reply(answer_id, rejected)
    flash("The tags are confirmed.")
    return _back_to_list()


@pages.post("/<uuid:answer_id>/correct")
@needs(Permission.CONFIRM_TAGS)
def correct(answer_id: UUID) -> ResponseReturnValue:
    """Keep other tags beside the machine's."""
    try:
        tagging.correct_tags(
            toolkit(),
            answer_id,
            reviewer_id=actor().id,
            sentiment=request.form.get("sentiment", ""),
            themes=request.form.getlist("themes"),
        )
    except Rejected as rejected:
        return _show_reply(answer_id, rejected)
    flash("Your tags are kept beside the machine's.")
    return _back_to_list()


@pages.post("/<uuid:answer_id>/worry")
@needs(Permission.RAISE_CONCERN)
def worry(answer_id: UUID) -> ResponseReturnValue:
    """Send a reply to the safeguarding queue."""
    acting.raise_by_hand(toolkit(), answer_id, actor_id=actor().id)
    say_that_it_is_raised()
    return _back_to_list()


def _back_to_list() -> ResponseReturnValue:
    """Go back to the list as it was narrowed, so that a worker goes on where they were."""
    kept = {
        name: request.form.get(f"list_{name}", "") for name in ("quarter", "survey", "unconfirmed", "page")
    }
    asked = urlencode({name: value for name, value in kept.items() if value})
    return redirect(f"{url_for('responses.index')}?{asked}" if asked else url_for("responses.index"))


def _show_reply(answer_id: UUID, rejected: Rejected | None = None) -> ResponseReturnValue:
    who = actor()
    found = responses.open_reply(
        toolkit(), answer_id, actor_id=who.id, sees_concerns=who.may(Permission.SEE_QUEUE)
    )
    chosen = found.review or None
    suggested = tuple(theme.key for theme in found.themes)
    return show(
        "console/responses/reply.html",
        reply=found,
        sentiments=responses.sentiments(),
        themes=responses.themes(),
        chosen_sentiment=chosen.sentiment if chosen else found.sentiment.key if found.sentiment else "",
        chosen_themes=chosen.themes if chosen else suggested,
        may_confirm=who.may(Permission.CONFIRM_TAGS) and not found.is_with_lead,
        faults=() if rejected is None else rejected.faults,
        status=200 if rejected is None else 422,
    )
