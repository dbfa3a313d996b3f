"""The HTTP client that the provider's library calls through: our timeouts, no retry, nothing logged."""

import json
import logging
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from twilio.http import HttpClient
from twilio.http.response import Response
from typing_extensions import override

from app.channels.twilio import failures

CONNECT_SECONDS = 3.05
READ_SECONDS = 10.0
PROVIDER = "https://api.twilio.com"


class PlainHttpClient(HttpClient):  # type: ignore[misc]  # twilio comes without types
    """Sends each request once. Raises ProviderFailed, which says whether it may be sent again."""

    def __init__(self, api_url: str | None, *, read_seconds: float = READ_SECONDS) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False)
        self._api_url = api_url
        self._timeouts = (CONNECT_SECONDS, read_seconds)
        self._session = requests.Session()
        self._session.mount("https://", HTTPAdapter(max_retries=0))
        self._session.mount("http://", HTTPAdapter(max_retries=0))
        # A stand-in on this machine is asked directly, whatever proxy the environment names for the world.
        self._session.trust_env = api_url is None

    @override
    def request(self, method: str, url: str, **details: Any) -> Response:  # the library's own signature
        """Send one request and return its answer, which is a success that names what was made."""
        address = url if self._api_url is None else url.replace(PROVIDER, self._api_url, 1)
        try:
            answer = self._session.request(
                method.upper(),
                address,
                params=details.get("params"),
                data=details.get("data"),
                headers=details.get("headers"),
                auth=details.get("auth"),
                timeout=self._timeouts,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise failures.from_transport(error) from None
        said = _object_in(answer.text)
        if not answer.ok or answer.is_redirect:
            code = said.get("code")
            raise failures.from_answer(answer.status_code, str(code) if isinstance(code, int) else None)
        if not said.get("sid"):
            raise failures.unreadable_success()
        return Response(answer.status_code, answer.text, answer.headers)


def _object_in(body: str) -> dict[str, object]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
