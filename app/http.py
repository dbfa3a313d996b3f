"""What every page shares: the toolkit, security headers, limits, and how our errors look from outside."""

import logging
import traceback
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from types import TracebackType
from typing import cast

from flask import Flask, Response, current_app, render_template, request
from flask_limiter import Limiter
from werkzeug.exceptions import HTTPException

from app.shared.errors import NotAllowed, NotFound, Rejected
from app.usecases.toolkit import Toolkit

log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024
"""Of a request; a page that takes a file may raise it for itself (`request.max_content_length`)."""

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
HTTPS_ONLY = "max-age=31536000; includeSubDomains"


def client_address() -> str:
    """Return whom a limit counts: an address, or for IPv6 the /64 that one household has."""
    written = request.remote_addr or "127.0.0.1"
    try:
        address = ip_address(written)
    except ValueError:
        return written
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


limiter = Limiter(client_address, storage_uri="memory://", headers_enabled=True)
"""Counts in each process by itself, in memory only: no address is kept."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says: what happened, and what to do."""

    title: str
    advice: str


TROUBLES = {
    400: Trouble("We could not read that", "Go back, reload the page and try again."),
    404: Trouble("Page not found", "Check the address, or ask whoever gave it to you for a new one."),
    405: Trouble("That does not work here", "Go back to the page before and use its buttons."),
    413: Trouble("That was too big", "Nothing was saved. Send less at once and try again."),
    415: Trouble("We cannot read that kind of file", "Send it in the form that the page asks for."),
    422: Trouble("Some things need mending", "Nothing was changed. Mend what is listed and try again."),
    429: Trouble("Too many tries", "Wait a minute, then try again."),
    500: Trouble("Something went wrong on our side", "Nothing you did. Wait a minute, then try again."),
}
NOTHING_SAID = Trouble("That did not work", "Go back, reload the page and try again.")


def toolkit() -> Toolkit:
    """Return the ports of the running application."""
    return cast(Toolkit, current_app.extensions["heard"])


def protect(app: Flask) -> None:
    """Give every answer its headers, every request its limit, and every error a page without detail."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter.init_app(app)
    app.after_request(add_headers)
    app.register_error_handler(Rejected, _show_rejected)
    app.register_error_handler(NotFound, _show_not_found)
    app.register_error_handler(NotAllowed, _show_not_found)
    app.register_error_handler(HTTPException, _show_http_error)
    # Flask's own line would hold the address, which may be a secret, and the message of the error.
    app.log_exception = log_mistake  # type: ignore[method-assign] # the one place that Flask leaves for it


def add_headers(response: Response) -> Response:
    """Say on every answer what a browser may do with it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if toolkit().public_url.startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def show_trouble(status: int, faults: tuple[str, ...] = ()) -> tuple[str, int]:
    """Draw an error page."""
    trouble = TROUBLES.get(status, NOTHING_SAID)
    return render_template("errors/trouble.html", trouble=trouble, faults=faults), status


def _show_rejected(error: Rejected) -> tuple[str, int]:
    return show_trouble(422, tuple(str(fault) for fault in error.faults))


def _show_not_found(error: NotFound | NotAllowed) -> tuple[str, int]:
    # Forbidden and absent look the same from outside.
    del error
    return show_trouble(404)


def _show_http_error(error: HTTPException) -> Response | tuple[str, int]:
    if error.code is None or error.code < 400:
        return cast(Response, error.get_response())
    if isinstance(error.response, Response):
        # Whoever raised it has drawn its page.
        return error.response
    status = 404 if error.code == 403 else error.code
    page, status = show_trouble(status)
    response = current_app.make_response((page, status))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


Raised = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def log_mistake(exc_info: Raised) -> None:
    """Log where we went wrong, but neither the message nor the address: either may hold somebody's words."""
    kind, _, trace = exc_info
    frames = "".join(traceback.format_tb(trace))
    log.error("A request to %s failed: %s\n%s", request.endpoint, kind.__name__ if kind else "?", frames)
