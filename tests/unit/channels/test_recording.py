"""What takes the provider's place in development."""

from uuid import UUID

from app.channels.recording import RecordingGateway, RecordingMailer, SentEmail, SentText

REFERENCE = UUID("00000000-0000-4000-8000-000000000001")


def test_a_text_is_kept_and_gets_an_id():
    gateway = RecordingGateway()

    sent = gateway.send(to="+447700900001", body="Hello", reference=REFERENCE)

    assert sent == "SM00000000000040008000000000000001"
    assert gateway.sent == [SentText("+447700900001", "Hello", REFERENCE)]


def test_an_email_is_kept_and_gets_an_id():
    mailer = RecordingMailer()

    sent = mailer.send(to="lead@example.org", subject="One", body="Two", reference=REFERENCE)

    assert sent == "<00000000-0000-4000-8000-000000000001@recorded>"
    assert mailer.sent == [SentEmail("lead@example.org", "One", "Two", REFERENCE)]
