"""A page of phones, for development only: it texts our own webhook, signed as the provider signs."""

from app.channels.simulator.views import pages

__all__ = ["pages"]
