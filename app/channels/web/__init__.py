"""The web chat: a page for everybody whom a text does not reach, or who would rather not text."""

from app.channels.web.views import pages

__all__ = ["pages"]
