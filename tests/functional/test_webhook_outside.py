"""What our answers and our log show to the outside."""

import logging
from dataclasses import dataclass, replace

import pytest

from app.http import client_address
from tests.factories import a_person, a_survey, an_invitation
from tests.functional.hooks import (
    MESSAGE,
    a_form,
    post,
)


@pytest.fixture
def invited(kit):
    an_invitation(kit, a_person(kit), a_survey(kit))
    return kit


class TestWhatIsLogged:
    def test_no_word_number_or_token_of_a_text(self, client, invited, caplog):
        caplog.set_level(logging.DEBUG)

        post(client, a_form("1", MessageSid="SM1"))
        post(client, a_form("my marked words", MessageSid="SM2"))
        post(client, a_form("my marked words", MessageSid="SM3"), signed="forged")

        assert "marked" not in caplog.text
        assert "900001" not in caplog.text
        assert "settled" not in caplog.text


class TestHeaders:
    @pytest.mark.parametrize("path", [MESSAGE, "/t/unknown", "/nowhere"])
    def test_every_answer_says_what_a_browser_may_do_with_it(self, client, kit, path):
        headers = client.get(path).headers

        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"

    def test_styles_may_be_kept_by_a_browser(self, client, kit):
        with client.get("/static/built/main.css") as response:
            assert "no-store" not in response.headers["Cache-Control"]


@dataclass
class Broken:
    words: str

    def begin(self):
        raise RuntimeError(self.words)


class TestOurMistakes:
    def test_a_mistake_of_ours_tells_no_detail(self, client, kit, app, caplog):
        app.extensions["heard"] = replace(kit.toolkit, database=Broken("my marked words and +447700900001"))

        response = post(client, a_form("my marked words"))

        assert response.status_code == 500
        assert "marked" not in response.text + caplog.text
        assert "900001" not in response.text + caplog.text
        assert "RuntimeError" in caplog.text


class TestWhomALimitCounts:
    @pytest.mark.parametrize(
        ("address", "counted"),
        [
            ("192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
            ("a socket", "a socket"),
        ],
    )
    def test_an_address_or_the_64_bits_of_a_household(self, app, address, counted):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            assert client_address() == counted
