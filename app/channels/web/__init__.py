"""The web chat: a page for everybody whom a text does not reach, or who would rather not text; and the front page."""

from app.channels.web.front import front
from app.channels.web.views import pages

__all__ = ["front", "pages"]
