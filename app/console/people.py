"""People whom the council may ask: listed by designation, taken in from a CSV."""

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.http import toolkit
from app.shared.errors import Fault, Rejected
from app.usecases import people_import

pages = Blueprint("people", __name__, url_prefix=f"{STAFF_PATH}/people")
UPLOAD_MEGABYTES = 6
"""A little more than a file may have, so that a file just too large is told so by name."""


@pages.get("/")
@needs(Permission.IMPORT_PEOPLE)
def index() -> ResponseReturnValue:
    """Show a page of everybody, by designation."""
    page = request.args.get("page", 1, type=int)
    return show("console/people/list.html", listing=people_import.everyone(toolkit(), page=page))


@pages.get("/import")
@needs(Permission.IMPORT_PEOPLE)
def choose() -> ResponseReturnValue:
    """Show the form that takes a file."""
    return show("console/people/import.html")


@pages.post("/import")
@needs(Permission.IMPORT_PEOPLE, megabytes=UPLOAD_MEGABYTES)
def take_in() -> ResponseReturnValue:
    """Take in the people of a file, or say everything that is wrong with it."""
    try:
        done = people_import.import_people(toolkit(), _uploaded(), actor_id=actor().id)
    except Rejected as rejected:
        return show("console/people/import.html", broken=rejected.faults, status=422)
    flash(_what_was_done(done))
    return redirect(url_for("people.index"))


@pages.get("/example.csv")
@needs(Permission.IMPORT_PEOPLE)
def example() -> Response:
    """Hand out a file to start from, with fictional people."""
    response = make_response(people_import.EXAMPLE.encode("utf-8-sig"))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="people-example.csv"'
    return response


def _uploaded() -> bytes:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Rejected([Fault("file", "is missing; choose a CSV file")])
    content: bytes = file.read()
    return content


def _what_was_done(done: people_import.Imported) -> str:
    people = "1 person was" if done.people == 1 else f"{done.people} people were"
    teams = f" New teams: {len(done.new_teams)}." if done.new_teams else ""
    return f"{people} taken in.{teams}"
