"""Sending emails, against a mail server on this machine."""

from uuid import UUID

import pytest

from app.channels.mail import SmtpMailer
from app.shared.errors import ProviderFailed
from tests.unit.channels.stand_ins import MailServer, running_mail_server

pytestmark = pytest.mark.server

REFERENCE = UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def server():
    with running_mail_server(MailServer()) as server:
        yield server


def send(url, subject="One item needs you"):
    mailer = SmtpMailer(url, "heard@example.org", seconds=2)
    return mailer.send(to="lead@example.org", subject=subject, body="Sign in.\n", reference=REFERENCE)


def failure(url):
    with pytest.raises(ProviderFailed) as caught:
        send(url)
    failed = caught.value
    return failed.code, failed.retryable, failed.ambiguous


def test_an_email_goes_out_with_an_id_that_stays_the_same(server):
    sent = send(server.url)

    (message,) = server.messages
    assert sent == f"<{REFERENCE}@example.org>"
    assert f"Message-ID: {sent}\r\n" in message
    assert "From: heard@example.org\r\n" in message
    assert "To: lead@example.org\r\n" in message
    assert "Subject: One item needs you\r\n" in message
    assert message.endswith("\r\nSign in.\r\n")


def test_a_server_that_is_not_there_may_be_tried_again():
    assert failure("smtp://127.0.0.1:9") == ("mail_not_connected", True, False)


@pytest.mark.parametrize(
    ("command", "answer", "expected"),
    [
        ("RCPT", "550 no such person", ("mail_550", False, False)),
        ("RCPT", "450 try later", ("mail_450", True, False)),
        ("MAIL", "451 busy", ("mail_451", True, False)),
        ("DATA", "554 no", ("mail_554", False, False)),
        ("END", "452 full", ("mail_452", True, False)),
        ("END", "", ("mail_broken_off", False, True)),
    ],
)
def test_a_refusal_says_whether_to_try_again(server, command, answer, expected):
    server.answers[command] = answer

    assert failure(server.url) == expected


def test_a_server_that_hangs_up_after_taking_the_email_has_taken_it(server):
    server.answers["QUIT"] = ""

    assert send(server.url) == f"<{REFERENCE}@example.org>"


def test_a_password_never_travels_in_the_clear(server):
    server.extensions = ("AUTH PLAIN",)
    url = server.url.replace("smtp://", "smtp://user:secret@")

    assert failure(url) == ("mail_not_connected", True, False)
    assert "AUTH" not in server.commands
    assert server.messages == []


def test_encryption_is_used_where_it_is_offered(server):
    server.extensions = ("STARTTLS",)
    server.answers["STARTTLS"] = "454 not now"

    assert failure(server.url) == ("mail_not_connected", True, False)
    assert server.messages == []


def test_a_subject_cannot_carry_another_header(server):
    with pytest.raises(ValueError, match="Header values may not contain linefeed"):
        send(server.url, subject="One\r\nBcc: other@example.org")

    assert server.messages == []
