"""What became of our texts, through HTTP."""

import pytest

from app.storage.answers import Answer
from app.storage.concerns import Concern
from app.storage.messages import InboundMessage
from app.storage.outbox import DeliveryReport, OutboxMessage, OutboxState
from tests.factories.toolkits import TUESDAY_NOON
from tests.functional.hooks import STATUS, a_status, count, post, signature


class TestStatus:
    @pytest.fixture
    def sent(self, kit):
        row = OutboxMessage(
            transport="sms",
            purpose="invite",
            state=OutboxState.SENT,
            attempts=1,
            due_at=TUESDAY_NOON,
            made_at=TUESDAY_NOON,
            body_sealed="nothing that this test opens",
        )
        with kit.toolkit.database.begin() as work:
            work.session.add(row)
        return row.id

    def delivery(self, kit, outbox_id):
        with kit.toolkit.database.read() as work:
            return work.session.get_one(OutboxMessage, outbox_id).delivery

    def test_a_report_finds_its_text_by_our_reference(self, client, kit, sent):
        response = post(client, a_status("delivered"), path=f"{STATUS}?ref={sent}")

        assert response.status_code == 204
        assert self.delivery(kit, sent) == "delivered"

    def test_a_late_report_overwrites_nothing(self, client, kit, sent):
        post(client, a_status("delivered"), path=f"{STATUS}?ref={sent}")
        post(client, a_status("sending"), path=f"{STATUS}?ref={sent}")

        assert self.delivery(kit, sent) == "delivered"
        assert count(kit, DeliveryReport) == 2

    def test_a_report_of_an_unknown_text_is_kept(self, client, kit):
        assert post(client, a_status("failed", ErrorCode="30003"), path=STATUS).status_code == 204
        assert count(kit, DeliveryReport) == 1

    @pytest.mark.parametrize("reference", ["nonsense", "%00", "1' or 1=1"])
    def test_a_strange_reference_is_none(self, client, kit, reference):
        path = f"{STATUS}?ref={reference}"
        form = a_status("sent")

        response = client.post(
            path, data=form, headers={"X-Twilio-Signature": _signed_as_sent(client, path, form)}
        )

        assert response.status_code == 204

    def test_it_can_make_no_message(self, client, kit):
        response = post(client, a_status("received", From="+447700900001"), path=STATUS)

        assert response.status_code == 204
        assert count(kit, InboundMessage) == 0
        assert count(kit, Concern) == 0
        assert count(kit, Answer) == 0

    def test_a_forged_report_is_refused(self, client, kit, sent):
        response = post(client, a_status("failed"), path=f"{STATUS}?ref={sent}", signed="forged")

        assert response.status_code == 403
        assert count(kit, DeliveryReport) == 0

    def test_one_for_another_account_is_refused(self, client, kit):
        assert post(client, a_status("sent", AccountSid="AC" + "9" * 32), path=STATUS).status_code == 403

    def test_a_status_that_is_none_is_refused(self, client, kit):
        assert post(client, a_status("<b>"), path=STATUS).status_code == 400


def _signed_as_sent(client, path, form):
    # The test client spells the query its own way; the provider signs what it really sends.
    request = client.post(path, data=form).request
    return signature(form, path=f"{STATUS}?{request.query_string.decode()}")
