"""When a text that we start may go out: a proposal for the council to decide (guide 6.2)."""

import datetime as dt
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/London")
QUIET_FROM = dt.time(20)
QUIET_UNTIL = dt.time(9)


def next_text_time(now: dt.datetime) -> dt.datetime:
    """Return the first moment from now on at which we may text somebody who did not just write."""
    here = now.astimezone(LOCAL)
    if QUIET_UNTIL <= here.time() < QUIET_FROM:
        return now
    day = here.date() + dt.timedelta(days=here.time() >= QUIET_FROM)
    return dt.datetime.combine(day, QUIET_UNTIL, LOCAL).astimezone(dt.UTC)
