"""Messages for tests."""

import itertools

from app.shared.messages import Channel, IncomingMessage
from app.usecases import inbound
from tests.factories.toolkits import Kit

_numbers = itertools.count(1)
PHONE = "+447700900001"


def a_text(text: str, *, phone: str = PHONE, sid: str | None = None, **values: object) -> IncomingMessage:
    """Make a text as the provider hands it over."""
    return IncomingMessage(
        channel=Channel.SMS,
        provider="twilio",
        account="AC00000000000000000000000000000000",
        provider_id=sid or f"SM{next(_numbers):032d}",
        text=text,
        from_phone=phone,
        **values,
    )


def text_from(kit: Kit, text: str, **values: object) -> tuple[str, ...]:
    """Receive a text and return what goes straight back."""
    return inbound.receive(kit.toolkit, a_text(text, **values)).texts
