"""Texts through Twilio: its signed webhooks, and its API."""

from app.channels.twilio.account import TwilioAccount
from app.channels.twilio.gateway import TwilioGateway
from app.channels.twilio.receiving import webhook

__all__ = ["TwilioAccount", "TwilioGateway", "webhook"]
