"""Who may sign in: seen and switched on or off by an administrator."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.http import toolkit
from app.shared.errors import Fault, Rejected
from app.usecases import accounts
from app.usecases.accounts import RoleName

pages = Blueprint("staff", __name__, url_prefix=f"{STAFF_PATH}/staff")

ROLE_WORDS = {
    RoleName.PARTICIPATION_WORKER: "Participation worker",
    RoleName.SAFEGUARDING_LEAD: "Safeguarding lead",
    RoleName.REPORT_READER: "Report reader",
    RoleName.ADMINISTRATOR: "Administrator",
}


@pages.get("/")
@needs(Permission.MANAGE_STAFF)
def index() -> ResponseReturnValue:
    """Show every account."""
    return _show_accounts()


@pages.post("/<uuid:staff_id>/switch")
@needs(Permission.MANAGE_STAFF)
def switch(staff_id: UUID) -> ResponseReturnValue:
    """Switch an account on or off."""
    is_active = request.form.get("to") == "on"
    try:
        accounts.switch(toolkit(), staff_id, is_active=is_active, actor_id=actor().id)
    except Rejected as rejected:
        return _show_accounts(rejected.faults)
    flash("They can sign in again." if is_active else "They can no longer sign in.")
    return redirect(url_for("staff.index"))


def _show_accounts(faults: tuple[Fault, ...] = ()) -> ResponseReturnValue:
    return show(
        "console/staff.html",
        accounts=accounts.everyone(toolkit()),
        role_words=ROLE_WORDS,
        faults=faults,
        status=422 if faults else 200,
    )
