"""What keeps an installation in order."""

from app.storage.schema import migrate

__all__ = ["migrate"]
