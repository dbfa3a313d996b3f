"""Sending through the provider's API, against a stand-in on this machine."""

import base64
import ssl
from dataclasses import replace
from uuid import UUID

import pytest
import requests
from urllib3.exceptions import MaxRetryError

from app.channels.twilio import failures
from app.channels.twilio.account import TwilioAccount
from app.channels.twilio.gateway import TwilioGateway
from app.shared.errors import ProviderFailed
from tests.unit.channels.stand_ins import Provider, running_provider

pytestmark = pytest.mark.server

REFERENCE = UUID("00000000-0000-4000-8000-000000000001")
ACCOUNT = TwilioAccount(
    account_sid="AC00000000000000000000000000000000",
    auth_token="a-token-for-tests-only",
    numbers=("+447700900999", "+447700900998"),
    public_url="https://heard.example.org/#rc=5&rp=all",
)


@pytest.fixture
def provider():
    with running_provider(Provider()) as provider:
        yield provider


def gateway(provider, **changes):
    return TwilioGateway(replace(ACCOUNT, api_url=provider.url, **changes), read_seconds=0.3)


def send(provider, **changes):
    return gateway(provider, **changes).send(to="+447700900001", body="Hello", reference=REFERENCE)


def failure(provider):
    with pytest.raises(ProviderFailed) as caught:
        send(provider)
    failed = caught.value
    return failed.code, failed.retryable, failed.ambiguous


def refusal(code):
    return f'{{"code": {code}, "message": "not to be read", "status": 400}}'


class TestSending:
    def test_the_providers_id_comes_back(self, provider):
        assert send(provider) == "SM0123456789abcdef0123456789abcdef"

    def test_the_text_goes_out_once_with_a_signed_way_back(self, provider):
        send(provider)

        (request,) = provider.requests
        assert request["path"] == "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json"
        assert request["form"] == {
            "To": "+447700900001",
            "From": "+447700900999",
            "Body": "Hello",
            "StatusCallback": f"https://heard.example.org/webhooks/twilio/status?ref={REFERENCE}",
        }

    def test_we_sign_in_with_our_account(self, provider):
        send(provider)

        scheme, _, secret = provider.requests[0]["authorization"].partition(" ")
        assert scheme == "Basic"
        assert base64.b64decode(secret) == b"AC00000000000000000000000000000000:a-token-for-tests-only"

    def test_a_messaging_service_takes_the_place_of_our_number(self, provider):
        send(provider, messaging_service_sid="MG00000000000000000000000000000000")

        form = provider.requests[0]["form"]
        assert form["MessagingServiceSid"] == "MG00000000000000000000000000000000"
        assert "From" not in form


class TestCertainlyNotDone:
    def test_a_refused_connection_may_be_tried_again(self, provider):
        provider.url = "http://127.0.0.1:9"

        assert failure(provider) == ("not_connected", True, False)

    @pytest.mark.parametrize(
        ("status", "body", "code"),
        [(429, "", "http_429"), (429, refusal(20429), "20429"), (401, refusal(20003), "20003")],
    )
    def test_what_was_not_processed_may_be_tried_again(self, provider, status, body, code):
        provider.status, provider.body = status, body

        assert failure(provider) == (code, True, False)

    def test_a_certificate_that_we_do_not_trust_stops_us_before_we_speak(self):
        cause = MaxRetryError(None, "/", ssl.SSLCertVerificationError("self-signed"))

        failed = failures.from_transport(requests.exceptions.SSLError(cause))

        assert (failed.code, failed.retryable, failed.ambiguous) == ("not_connected", True, False)


class TestPerhapsDone:
    @pytest.mark.parametrize(
        ("fails", "code"), [("silence", "timeout"), ("reset", "broken_off"), ("half", "broken_off")]
    )
    def test_an_answer_that_never_came_is_never_asked_for_again(self, provider, fails, code):
        provider.fails = fails

        assert failure(provider) == (code, False, True)
        assert len(provider.requests) == 1

    @pytest.mark.parametrize("status", [500, 502, 503, 408])
    def test_a_providers_own_trouble_leaves_us_in_doubt(self, provider, status):
        provider.status, provider.body = status, "<html>not json</html>"

        assert failure(provider) == (f"http_{status}", False, True)
        assert len(provider.requests) == 1

    @pytest.mark.parametrize("body", ["<html>", "{}", '{"sid": null}', "[]", ""])
    def test_a_success_without_an_id_leaves_us_in_doubt(self, provider, body):
        provider.body = body

        assert failure(provider) == ("unreadable_answer", False, True)


class TestNever:
    @pytest.mark.parametrize("code", [21211, 21408, 21610, 21614, 30003, 30004, 30005, 30006, 30007])
    def test_a_number_that_takes_no_text_is_not_asked_again(self, provider, code):
        provider.status, provider.body = 400, refusal(code)

        assert failure(provider) == (str(code), False, False)

    def test_a_request_that_it_does_not_understand_is_not_repeated(self, provider):
        provider.status, provider.body = 400, '{"code": "odd"}'

        assert failure(provider) == ("http_400", False, False)

    def test_a_redirect_is_not_followed(self, provider):
        provider.status = 307

        assert failure(provider) == ("http_307", False, False)
        assert len(provider.requests) == 1


def test_a_failure_tells_no_number_and_no_words(provider, caplog):
    caplog.set_level("DEBUG")
    provider.status, provider.body = 400, '{"code": 21211, "message": "+447700900001 is not valid"}'

    with pytest.raises(ProviderFailed) as caught:
        send(provider)

    assert "900001" not in str(caught.value) + caplog.text
    assert "Hello" not in caplog.text


def test_the_account_keeps_its_token_to_itself():
    assert "a-token" not in repr(ACCOUNT)
