"""What every page shares: the toolkit, security headers, and how our errors look from outside."""

from typing import cast

from flask import current_app

from app.usecases.toolkit import Toolkit


def toolkit() -> Toolkit:
    """Return the ports of the running application."""
    return cast(Toolkit, current_app.extensions["heard"])
