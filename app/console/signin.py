"""Sign-in for staff: every setting of Flask-Security in one place, and a limit on tries."""

import datetime as dt
from collections.abc import Callable

from flask import (
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_limiter import RequestLimit
from flask_security import Security, current_user
from flask_security.views import login, logout

from app.console import access
from app.console.access import SIGNED_IN_SINCE, STAFF_PATH
from app.http import client_address, limiter, toolkit
from app.usecases import accounts
from app.usecases.accounts import Database

TRIES = "5 per 5 minutes"
"""Failed ones, per account and per address, in each of the two web processes (Cyber Essentials: ten in all)."""
IDLE = dt.timedelta(minutes=15)
NEVER = dt.timedelta(seconds=-1)
WRONG = "That email address and password do not belong together. Check both and try again."

View = Callable[..., ResponseReturnValue]


def protect_sign_in(app: Flask, database: Database) -> None:
    """Put the door before the staff pages, and the way through it."""
    app.config.update(_settings(is_https=app.config["HEARD_HTTPS"]))
    security = Security(app, accounts.for_sign_in(database))
    security.login_context_processor(_around_sign_in)
    access.guard(app)
    app.view_functions["security.login"] = _sign_in
    app.view_functions["security.logout"] = _sign_out


def _settings(*, is_https: bool) -> dict[str, object]:
    return {
        "SESSION_COOKIE_NAME": "__Host-heard" if is_https else "heard",
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        # Strict would ask a lead who follows the link in an alert to sign in again.
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": IDLE,
        # Our pages tell browsers to send no referrer, so that a form cannot be asked for one; its token is enough.
        "WTF_CSRF_SSL_STRICT": False,
        "SECURITY_LOGIN_URL": f"{STAFF_PATH}/sign-in",
        "SECURITY_LOGOUT_URL": f"{STAFF_PATH}/sign-out",
        "SECURITY_POST_LOGIN_VIEW": f"{STAFF_PATH}/",
        "SECURITY_POST_LOGOUT_VIEW": f"{STAFF_PATH}/sign-in",
        "SECURITY_LOGIN_USER_TEMPLATE": "security/sign_in.html",
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": False,
        "SECURITY_CHANGEABLE": False,
        "SECURITY_TRACKABLE": False,
        "SECURITY_FRESHNESS": NEVER,
        # A session cookie is the only way in.
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_TOKEN_AUTHENTICATION_HEADER": None,
        "SECURITY_AUTO_LOGIN_AFTER_CONFIRM": False,
        "SECURITY_FLASH_MESSAGES": False,
    }


def _around_sign_in() -> dict[str, object]:
    return {
        "council": toolkit().council.name,
        "wrong_sign_in": WRONG,
        "demo_accounts": current_app.config.get("HEARD_DEMO_ACCOUNTS", ()),
    }


def _tried_account() -> str:
    return f"account:{request.form.get('email', '').strip().lower()[:200]}"


def _went_in(response: Response) -> bool:
    return response.status_code == 302


def _too_many_tries(_limit: RequestLimit) -> Response:
    page = render_template("security/too_many_tries.html", council=toolkit().council.name)
    response = make_response(page, 429)
    response.headers["Retry-After"] = "300"
    return response


def _limit(key: Callable[[], str]) -> Callable[[View], View]:
    return limiter.limit(
        TRIES,
        key_func=key,
        methods=["POST"],
        deduct_when=lambda response: not _went_in(response),
        on_breach=_too_many_tries,
    )


@_limit(client_address)
@_limit(_tried_account)
def _sign_in() -> ResponseReturnValue:
    """Let a sign-in begin a session of its own, and keep whether it worked.

    Whoever is signed in already is sent on: nothing begins anew, so the session ends when it should have.
    """
    if current_user.is_authenticated:
        return redirect(url_for("overview.index"))
    response = make_response(login())
    if request.method != "POST":
        return response
    if not _went_in(response):
        accounts.record_failed_sign_in(toolkit(), request.form.get("email", "")[:200])
        return response
    session.permanent = True
    session[SIGNED_IN_SINCE] = toolkit().clock().timestamp()
    accounts.record_sign_in(toolkit(), current_user.id)
    return response


def _sign_out() -> ResponseReturnValue:
    """Sign out on the server too, so that a copied cookie opens nothing."""
    if current_user.is_authenticated:
        accounts.sign_out_everywhere(toolkit(), current_user.id)
    response: ResponseReturnValue = logout()
    session.clear()
    return response
