"""When a person will next read what came in, in words that a young person understands."""

import datetime as dt
from zoneinfo import ZoneInfo

from app.analysis.clocks import WorkingWeek, is_open, next_opening

LOCAL = ZoneInfo("Europe/London")


def next_reading(now: dt.datetime, week: WorkingWeek) -> str:
    """Say when the team next reads: "today", "tomorrow morning", "on Monday morning"."""
    if is_open(now, week):
        return "today"
    opening = next_opening(now, week).astimezone(LOCAL)
    days = (opening.date() - now.astimezone(LOCAL).date()).days
    if days == 0:
        return "this morning"
    if days == 1:
        return "tomorrow morning"
    if days < 7:
        return f"on {opening:%A} morning"
    return f"on {opening:%A} {opening.day} {opening:%B}"
