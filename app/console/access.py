"""The door of the staff pages: closed unless a page names a permission and the visitor has it.

A page that names none is refused, so that forgetting is safe. To somebody who is signed in, what is forbidden and
what is absent look the same; somebody who is not is asked to sign in.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import Flask, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, logout_user

from app.http import toolkit
from app.shared.errors import NotAllowed
from app.usecases.accounts import RoleName

STAFF_PATH = "/staff"
OPEN_TO_ALL = frozenset({"security.login", "security.logout"})
"""The only pages under the staff path that ask for nothing."""
SIGNED_IN_SINCE = "signed_in_since"
LONGEST_SESSION = dt.timedelta(hours=8)

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Permission(StrEnum):
    """What a staff page may ask for."""

    ENTER = "enter"
    READ_REPLIES = "read_replies"
    CONFIRM_TAGS = "confirm_tags"
    RAISE_CONCERN = "raise_concern"
    SEE_QUEUE = "see_queue"
    ACT_ON_CONCERN = "act_on_concern"
    RUN_SURVEYS = "run_surveys"
    IMPORT_PEOPLE = "import_people"
    READ_PAPERS = "read_papers"
    PREPARE_PAPERS = "prepare_papers"
    CHECK_PAPERS = "check_papers"
    MANAGE_STAFF = "manage_staff"


PERMISSIONS_OF = {
    RoleName.PARTICIPATION_WORKER: frozenset(
        {
            Permission.ENTER,
            Permission.READ_REPLIES,
            Permission.CONFIRM_TAGS,
            Permission.RAISE_CONCERN,
            Permission.RUN_SURVEYS,
            Permission.IMPORT_PEOPLE,
            Permission.READ_PAPERS,
            Permission.PREPARE_PAPERS,
            Permission.CHECK_PAPERS,
        }
    ),
    RoleName.SAFEGUARDING_LEAD: frozenset(
        {
            Permission.ENTER,
            Permission.READ_REPLIES,
            Permission.RAISE_CONCERN,
            Permission.SEE_QUEUE,
            Permission.ACT_ON_CONCERN,
            Permission.READ_PAPERS,
            Permission.CHECK_PAPERS,
        }
    ),
    RoleName.REPORT_READER: frozenset({Permission.ENTER, Permission.READ_PAPERS}),
    RoleName.ADMINISTRATOR: frozenset({Permission.ENTER, Permission.MANAGE_STAFF}),
}
"""Who may do what. Administrators look after accounts and read nothing that a young person wrote."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is signed in, and what they may do."""

    id: UUID
    name: str
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        """Whether they may do this."""
        return permission in self.permissions


def needs(permission: Permission, *, megabytes: int | None = None) -> Callable[[View], View]:
    """Name the permission that a page asks for, and how much may be uploaded to it."""

    def name(view: View) -> View:
        view.needs_permission = permission  # type: ignore[attr-defined] # a note on the function itself
        view.takes_megabytes = megabytes  # type: ignore[attr-defined] # the same
        return view

    return name


def permission_of(view: Callable[..., object]) -> Permission | None:
    """Return the permission that a page names, if it names one."""
    found: Permission | None = getattr(view, "needs_permission", None)
    return found


def actor() -> Actor:
    """Return who is signed in. Raises NotAllowed where nobody is."""
    if not current_user.is_authenticated:
        raise NotAllowed
    permissions = (PERMISSIONS_OF[RoleName(role.name)] for role in current_user.roles)
    return Actor(current_user.id, current_user.name, frozenset[Permission]().union(*permissions))


def guard(app: Flask) -> None:
    """Put the door before every request, ahead of everything that reads its body."""
    app.before_request_funcs.setdefault(None, []).insert(0, _admit)


def _admit() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN_TO_ALL or not _is_staff_page():
        return None
    if not current_user.is_authenticated or _has_stayed_too_long():
        logout_user()
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    view = current_app.view_functions[request.endpoint]
    permission = permission_of(view)
    if permission is None or not actor().may(permission):
        raise NotAllowed
    megabytes = getattr(view, "takes_megabytes", None)
    if megabytes is not None:
        request.max_content_length = megabytes * 1024 * 1024
    return None


def _is_staff_page() -> bool:
    return request.path == STAFF_PATH or request.path.startswith(f"{STAFF_PATH}/")


def _has_stayed_too_long() -> bool:
    since = session.get(SIGNED_IN_SINCE)
    if since is None:
        return True
    return toolkit().clock() - dt.datetime.fromtimestamp(since, dt.UTC) > LONGEST_SESSION
