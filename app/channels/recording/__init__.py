"""In place of a provider: what would have been sent is written down."""

from app.channels.recording.gateway import RecordingGateway, RecordingMailer, SentEmail, SentText

__all__ = ["RecordingGateway", "RecordingMailer", "SentEmail", "SentText"]
