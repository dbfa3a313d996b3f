"""Text our own webhook as the provider would: the same form, signed with the same token, through the same door."""

from dataclasses import dataclass
from typing import cast
from uuid import uuid4

from flask import current_app
from werkzeug.test import Client

from app.channels.twilio.account import MESSAGE_PATH, TwilioAccount
from app.channels.twilio.signature import SIGNATURE_HEADER, sign

PROVIDER_WORDS = {
    "STOP": ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"),
    "START": ("start", "yes", "unstop"),
    "HELP": ("help", "info"),
}
"""The single words that the provider acts on by itself, by the OptOutType that it then adds."""
WRONG_SIGNATURE = "bm90IG91ciBzaWduYXR1cmU="


@dataclass(frozen=True, slots=True)
class Answer:
    """What the webhook answered."""

    status: int
    said: str


def new_sid() -> str:
    """Return an id such as the provider gives to a new text."""
    return f"SM{uuid4().hex}"


def opt_out_of(text: str) -> str | None:
    """Return the OptOutType that the provider would add to a text, or None."""
    said = text.strip().lower()
    return next((kind for kind, words in PROVIDER_WORDS.items() if said in words), None)


def send(*, number: str, text: str, sid: str, is_genuine: bool = True, opt_out: str | None = None) -> Answer:
    """Post a text to the webhook, signature check and all."""
    account = cast(TwilioAccount, current_app.extensions["heard_twilio"])
    form = {
        "AccountSid": account.account_sid,
        "ApiVersion": "2010-04-01",
        "Body": text,
        "From": number,
        "FromCountry": "GB",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": account.numbers[0],
        "ToCountry": "GB",
    } | ({"OptOutType": opt_out} if opt_out else {})
    signature = sign(account, MESSAGE_PATH, form) if is_genuine else WRONG_SIGNATURE
    # The application's own server interface: the webhook cannot tell this from a request that crossed the wire.
    answer = Client(current_app.wsgi_app).post(
        MESSAGE_PATH, data=form, headers={SIGNATURE_HEADER: signature}, buffered=True
    )
    return Answer(answer.status_code, answer.get_data(as_text=True).strip())
