"""The pages behind a young person's link: one question at a time; looking never changes anything."""

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from app.http import limiter, toolkit
from app.shared.errors import NotFound
from app.usecases import links, webpages
from app.usecases.webpages import Page

pages = Blueprint("web", __name__)
"""Exempt from CSRF: there is no cookie and no session; the secret in the address is all that a page goes by."""

NOTHING_CHOSEN = "Choose one answer, or press Skip."
NOTHING_WRITTEN = "Write something, or press Skip."
UNCLEAR = "Sorry, we did not get that. Try again, or press Skip."


@pages.get("/t/<token>")
def show_page(token: str) -> str | Response:
    """Show where a link stands now."""
    try:
        page = webpages.page_for(toolkit(), token)
    except NotFound:
        return _count_miss()
    return _draw(token, page, _problem(page, was_empty="again" in request.args))


@pages.post("/t/<token>/start")
def start(token: str) -> AnyResponse:
    """Take yes or no to the invitation."""
    if request.form.get("reply") == "yes":
        webpages.join(toolkit(), token)
    elif request.form.get("reply") == "no":
        webpages.decline(toolkit(), token)
    return _back_to(token)


@pages.post("/t/<token>/reply")
def reply(token: str) -> AnyResponse | tuple[str, int]:
    """Take in an answer, then show the page afresh."""
    # A skipped question sends no words: what was written before Skip was pressed has been taken back.
    text = webpages.SKIP if "skip" in request.form else request.form.get("text", "")
    if not text.strip():
        # Redirected as an answer is, so that going back or fresh never sends a form a second time.
        return redirect(url_for("web.show_page", token=token, again="1"), code=303)
    late = webpages.answer(toolkit(), token, turn=_turn(), text=text)
    if late is None:
        return _back_to(token)
    return render_template("young_person/kept.html", around=webpages.frame(toolkit()), texts=late.texts), 200


@pages.get("/s/<token>")
def show_open_page(token: str) -> str | Response:
    """Show what an open link is for; the button carries what makes a second press recognisable."""
    try:
        page = webpages.open_page(toolkit(), token)
    except NotFound:
        return _count_miss()
    return render_template(
        "young_person/open.html", page=page, around=page.around, token=token, press=toolkit().new_token()
    )


@pages.post("/s/<token>")
@limiter.limit("120 per minute")
def start_visit(token: str) -> AnyResponse:
    """Give a visitor a conversation and a link of their own."""
    visitor = links.start_visit(toolkit(), token, request.form.get("press", ""))
    if visitor is None:
        return redirect(url_for("web.show_open_page", token=token), code=303)
    return _back_to(visitor)


@limiter.shared_limit("60 per minute", scope="links", override_defaults=False)
def _count_miss() -> Response:
    """Answer an address that opens nothing.

    Only these are counted: whoever has a link that works sees its page, whatever was tried from the same building,
    and what is sent is stored first.
    """
    page, status = _gone()
    return current_app.make_response((page, status))


def _gone() -> tuple[str, int]:
    return render_template("young_person/gone.html", around=webpages.frame(toolkit())), 404


@pages.errorhandler(NotFound)
def show_gone(error: NotFound) -> tuple[str, int]:
    """Say the same for a link that has ended, was replaced, or never was."""
    del error
    return _gone()


@pages.errorhandler(RequestEntityTooLarge)
def show_too_long(error: RequestEntityTooLarge) -> tuple[str, int]:
    """Say that a page cannot take so much at once."""
    del error
    return render_template("young_person/too_long.html", around=webpages.frame(toolkit())), 413


@pages.errorhandler(TooManyRequests)
def show_busy(error: TooManyRequests) -> Response:
    """Ask to wait a minute."""
    del error
    page = render_template("young_person/busy.html", around=webpages.frame(toolkit()))
    response = current_app.make_response((page, 429))
    response.headers["Retry-After"] = "60"
    return response


def _draw(token: str, page: Page, problem: str) -> str:
    return render_template(
        f"young_person/{page.stage}.html", page=page, around=page.around, token=token, problem=problem
    )


def _problem(page: Page, *, was_empty: bool) -> str:
    if page.question is None:
        return ""
    if was_empty:
        return NOTHING_CHOSEN if page.question.options else NOTHING_WRITTEN
    return UNCLEAR if page.question.was_unclear else ""


def _back_to(token: str) -> AnyResponse:
    return redirect(url_for("web.show_page", token=token), code=303)


def _turn() -> int | None:
    # A page of ours always says its turn; words that come without one are kept, though not as an answer.
    written = request.form.get("turn", "")
    return int(written) if written.isdecimal() and len(written) < 7 else None
