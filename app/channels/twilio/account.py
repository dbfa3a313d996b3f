"""The provider's account: who we are to it, and which numbers are ours."""

from dataclasses import dataclass, field

MESSAGE_PATH = "/webhooks/twilio/message"
STATUS_PATH = "/webhooks/twilio/status"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioAccount:
    """What the webhook and the gateway must know."""

    account_sid: str
    auth_token: str = field(repr=False)
    numbers: tuple[str, ...]
    """Our own numbers, E.164; the first one sends, unless a messaging service does."""
    public_url: str
    """How the provider reaches us; a fragment (its connection settings) and a trailing slash do not count."""
    messaging_service_sid: str | None = None
    api_url: str | None = None
    """Where a stand-in for the provider listens on this machine; None for the provider itself."""

    def url_of(self, path: str) -> str:
        """Return the public address of one of our paths."""
        return self.public_url.partition("#")[0].rstrip("/") + path
