"""What tests of the provider's webhooks do again and again."""

from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from tests.support.settings import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL

MESSAGE = "/webhooks/twilio/message"
STATUS = "/webhooks/twilio/status"
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response />'


def a_form(body="hello", **changes):
    form = {
        "MessageSid": "SM00000000000000000000000000000001",
        "AccountSid": ACCOUNT_SID,
        "From": "+447700900001",
        "To": OUR_NUMBER,
        "Body": body,
        "NumMedia": "0",
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


def a_status(status, **changes):
    return a_form(MessageStatus=status, MessageSid="SM0000000000000000000000000000000a", **changes)


def signature(form, path=MESSAGE, url=PUBLIC_URL, token=AUTH_TOKEN):
    return RequestValidator(token).compute_signature(url + path, form)


def post(client, form, path=MESSAGE, signed=None, **options):
    signed = signature(form, path) if signed is None else signed
    headers = {"X-Twilio-Signature": signed} | options.pop("headers", {})
    return client.post(path, data=form, headers=headers, **options)


def count(kit, table):
    with kit.toolkit.database.read() as work:
        return work.session.scalar(select(func.count()).select_from(table))
