"""Who is told of an item, whatever is wrong with their row."""

import pytest

from app.analysis.clocks import Tier
from app.shared.errors import ProviderFailed
from app.storage import staff
from app.storage.concerns import Concern, ConcernState
from app.storage.staff import RoleName
from app.usecases import alerting, outbound
from tests.factories import a_lead, text_from
from tests.integration.usecases.alerted import a_colleague, alerts_of, an_alerted_item, move


def told(kit) -> list[str]:
    kit.work_off()
    return sorted([to for to, _ in kit.gateway.sent] + [to for to, _, _ in kit.mailer.sent])


@pytest.fixture
def noise(kit):
    """Add colleagues whom no item alerts while there is somebody nearer."""
    a_colleague(kit, "worker@example.org", RoleName.PARTICIPATION_WORKER)
    a_colleague(kit, "reader@example.org", RoleName.REPORT_READER)
    a_colleague(kit, "away@example.org", RoleName.SAFEGUARDING_LEAD, active=False)
    a_colleague(kit, "admin@example.org", RoleName.ADMINISTRATOR)


def test_a_named_lead_is_told_and_nobody_else(kit, noise):
    a_lead(kit)
    a_colleague(kit, "other-lead@example.org", RoleName.SAFEGUARDING_LEAD)

    an_alerted_item(kit)

    assert told(kit) == ["+447700900801", "lead@example.org"]


def test_an_item_whose_clock_is_days_alerts_nobody(kit):
    a_lead(kit)

    an_alerted_item(kit, tier=Tier.ROUTE)

    assert told(kit) == []


@pytest.mark.parametrize("sealed", ["retired:AAAA", "k1:AAAA", "k1:!", "nonsense"])
def test_a_phone_that_does_not_open_loses_no_disclosure_and_the_email_goes(kit, sealed, caplog):
    lead_id = a_lead(kit)
    a_lead(kit, email="second@example.org", phone="+447700900802")
    with kit.toolkit.database.begin() as work:
        staff.find(work, lead_id).phone_sealed = sealed

    text_from(kit, "my foster dad hits me")

    assert told(kit) == ["+447700900802", "lead@example.org", "second@example.org"]
    assert str(lead_id) in caplog.text
    assert "SealBroken" in caplog.text
    assert sealed not in caplog.text


def test_without_a_named_lead_every_safeguarding_lead_is_told(kit, noise):
    a_colleague(kit, "one@example.org", RoleName.SAFEGUARDING_LEAD)
    a_colleague(kit, "two@example.org", RoleName.SAFEGUARDING_LEAD)

    an_alerted_item(kit)

    assert told(kit) == ["one@example.org", "two@example.org"]


def test_without_any_lead_every_administrator_is_told(kit, noise):
    a_colleague(kit, "second-admin@example.org", RoleName.ADMINISTRATOR)

    an_alerted_item(kit)

    assert told(kit) == ["admin@example.org", "second-admin@example.org"]


def test_a_named_lead_who_is_switched_off_counts_as_none(kit, noise):
    lead_id = a_lead(kit)
    with kit.toolkit.database.begin() as work:
        staff.find(work, lead_id).active = False

    an_alerted_item(kit)

    assert told(kit) == ["admin@example.org"]


def test_with_nobody_at_all_the_item_stands_and_the_log_says_so(kit, caplog):
    item_id = an_alerted_item(kit)

    with kit.toolkit.database.read() as work:
        assert work.session.get_one(Concern, item_id).state == ConcernState.NEW
    assert f"Nobody can be told of item {item_id}" in caplog.text


class TestUndelivered:
    @pytest.fixture
    def item_id(self, kit):
        a_lead(kit)
        return an_alerted_item(kit)

    def try_the_text(self, kit, item_id, times):
        text = alerts_of(kit, item_id)[1]
        for _ in range(times):
            outbound.deliver(kit.toolkit, text.id)
            kit.clock.pass_time(minutes=11)

    def test_what_waits_or_arrived_is_not_counted(self, kit, item_id):
        assert alerting.undelivered(kit.toolkit) == 0
        kit.work_off()

        assert alerting.undelivered(kit.toolkit) == 0

    def test_one_on_its_third_try_is_counted(self, kit, item_id):
        kit.gateway.fails_with = ProviderFailed("not_connected", retryable=True)
        self.try_the_text(kit, item_id, 2)
        assert alerting.undelivered(kit.toolkit) == 0

        self.try_the_text(kit, item_id, 1)

        assert alerting.undelivered(kit.toolkit) == 1

    def test_one_that_arrived_at_the_fourth_try_is_not_counted(self, kit, item_id):
        kit.gateway.fails_with = ProviderFailed("not_connected", retryable=True)
        self.try_the_text(kit, item_id, 3)
        kit.gateway.fails_with = None

        self.try_the_text(kit, item_id, 1)

        assert alerting.undelivered(kit.toolkit) == 0

    def test_a_refused_one_is_counted_at_once(self, kit, item_id):
        kit.gateway.fails_with = ProviderFailed("21211", retryable=False)

        self.try_the_text(kit, item_id, 1)

        assert alerting.undelivered(kit.toolkit) == 1

    def test_one_that_the_provider_could_not_bring_is_counted(self, kit, item_id):
        text = alerts_of(kit, item_id)[1]
        outbound.deliver(kit.toolkit, text.id)

        outbound.record_delivery(
            kit.toolkit, outbound.Delivery(f"SM{text.id.hex}", "undelivered", "30003", None)
        )

        assert alerting.undelivered(kit.toolkit) == 1

    def test_a_taken_items_alerts_are_counted_no_more(self, kit, item_id):
        kit.gateway.fails_with = ProviderFailed("21211", retryable=False)
        self.try_the_text(kit, item_id, 1)

        move(kit, item_id, ConcernState.TAKEN)

        assert alerting.undelivered(kit.toolkit) == 0
