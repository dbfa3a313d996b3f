"""When a person will next read what came in, in words that a young person understands."""

import datetime as dt
from zoneinfo import ZoneInfo

from app.analysis.clocks import WorkingWeek, is_open, next_opening

LOCAL = ZoneInfo("Europe/London")
LEAST_COVER = dt.timedelta(hours=2)


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


def ring_until(now: dt.datetime, week: WorkingWeek) -> str | None:
    """Say until when somebody can still ring today, or None where nobody promises it.

    Two working hours must be left (guide 4.5: M12 offers "today" only while staffed).
    """
    closes = now.astimezone(LOCAL).replace(hour=week.closes.hour, minute=week.closes.minute, second=0)
    if not is_open(now, week) or closes - now < LEAST_COVER:
        return None
    return (
        f"{(closes.hour - 1) % 12 + 1}.{closes.minute:02}"
        if closes.minute
        else str((closes.hour - 1) % 12 + 1)
    )
