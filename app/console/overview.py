"""The first page after sign-in: what needs doing, for each role its own."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.console import words
from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.http import toolkit
from app.usecases import desk, other_messages, responses, surveys

pages = Blueprint("overview", __name__, url_prefix=STAFF_PATH)
for filter_ in (words.local_time, words.local_date, words.national_number, words.time_left):
    pages.add_app_template_filter(filter_)


@pages.get("/")
@needs(Permission.ENTER)
def index() -> ResponseReturnValue:
    """Show what waits."""
    who = actor()
    return show(
        "console/overview.html",
        load=desk.load(toolkit()) if who.may(Permission.SEE_QUEUE) else None,
        unconfirmed=responses.count_unconfirmed(toolkit()) if who.may(Permission.CONFIRM_TAGS) else None,
        unread=other_messages.count_unread(toolkit()) if who.may(Permission.READ_REPLIES) else None,
        running=surveys.running(toolkit()) if who.may(Permission.RUN_SURVEYS) else None,
    )
