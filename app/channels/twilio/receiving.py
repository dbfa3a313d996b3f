"""What the provider tells us: a text came in, and what became of one that we sent."""

import logging
import re
from typing import cast
from uuid import UUID

from flask import Blueprint, Response, current_app, request
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, UnsupportedMediaType

from app.channels.twilio.account import MESSAGE_PATH, STATUS_PATH, TwilioAccount
from app.channels.twilio.signature import is_genuine
from app.http import toolkit
from app.shared.messages import Channel, IncomingMessage, OptOutType, Reply
from app.usecases import inbound, outbound
from app.usecases.outbound import Delivery

log = logging.getLogger(__name__)

FORM = "application/x-www-form-urlencoded"
NEEDED = ("MessageSid", "AccountSid", "From", "To", "Body")
MAY_BE_EMPTY = frozenset({"Body"})
SID = re.compile(r"[A-Za-z0-9]{1,64}")
STATUS = re.compile(r"[a-z_]{1,30}")
ERROR_CODE = re.compile(r"[0-9]{1,10}")

webhook = Blueprint("twilio", __name__)
"""Exempt from CSRF: the provider has no session with us, and proves itself by a signature on every request."""


@webhook.post(MESSAGE_PATH)
def receive_sms() -> Response:
    """Take in one text and answer with what goes straight back."""
    account = _account()
    form = _genuine_form(account)
    _require_fields(form, NEEDED)
    _require_sid(form)
    if form["AccountSid"] != account.account_sid:
        raise _refused("It is for another account.")
    if form["To"] not in account.numbers:
        raise _refused("It is for a number that is not ours.")
    return _twiml(inbound.receive(toolkit(), _read(form)))


@webhook.post(STATUS_PATH)
def receive_status() -> Response:
    """Take in what became of a text that we sent; it can make nothing new."""
    account = _account()
    form = _genuine_form(account)
    _require_fields(form, ("MessageSid", "AccountSid", "MessageStatus"))
    _require_sid(form)
    if form["AccountSid"] != account.account_sid:
        raise _refused("It is for another account.")
    if not STATUS.fullmatch(form["MessageStatus"]):
        raise BadRequest("MessageStatus is not a status.")
    outbound.record_delivery(toolkit(), _read_status(form))
    return Response(status=204)


@webhook.errorhandler(HTTPException)
def explain(error: HTTPException) -> Response:
    """Tell a program, in one line, why we refused."""
    return Response(f"{error.description}\n", status=error.code, mimetype="text/plain")


def _account() -> TwilioAccount:
    return cast(TwilioAccount, current_app.extensions["heard_twilio"])


def _genuine_form(account: TwilioAccount) -> MultiDict[str, str]:
    if request.mimetype != FORM:
        raise UnsupportedMediaType(f"Send a form: {FORM}.")
    if not is_genuine(request, account):
        raise _refused("The signature does not fit.")
    return request.form


def _refused(reason: str) -> Forbidden:
    log.warning("A webhook was refused. %s", reason)
    return Forbidden(reason)


def _require_fields(form: MultiDict[str, str], names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in form or not (form[name] or name in MAY_BE_EMPTY)]
    if missing:
        raise BadRequest(f"Missing: {', '.join(missing)}.")


def _require_sid(form: MultiDict[str, str]) -> None:
    if not SID.fullmatch(form["MessageSid"]):
        raise BadRequest("MessageSid is not an id.")


def _read(form: MultiDict[str, str]) -> IncomingMessage:
    media = form.get("NumMedia", "")
    opt_out = form.get("OptOutType", "").upper()
    return IncomingMessage(
        channel=Channel.SMS,
        provider="twilio",
        account=form["AccountSid"],
        provider_id=form["MessageSid"],
        text=form["Body"],
        from_phone=form["From"],
        opt_out=OptOutType(opt_out) if opt_out in set(OptOutType) else None,
        media_count=min(int(media), 99) if media.isdecimal() and len(media) < 5 else 0,
    )


def _read_status(form: MultiDict[str, str]) -> Delivery:
    code = form.get("ErrorCode", "")
    return Delivery(
        provider_id=form["MessageSid"],
        status=form["MessageStatus"],
        error_code=code if ERROR_CODE.fullmatch(code) else None,
        reference=_read_reference(request.args.get("ref", "")),
    )


def _read_reference(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _twiml(reply: Reply) -> Response:
    response = MessagingResponse()
    for text in reply.texts:
        response.message(text)
    return Response(str(response), mimetype="text/xml")
