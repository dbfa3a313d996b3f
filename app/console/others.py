"""Other messages: what came in beside the surveys, read by a person, one press for each."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.console.raised import say_that_it_is_raised
from app.http import toolkit
from app.usecases import acting, other_messages

pages = Blueprint("others", __name__, url_prefix=f"{STAFF_PATH}/messages")


@pages.get("/")
@needs(Permission.READ_REPLIES)
def index() -> ResponseReturnValue:
    """Show a page of messages, unread first, then newest first."""
    who = actor()
    listing = other_messages.list_messages(
        toolkit(),
        page=request.args.get("page", 1, type=int),
        actor_id=who.id,
        sees_concerns=who.may(Permission.SEE_QUEUE),
    )
    return show("console/others/list.html", listing=listing)


@pages.post("/<uuid:message_id>/read")
@needs(Permission.READ_REPLIES)
def read(message_id: UUID) -> ResponseReturnValue:
    """Keep that the reader has read a message."""
    who = actor()
    other_messages.mark_read(
        toolkit(), message_id, actor_id=who.id, sees_concerns=who.may(Permission.SEE_QUEUE)
    )
    flash("It is marked as read.")
    return _back_to_list()


@pages.post("/<uuid:message_id>/worry")
@needs(Permission.RAISE_CONCERN)
def worry(message_id: UUID) -> ResponseReturnValue:
    """Send a message to the safeguarding queue."""
    acting.raise_message_by_hand(toolkit(), message_id, actor_id=actor().id)
    say_that_it_is_raised()
    return _back_to_list()


def _back_to_list() -> ResponseReturnValue:
    page = request.form.get("list_page", 1, type=int)
    return redirect(url_for("others.index", page=page) if page > 1 else url_for("others.index"))
