"""What every staff page shows around its content: who is signed in, and where they may go."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.console.access import Actor, Permission, actor
from app.http import toolkit
from app.shared.errors import Fault
from app.usecases import accounts

PLACES = (
    ("Overview", "overview.index", Permission.ENTER),
    ("Safeguarding queue", "concerns.queue", Permission.SEE_QUEUE),
    ("Replies", "responses.index", Permission.READ_REPLIES),
    ("Other messages", "others.index", Permission.READ_REPLIES),
    ("Surveys", "surveys.index", Permission.RUN_SURVEYS),
    ("People", "people.index", Permission.IMPORT_PEOPLE),
    ("Board papers", "reports.index", Permission.READ_PAPERS),
    ("Staff", "staff.index", Permission.MANAGE_STAFF),
)
CARES_ABOUT_LEADS = frozenset({Permission.SEE_QUEUE, Permission.RUN_SURVEYS, Permission.MANAGE_STAFF})


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    text: str
    address: str
    is_here: bool


def show(
    template: str, *, status: int = 200, faults: Sequence[Fault] = (), **values: object
) -> ResponseReturnValue:
    """Return a staff page."""
    who = actor()
    page = render_template(
        template,
        places=_places(who),
        who=who,
        council=toolkit().council.name,
        warns_of_leads=bool(who.permissions & CARES_ABOUT_LEADS) and accounts.too_few_leads(toolkit()),
        faults=faults,
        now=toolkit().clock(),
        **values,
    )
    return make_response(page, status)


def _places(who: Actor) -> list[Place]:
    return [
        Place(text, url_for(endpoint), is_here=request.blueprint == endpoint.split(".", maxsplit=1)[0])
        for text, endpoint, permission in PLACES
        if who.may(permission) and endpoint in current_app.view_functions
    ]
