"""What the product must be told before it starts, read once at the top and handed down as values."""

from app.settings.model import Settings
from app.settings.rules import Gateway, Mode, SettingsBroken

__all__ = ["Gateway", "Mode", "Settings", "SettingsBroken"]
