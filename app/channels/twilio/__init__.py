"""Twilio: its webhooks, its signature, its REST API."""
