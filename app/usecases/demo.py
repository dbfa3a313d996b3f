"""The demo: a fictional council whose people join, answer and worry through the very use cases of the product.

It is a year's work in a few seconds: the clock is moved, nothing leaves the machine, and every reply, tag, alert and
closed item comes about as it would in life.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.reports.period import Quarter
from app.shared.errors import Fault, Rejected
from app.storage import audit, people, staff
from app.storage.audit import Subject
from app.storage.staff import RoleName
from app.usecases import accounts, people_import
from app.usecases.demo_script import people_file, read_script
from app.usecases.demo_stage import LOCAL, MovingClock, Stage, open_stage
from app.usecases.toolkit import Toolkit

PASSWORD = "marlshire demo only"  # noqa: S105 — shown on the sign-in page; accounts exist in development only
BEGUN, LOADED = "demo.begun", "demo.loaded"
FIRST_DAY = 24
"""How far into a past quarter its survey went out."""
DAYS_OF_ANSWERS = 10
DAYS_SO_FAR = 9
"""How long ago this quarter's survey went out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """Somebody who may sign in to the demo."""

    name: str
    email: str
    role: RoleName
    phone: str | None = None


ACCOUNTS = (
    DemoAccount(name="Priya Nandra", email="priya@marlshire.example.org", role=RoleName.PARTICIPATION_WORKER),
    DemoAccount(name="Tom Ellery", email="tom@marlshire.example.org", role=RoleName.PARTICIPATION_WORKER),
    DemoAccount(
        name="Grace Okafor",
        email="grace@marlshire.example.org",
        role=RoleName.SAFEGUARDING_LEAD,
        phone="07700 900801",
    ),
    DemoAccount(
        name="Daniel Hurst",
        email="daniel@marlshire.example.org",
        role=RoleName.SAFEGUARDING_LEAD,
        phone="07700 900802",
    ),
    DemoAccount(name="Helen Marsh", email="helen@marlshire.example.org", role=RoleName.REPORT_READER),
    DemoAccount(name="Ravi Sood", email="ravi@marlshire.example.org", role=RoleName.ADMINISTRATOR),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the sign-in page of a development server tells a newcomer."""

    role: str
    email: str
    password: str


class DemoHalfLoaded(Rejected):
    """An earlier load of the demo was broken off."""


def sign_ins() -> tuple[SignIn, ...]:
    """Return how to sign in to the demo, in every role."""
    return tuple(
        SignIn(account.role.value.replace("_", " ").capitalize(), account.email, PASSWORD)
        for account in ACCOUNTS
    )


def load(toolkit: Toolkit, *, hash_password: Callable[[str], str]) -> str | None:
    """Load the demo and say what is in it; None, and nothing changed, where the database holds anybody.

    Raises DemoHalfLoaded.
    """
    now = toolkit.clock()
    if not _begin(toolkit, now):
        return None
    clock = MovingClock(Quarter.containing(now).previous.previous.starts)
    stage = open_stage(toolkit, clock)
    staff_ids = _add_staff(stage.toolkit, hash_password)
    people_import.import_people(
        stage.toolkit, people_file(), actor_id=staff_ids["priya@marlshire.example.org"]
    )
    stage.meet_everybody(
        worker_id=staff_ids["priya@marlshire.example.org"], lead_id=staff_ids["grace@marlshire.example.org"]
    )
    _play(stage, now)
    clock.now = now
    _keep(stage.toolkit, LOADED, now)
    return _what_is_there()


def _begin(toolkit: Toolkit, now: dt.datetime) -> bool:
    with toolkit.database.begin() as work:
        if audit.has_happened(work, BEGUN) and not audit.has_happened(work, LOADED):
            problem = (
                "an earlier load was broken off and left a part of it; remove this database (for `make run` that is "
                "the file heard.db in its folder, with heard.db-wal and heard.db-shm) and load the demo again"
            )
            raise DemoHalfLoaded([Fault("demo", problem)])
        if people.count(work) or staff.everyone(work):
            return False
        audit.append(work, BEGUN, Subject("demo", None), actor_id=None, at=now)
        return True


def _keep(toolkit: Toolkit, action: str, now: dt.datetime) -> None:
    with toolkit.database.begin() as work:
        audit.append(work, action, Subject("demo", None), actor_id=None, at=now)


def _add_staff(toolkit: Toolkit, hash_password: Callable[[str], str]) -> dict[str, UUID]:
    return {
        account.email: accounts.add_staff(
            toolkit,
            email=account.email,
            name=account.name,
            roles=[account.role],
            password_hash=hash_password(PASSWORD),
            phone=account.phone,
            is_named_lead=account.phone is not None,
        )
        for account in ACCOUNTS
    }


def _play(stage: Stage, now: dt.datetime) -> None:
    this = Quarter.containing(now)
    for version, (name, quarter) in enumerate(
        (("two_quarters_ago", this.previous.previous), ("last_quarter", this.previous)), start=1
    ):
        opening = quarter.starts + dt.timedelta(days=FIRST_DAY)
        script = read_script(name)
        stage.publish_and_invite(version, at=_at_four(opening))
        stage.hold(script, _moments(opening, DAYS_OF_ANSWERS, len(script.talks)))
        stage.look_after(script, now=now)
        stage.confirm_tags(script)
    script = read_script("this_quarter")
    opening = now - dt.timedelta(days=DAYS_SO_FAR)
    stage.publish_and_invite(3, at=_at_four(opening))
    moments = _moments(opening, DAYS_SO_FAR - 1, len(script.talks))
    stage.hold(script, [_between(this.starts, moment, now - dt.timedelta(hours=1)) for moment in moments])
    stage.look_after(script, now=now)
    stage.hold_just_now(script, now)


def _at_four(day: dt.datetime) -> dt.datetime:
    local = day.astimezone(LOCAL)
    return dt.datetime.combine(local.date(), dt.time(16), LOCAL).astimezone(dt.UTC)


def _moments(opening: dt.datetime, days: int, count: int) -> list[dt.datetime]:
    """Spread conversations over the afternoons from an opening on."""
    a_day = -(-count // days)
    first = _at_four(opening) + dt.timedelta(minutes=10)
    return [first + dt.timedelta(days=place // a_day, minutes=20 * (place % a_day)) for place in range(count)]


def _between(earliest: dt.datetime, moment: dt.datetime, latest: dt.datetime) -> dt.datetime:
    return max(earliest, min(moment, latest))


def _what_is_there() -> str:
    lines = [f"  {one.email:32} {one.role}" for one in sign_ins()]
    return "\n".join(
        (f'The demo is loaded. Sign in at /staff/ with the password "{PASSWORD}" as one of:', *lines)
    )
