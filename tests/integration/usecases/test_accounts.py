"""Staff accounts."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.shared.errors import Rejected
from app.storage import staff
from app.storage.audit import AuditEntry
from app.usecases import accounts

LEAD = {
    "email": "Robin.Lead@example.org",
    "name": "Robin Lead",
    "roles": ["safeguarding_lead"],
    "password_hash": "a hash",
    "phone": "07700 900811",
    "is_named_lead": True,
}


def test_an_added_account_is_found_by_its_email_in_any_case(kit):
    accounts.add_staff(kit.toolkit, **LEAD)

    with kit.toolkit.database.read() as work:
        found = staff.find_by_email(work, " robin.lead@EXAMPLE.org ")
        assert found is not None
        assert [role.name for role in found.roles] == ["safeguarding_lead"]
        assert work.unseal(found, "phone_sealed") == "+447700900811"


def test_every_fault_of_an_account_is_told_at_once(kit):
    with pytest.raises(Rejected) as rejected:
        accounts.add_staff(
            kit.toolkit,
            email="nobody",
            name=" ",
            roles=["king"],
            password_hash="a hash",
            phone="01632 960001",
            is_named_lead=True,
        )

    assert [fault.place for fault in rejected.value.faults] == ["phone", "email", "name", "role", "role"]
    assert accounts.everyone(kit.toolkit) == []


def test_a_second_account_with_the_same_email_is_refused(kit):
    accounts.add_staff(kit.toolkit, **LEAD)

    with pytest.raises(Rejected, match="is there already"):
        accounts.add_staff(kit.toolkit, **(LEAD | {"email": "robin.LEAD@example.org"}))


def test_with_one_named_lead_there_are_too_few(kit):
    accounts.add_staff(kit.toolkit, **LEAD)

    assert accounts.too_few_leads(kit.toolkit)


def test_two_active_named_leads_are_enough_and_one_switched_off_is_not(kit):
    first = accounts.add_staff(kit.toolkit, **LEAD)
    second = accounts.add_staff(kit.toolkit, **(LEAD | {"email": "second@example.org"}))
    enough = not accounts.too_few_leads(kit.toolkit)

    accounts.switch(kit.toolkit, second, is_active=False, actor_id=first)

    assert enough
    assert accounts.too_few_leads(kit.toolkit)


def test_nobody_switches_off_their_own_account(kit):
    own = accounts.add_staff(kit.toolkit, **LEAD)

    with pytest.raises(Rejected, match="your own account"):
        accounts.switch(kit.toolkit, own, is_active=False, actor_id=own)

    assert accounts.everyone(kit.toolkit)[0].is_active


def test_the_last_named_lead_is_not_switched_off(kit):
    boss = accounts.add_staff(kit.toolkit, **(LEAD | {"email": "boss@example.org", "is_named_lead": False}))
    first = accounts.add_staff(kit.toolkit, **LEAD)
    second = accounts.add_staff(kit.toolkit, **(LEAD | {"email": "second@example.org"}))
    accounts.switch(kit.toolkit, first, is_active=False, actor_id=boss)

    with pytest.raises(Rejected, match="the last named lead"):
        accounts.switch(kit.toolkit, second, is_active=False, actor_id=boss)

    assert accounts.has_leads(kit.toolkit)


def test_two_administrators_at_one_moment_leave_a_named_lead(kit):
    boss = accounts.add_staff(kit.toolkit, **(LEAD | {"email": "boss@example.org", "is_named_lead": False}))
    leads = [accounts.add_staff(kit.toolkit, **(LEAD | {"email": f"{n}@example.org"})) for n in "ab"]

    with ThreadPoolExecutor(2) as both:
        switched = [
            both.submit(accounts.switch, kit.toolkit, lead, is_active=False, actor_id=boss) for lead in leads
        ]

    assert sorted(type(one.exception()).__name__ for one in switched) == ["NoneType", "Rejected"]
    assert accounts.has_leads(kit.toolkit)


def test_a_failed_sign_in_is_kept_with_the_account_that_was_tried(kit):
    tried = accounts.add_staff(kit.toolkit, **LEAD)

    accounts.record_failed_sign_in(kit.toolkit, "robin.lead@example.org")
    accounts.record_failed_sign_in(kit.toolkit, "stranger\x00@example.org")

    with kit.toolkit.database.read() as work:
        kept = work.session.scalars(
            select(AuditEntry.subject_id)
            .where(AuditEntry.action == "staff.sign_in_failed")
            .order_by(AuditEntry.id)
        ).all()
        assert kept == [tried, None]
