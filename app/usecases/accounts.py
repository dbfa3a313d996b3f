"""Staff accounts: who may sign in, in which roles, and who is alerted."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from app.shared.errors import Fault, NotFound, Rejected
from app.shared.phones import NotAMobile, parse_uk_mobile
from app.storage import audit, staff
from app.storage.audit import Subject
from app.storage.database import Database, Work
from app.storage.staff import RoleName, Staff, StaffAccounts
from app.usecases.toolkit import Toolkit

__all__ = [
    "ROLE_NAMES",
    "Account",
    "Database",
    "RoleName",
    "StaffAccounts",
    "TooFewLeads",
    "add_staff",
    "everyone",
    "for_sign_in",
    "has_leads",
    "record_failed_sign_in",
    "record_sign_in",
    "require_leads",
    "sign_out_everywhere",
    "switch",
    "too_few_leads",
]

ROLE_NAMES = tuple(role.value for role in RoleName)
NEEDED_LEADS = 2
"""Every concern alerts this many named people, so that one may be away."""


class TooFewLeads(Rejected):
    """A disclosure would alert fewer people than it must."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff as an administrator sees them."""

    id: UUID
    name: str
    email: str
    roles: tuple[RoleName, ...]
    is_active: bool
    is_named_lead: bool


def for_sign_in(database: Database) -> StaffAccounts:
    """Return the accounts in the shape that the sign-in pages ask for."""
    return staff.accounts(database)


def add_staff(  # noqa: PLR0913 — what an account consists of
    toolkit: Toolkit,
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    password_hash: str,
    phone: str | None = None,
    is_named_lead: bool = False,
) -> UUID:
    """Add somebody who may sign in. Raises Rejected with every fault at once."""
    faults, number = _read_phone(toolkit, phone)
    chosen = tuple(dict.fromkeys(roles))
    faults += _faults_of_account(email, name, chosen)
    if is_named_lead and RoleName.SAFEGUARDING_LEAD.value not in chosen:
        faults.append(Fault("role", "a named lead must be a safeguarding lead too: only they see the queue"))
    with toolkit.database.begin() as work:
        if staff.find_by_email(work, email) is not None:
            faults.append(Fault("email", "somebody with this email address is there already"))
        if faults:
            raise Rejected(faults)
        account = Staff(
            email=email.strip().lower(),
            name=name.strip(),
            password=password_hash,
            active=True,
            fs_uniquifier=uuid4().hex,
            is_named_lead=is_named_lead,
            made_at=toolkit.clock(),
        )
        account.roles = [staff.role(work, RoleName(role)) for role in chosen]
        work.seal(account, "phone_sealed", number)
        work.session.add(account)
        audit.append(work, "staff.added", Subject("staff", account.id), actor_id=None, at=toolkit.clock())
        return account.id


def everyone(toolkit: Toolkit) -> list[Account]:
    """Return every account, by name."""
    with toolkit.database.read() as work:
        return [
            Account(
                id=row.id,
                name=row.name,
                email=row.email,
                roles=tuple(sorted(RoleName(role.name) for role in row.roles)),
                is_active=row.active,
                is_named_lead=row.is_named_lead,
            )
            for row in staff.everyone(work)
        ]


def too_few_leads(toolkit: Toolkit) -> bool:
    """Whether fewer named people are alerted than there must be."""
    with toolkit.database.read() as work:
        return staff.count_named_leads(work) < NEEDED_LEADS


def has_leads(toolkit: Toolkit) -> bool:
    """Whether at least one named person is alerted."""
    with toolkit.database.read() as work:
        return staff.count_named_leads(work) > 0


def require_leads(work: Work) -> None:
    """Let nothing be asked while a disclosure would alert fewer people than it must. Raises TooFewLeads."""
    if staff.count_named_leads(work) < NEEDED_LEADS:
        problem = (
            "Fewer than two named safeguarding leads are active, so nobody may be alerted of a disclosure. "
            "Ask an administrator to add one first."
        )
        raise TooFewLeads([Fault("named leads", problem)])


def switch(toolkit: Toolkit, staff_id: UUID, *, is_active: bool, actor_id: UUID) -> None:
    """Let somebody sign in, or no longer; switching off ends all their sessions at once.

    Nobody switches off their own account, so that one administrator always remains. Raises NotFound, Rejected.
    """
    if staff_id == actor_id and not is_active:
        raise Rejected([Fault("account", "you cannot switch off your own account; ask a colleague")])
    with toolkit.database.begin() as work:
        row = staff.find(work, staff_id)
        if row is None:
            raise NotFound
        if not is_active:
            _require_another_lead(work, staff_id)
        row.active = is_active
        row.fs_uniquifier = uuid4().hex
        action = "staff.switched_on" if is_active else "staff.switched_off"
        audit.append(work, action, Subject("staff", staff_id), actor_id=actor_id, at=toolkit.clock())


def sign_out_everywhere(toolkit: Toolkit, staff_id: UUID) -> None:
    """End every session of a member of staff: a copied cookie is worth nothing afterwards."""
    with toolkit.database.begin() as work:
        row = staff.find(work, staff_id)
        if row is None:
            raise NotFound
        row.fs_uniquifier = uuid4().hex
        audit.append(
            work, "staff.signed_out", Subject("staff", staff_id), actor_id=staff_id, at=toolkit.clock()
        )


def record_sign_in(toolkit: Toolkit, staff_id: UUID) -> None:
    """Keep that somebody signed in."""
    with toolkit.database.begin() as work:
        audit.append(
            work, "staff.signed_in", Subject("staff", staff_id), actor_id=staff_id, at=toolkit.clock()
        )


def record_failed_sign_in(toolkit: Toolkit, email: str) -> None:
    """Keep that a sign-in failed, and for which account where there is one."""
    with toolkit.database.begin() as work:
        # PostgreSQL takes no NUL in a text, and what is typed here may hold anything.
        row = staff.find_by_email(work, email.replace("\x00", ""))
        subject = Subject("staff", None if row is None else row.id)
        audit.append(work, "staff.sign_in_failed", subject, actor_id=None, at=toolkit.clock())


def _require_another_lead(work: Work, staff_id: UUID) -> None:
    # The rows are locked, so that two administrators cannot each switch off what the other left.
    leads = {lead.id for lead in staff.lock_named_leads(work)}
    if leads == {staff_id}:
        problem = "they are the last named lead: add another first, or no concern alerts anybody"
        raise Rejected([Fault("account", problem)])


def _read_phone(toolkit: Toolkit, phone: str | None) -> tuple[list[Fault], str | None]:
    if not phone:
        return [], None
    try:
        return [], parse_uk_mobile(phone, test_numbers=toolkit.test_numbers)
    except NotAMobile as error:
        return [Fault("phone", str(error))], None


def _faults_of_account(email: str, name: str, roles: tuple[str, ...]) -> list[Fault]:
    faults = []
    if "@" not in email.strip(" @"):
        faults.append(Fault("email", "should be an email address, like sam.example@example.org"))
    if not name.strip():
        faults.append(Fault("name", "is missing; give the name that colleagues know"))
    if not roles:
        faults.append(Fault("role", f"is missing; give at least one of {', '.join(ROLE_NAMES)}"))
    faults += [
        Fault("role", f"there is no such role; use one of {', '.join(ROLE_NAMES)}")
        for role in roles
        if role not in ROLE_NAMES
    ]
    return faults
