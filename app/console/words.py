"""Moments and spans of time as staff read them."""

import datetime as dt
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/London")


def local_time(moment: dt.datetime) -> str:
    """Return a moment as the clock on the wall shows it: "Tue 15 Sep 2026, 12:00"."""
    here = moment.astimezone(LOCAL)
    return f"{here:%a} {here.day} {here:%b %Y, %H:%M}"


def local_date(moment: dt.datetime) -> str:
    """Return a moment's day: "15 September 2026"."""
    here = moment.astimezone(LOCAL)
    return f"{here.day} {here:%B %Y}"


def national_number(phone: str) -> str:
    """Return a UK number as people dial it: "07700 900123"."""
    digits = phone.removeprefix("+44")
    return phone if digits == phone else f"0{digits[:4]} {digits[4:]}"


def time_left(due: dt.datetime, now: dt.datetime) -> str:
    """Say how long is left, or how long overdue something is."""
    if due < now:
        return f"Overdue by {_span(now - due)}"
    return f"{_span(due - now)} left"


def _span(span: dt.timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return _joined(_counted(days, "day"), _counted(hours, "hour"))
    if hours:
        return _joined(_counted(hours, "hour"), _counted(left, "minute"))
    return _counted(left, "minute") or "less than a minute"


def _counted(number: int, what: str) -> str:
    if number == 0:
        return ""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
