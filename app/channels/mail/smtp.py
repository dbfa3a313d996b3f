"""Send an email to staff through a mail server."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from app.shared.errors import ProviderFailed

SECONDS = 10.0
"""To connect, and for each answer."""
PORTS = {"smtp": 25, "smtps": 465}


class SmtpMailer:
    """Sends emails, encrypted on the way wherever the server can."""

    def __init__(self, url: str, sender: str, *, seconds: float = SECONDS) -> None:
        self._server = urlsplit(url)
        self._sender = sender
        self._seconds = seconds

    def send(self, *, to: str, subject: str, body: str, reference: UUID) -> str:
        """Send one email; return its id. Raises ProviderFailed."""
        message = self._write(to, subject, body, reference)
        try:
            connection = _connect(self._server, self._seconds)
        except (OSError, smtplib.SMTPException) as error:
            raise ProviderFailed("mail_not_connected", retryable=True) from error
        try:
            connection.send_message(message)
        except smtplib.SMTPException as error:
            raise _failure(error) from None
        except OSError as error:
            raise ProviderFailed("mail_broken_off", retryable=False, ambiguous=True) from error
        finally:
            _hang_up(connection)
        return str(message["Message-ID"])

    def _write(self, to: str, subject: str, body: str, reference: UUID) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = subject
        # The same email sent again carries the same id, so that a mailbox can tell.
        message["Message-ID"] = f"<{reference}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        return message


def _connect(server: SplitResult, seconds: float) -> smtplib.SMTP:
    """Return a connection that is ready to send; a password never travels in the clear."""
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    secure = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, port, timeout=seconds, context=secure)
    else:
        connection = smtplib.SMTP(host, port, timeout=seconds)
    try:
        _secure_and_sign_in(connection, server, secure)
    except (OSError, smtplib.SMTPException):
        connection.close()
        raise
    return connection


def _secure_and_sign_in(connection: smtplib.SMTP, server: SplitResult, secure: ssl.SSLContext) -> None:
    connection.ehlo_or_helo_if_needed()
    encrypted = server.scheme == "smtps"
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=secure)
        connection.ehlo()
        encrypted = True
    if server.username is None:
        return
    if not encrypted:
        raise smtplib.SMTPNotSupportedError("The server offers no encryption for the password.")
    connection.login(unquote(server.username), unquote(server.password or ""))


def _failure(error: smtplib.SMTPException) -> ProviderFailed:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
    else:
        return ProviderFailed("mail_broken_off", retryable=False, ambiguous=True)
    return ProviderFailed(f"mail_{code}", retryable=400 <= code < 500)


def _hang_up(connection: smtplib.SMTP) -> None:
    # The server has answered for the message by now; whether it hears our goodbye changes nothing.
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()
