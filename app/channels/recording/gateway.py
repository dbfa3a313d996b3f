"""In place of a provider: what would have been sent is written down."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SentText:
    """A text that would have gone out."""

    to: str
    body: str
    reference: UUID


@dataclass(frozen=True, slots=True)
class SentEmail:
    """An email that would have gone out."""

    to: str
    subject: str
    body: str
    reference: UUID


@dataclass(slots=True)
class RecordingGateway:
    """Keeps texts instead of sending them, for development without an account and for tests."""

    sent: list[SentText] = field(default_factory=list)

    def send(self, *, to: str, body: str, reference: UUID) -> str:
        """Keep one text; return an id as a provider would."""
        self.sent.append(SentText(to, body, reference))
        return f"SM{reference.hex}"


@dataclass(slots=True)
class RecordingMailer:
    """Keeps emails instead of sending them."""

    sent: list[SentEmail] = field(default_factory=list)

    def send(self, *, to: str, subject: str, body: str, reference: UUID) -> str:
        """Keep one email; return an id as a mail server would."""
        self.sent.append(SentEmail(to, subject, body, reference))
        return f"<{reference}@recorded>"
