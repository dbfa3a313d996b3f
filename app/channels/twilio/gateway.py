"""Send a text through the provider's API."""

from uuid import UUID

from twilio.rest import Client

from app.channels.twilio.account import STATUS_PATH, TwilioAccount
from app.channels.twilio.client import READ_SECONDS, PlainHttpClient


class TwilioGateway:
    """Sends texts; a call that may have been carried out is never made twice."""

    def __init__(self, account: TwilioAccount, *, read_seconds: float = READ_SECONDS) -> None:
        self._account = account
        self._client = Client(
            account.account_sid,
            account.auth_token,
            http_client=PlainHttpClient(account.api_url, read_seconds=read_seconds),
        )

    def send(self, *, to: str, body: str, reference: UUID) -> str:
        """Send one text; return the provider's id. Raises ProviderFailed.

        The reference rides in the callback's address, so that a report which beats our commit is still known.
        """
        account = self._account
        sender = (
            {"from_": account.numbers[0]}
            if account.messaging_service_sid is None
            else {"messaging_service_sid": account.messaging_service_sid}
        )
        callback = account.url_of(f"{STATUS_PATH}?ref={reference}")
        message = self._client.messages.create(to=to, body=body, status_callback=callback, **sender)
        return str(message.sid)
