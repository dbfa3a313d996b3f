"""The page of phones: choose one, read its texts, text us from it. Registered in development only."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug import Response as AnyResponse

from app.channels.simulator import sending
from app.channels.simulator.sending import Answer
from app.http import toolkit
from app.usecases import simulator

pages = Blueprint("simulator", __name__, url_prefix="/simulator")


@pages.get("/")
def show_phones() -> str:
    """Show every phone."""
    return render_template(
        "simulator/phones.html", phones=simulator.phones(toolkit()), chosen=None, thread=()
    )


@pages.get("/<key>")
def show_phone(key: str) -> str:
    """Show one phone and its texts."""
    every = simulator.phones(toolkit())
    thread = simulator.thread(toolkit(), key)
    chosen = next(phone for phone in every.every if phone.key == key)
    return render_template("simulator/phones.html", phones=every, chosen=chosen, thread=thread)


@pages.get("/<key>/texts")
def show_texts(key: str) -> str:
    """Show the texts of a phone alone, for a page that keeps itself fresh."""
    return render_template("simulator/texts.html", key=key, thread=simulator.thread(toolkit(), key))


@pages.post("/<key>/send")
def send(key: str) -> AnyResponse:
    """Text us from a phone; on request with a signature that is wrong."""
    number = simulator.number_of(toolkit(), key)
    is_genuine = "wrong" not in request.form
    text = request.form.get("text", "")
    opt_out = sending.opt_out_of(text) if "provider" in request.form else None
    answer = sending.send(
        number=number, text=text, sid=sending.new_sid(), is_genuine=is_genuine, opt_out=opt_out
    )
    if answer.status != 200:
        return _back(key, answer, "Refused, and nothing was stored.")
    by_provider = f" It came as the provider's {opt_out}." if opt_out else ""
    return _back(key, answer, f"Sent.{by_provider}")


@pages.post("/<key>/again")
def send_again(key: str) -> AnyResponse:
    """Deliver a text a second time, with its first id, as the provider does when an answer got lost."""
    number = simulator.number_of(toolkit(), key)
    sid = request.form.get("sid", "")
    texts = [bubble.text for bubble in simulator.thread(toolkit(), key) if bubble.provider_id == sid]
    answer = sending.send(number=number, text=texts[0] if texts else "", sid=sid)
    return _back(key, answer, "Delivered again: the same answer, and nothing was stored twice.")


@pages.post("/browser")
def open_in_browser() -> AnyResponse:
    """Open a survey in the browser, as a visitor of an open link would."""
    # The path alone: a browser that came by another name of this machine refuses to be sent to the first.
    return redirect(urlsplit(simulator.open_link(toolkit())).path, code=303)


def _back(key: str, answer: Answer, what: str) -> AnyResponse:
    said = "" if answer.status == 200 else f" It said: {answer.said}"
    flash(f"The webhook answered {answer.status}. {what}{said}")
    return redirect(url_for("simulator.show_phone", key=key), code=303)
