"""The provider's webhook, through HTTP."""

import pytest
from sqlalchemy import select

from app.storage.messages import InboundMessage
from app.storage.outbox import OutboxMessage
from tests.factories import a_person, a_survey, an_invitation
from tests.functional.hooks import EMPTY, MESSAGE, PUBLIC_URL, a_form, count, post, signature


@pytest.fixture
def invited(kit):
    an_invitation(kit, a_person(kit), a_survey(kit))
    return kit


class TestAGenuineText:
    def test_it_is_stored_and_answered_in_the_same_breath(self, client, invited):
        response = post(client, a_form("1"))

        assert response.status_code == 200
        assert response.mimetype == "text/xml"
        assert response.text.count("<Message>") == 2
        assert "How settled do you feel?" in response.text
        assert count(invited, InboundMessage) == 1

    def test_a_stranger_gets_an_answer_too(self, client, kit):
        response = post(client, a_form("hi", From="+447700900777"))

        assert response.status_code == 200
        assert (
            "We don&apos;t know this number" in response.text or "We don't know this number" in response.text
        )
        assert count(kit, InboundMessage) == 1

    def test_an_empty_text_is_stored(self, client, kit):
        response = post(client, a_form(""))

        assert response.status_code == 200
        assert count(kit, InboundMessage) == 1

    def test_unknown_parameters_are_signed_and_ignored(self, client, kit):
        response = post(client, a_form(Novelty="yes", Blank=""))

        assert response.status_code == 200
        assert count(kit, InboundMessage) == 1

    def test_a_replayed_request_gets_the_same_answer_and_no_second_row(self, client, invited):
        first = post(client, a_form("1"))
        second = post(client, a_form("1"))

        assert second.data == first.data
        assert count(invited, InboundMessage) == 1
        assert count(invited, OutboxMessage) == 2

    def test_what_the_provider_has_answered_gets_no_second_answer(self, client, invited):
        response = post(client, a_form("STOP", OptOutType="STOP"))

        assert response.text == EMPTY
        assert count(invited, InboundMessage) == 1

    def test_an_unknown_opt_out_type_is_answered_as_if_there_were_none(self, client, kit):
        response = post(client, a_form("hi", OptOutType="LATER"))

        assert "<Message>" in response.text

    def test_pictures_are_counted_and_never_fetched(self, client, kit):
        post(client, a_form("look", NumMedia="2", MediaUrl0="http://169.254.169.254/latest"))

        with kit.toolkit.database.read() as work:
            assert work.session.scalars(select(InboundMessage.media_count)).one() == 2

    def test_a_strange_count_of_pictures_does_not_lose_the_words(self, client, kit):
        response = post(client, a_form("look", NumMedia="many"))

        assert response.status_code == 200
        assert count(kit, InboundMessage) == 1

    def test_it_may_be_signed_with_the_port_spelt_out(self, client, kit):
        form = a_form()

        response = post(client, form, signed=signature(form, url=f"{PUBLIC_URL}:443"))

        assert response.status_code == 200


class TestAFalseText:
    def test_one_without_a_signature_is_refused(self, client, kit):
        response = client.post(MESSAGE, data=a_form())

        assert (response.status_code, response.text) == (403, "The signature does not fit.\n")
        assert count(kit, InboundMessage) == 0

    def test_one_signed_with_another_token_is_refused(self, client, kit):
        form = a_form()

        assert post(client, form, signed=signature(form, token="another token")).status_code == 403
        assert count(kit, InboundMessage) == 0

    @pytest.mark.parametrize(
        "url", ["http://heard.example.org", "https://other.example.org", "https://heard.example.org:8000"]
    )
    def test_one_signed_for_another_address_is_refused(self, client, kit, url):
        form = a_form()

        assert post(client, form, signed=signature(form, url=url)).status_code == 403

    def test_one_signed_for_another_order_of_the_query_is_refused(self, client, kit):
        form = a_form()
        signed = signature(form, path=f"{MESSAGE}?a=1&b=2")

        assert (
            client.post(f"{MESSAGE}?a=1&b=2", data=form, headers={"X-Twilio-Signature": signed}).status_code
            == 200
        )
        assert (
            client.post(f"{MESSAGE}?b=2&a=1", data=form, headers={"X-Twilio-Signature": signed}).status_code
            == 403
        )

    def test_a_claimed_host_counts_for_nothing(self, client, kit):
        form = a_form()
        spoof = {
            "Host": "evil.example.org",
            "X-Forwarded-Host": "evil.example.org",
            "X-Forwarded-Proto": "http",
        }

        genuine = post(client, form, headers=spoof)
        forged = post(client, form, headers=spoof, signed=signature(form, url="http://evil.example.org"))

        assert genuine.status_code == 200
        assert forged.status_code == 403

    def test_a_changed_word_is_noticed(self, client, kit):
        response = post(client, a_form("changed"), signed=signature(a_form("original")))

        assert response.status_code == 403

    def test_shifting_words_into_a_name_stores_nothing(self, client, kit):
        form = a_form("hello")
        shifted = a_form(None) | {"Bodyhel": "lo"}

        response = post(client, shifted, signed=signature(form))

        assert (response.status_code, response.text) == (400, "Missing: Body.\n")
        assert count(kit, InboundMessage) == 0

    @pytest.mark.parametrize("name", ["MessageSid", "AccountSid", "From", "To", "Body"])
    def test_a_missing_field_is_named(self, client, kit, name):
        response = post(client, a_form(**{name: None} if name != "Body" else {"body": None}))

        assert (response.status_code, response.text) == (400, f"Missing: {name}.\n")
        assert count(kit, InboundMessage) == 0

    def test_an_id_that_is_none_is_refused(self, client, kit):
        response = post(client, a_form(MessageSid="SM\x00; drop"))

        assert (response.status_code, response.text) == (400, "MessageSid is not an id.\n")

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"AccountSid": "AC" + "9" * 32}, "It is for another account."),
            ({"To": "+447700900555"}, "It is for a number that is not ours."),
        ],
    )
    def test_one_for_somebody_else_is_refused_and_told_to_the_log(self, client, kit, caplog, changes, reason):
        response = post(client, a_form("a secret", **changes))

        assert (response.status_code, response.text) == (403, f"{reason}\n")
        assert caplog.messages == [f"A webhook was refused. {reason}"]
        assert count(kit, InboundMessage) == 0

    def test_json_is_refused(self, client, kit):
        response = client.post(MESSAGE, json=a_form())

        assert response.status_code == 415

    def test_a_hundred_kilobytes_are_refused_whole(self, client, kit):
        response = post(client, a_form("x" * 100_000))

        assert response.status_code == 413
        assert count(kit, InboundMessage) == 0

    @pytest.mark.parametrize("signed", ["\u00e9\u00ff" * 20, "A" * 5_000, "", "=", "\x01"])
    def test_a_strange_signature_is_merely_wrong(self, client, kit, signed):
        assert post(client, a_form(), signed=signed).status_code == 403

    @pytest.mark.parametrize("settings", ["key=k1,algorithm=HMAC_SHA256", "key=k1,algorithm=ROT13"])
    def test_a_key_that_we_do_not_hold_is_refused(self, client, kit, settings):
        response = post(client, a_form(), headers={"X-Twilio-Webhooks-Signature-Settings": settings})

        assert response.status_code == 403

    def test_looking_at_the_address_does_nothing(self, client, kit):
        assert client.get(MESSAGE).status_code == 405
