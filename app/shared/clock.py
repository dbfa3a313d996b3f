"""Where the time comes from."""

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Returns the present moment, aware and in UTC."""


def system_clock() -> dt.datetime:
    """Return the machine's present moment in UTC."""
    return dt.datetime.now(dt.UTC)
