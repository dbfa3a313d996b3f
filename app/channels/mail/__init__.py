"""Emails to staff, through any mail server."""

from app.channels.mail.smtp import SmtpMailer

__all__ = ["SmtpMailer"]
