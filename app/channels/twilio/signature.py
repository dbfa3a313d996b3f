"""Is a webhook genuine? Checked against the configured public address, never against what a request claims."""

import hmac
from collections.abc import Mapping
from urllib.parse import urlparse

from flask import Request
from twilio.request_validator import (
    HMAC_SHA1,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    add_port,
    get_signature_algorithm,
    remove_port,
)

from app.channels.twilio.account import TwilioAccount

__all__ = ["SIGNATURE_HEADER", "is_genuine", "sign"]


def is_genuine(request: Request, account: TwilioAccount) -> bool:
    """Whether a form was signed with our token for the address that it came to.

    Every parameter counts, known or not. We hold no shared key, so that any other algorithm is refused.
    """
    if get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER)) != HMAC_SHA1:
        return False
    # A header is Latin-1 whatever was sent, so that this encodes anything, and a strange one is merely wrong.
    claimed = request.headers.get(SIGNATURE_HEADER, "").encode("latin-1", "replace")
    validator = RequestValidator(account.auth_token)
    fits = [
        hmac.compare_digest(validator.compute_signature(url, request.form).encode(), claimed)
        for url in _spellings(_public_url(request, account))
    ]
    return any(fits)


def sign(account: TwilioAccount, path: str, form: Mapping[str, str]) -> str:
    """Return the signature that the provider would put on a form sent to one of our paths."""
    return str(RequestValidator(account.auth_token).compute_signature(account.url_of(path), form))


def _public_url(request: Request, account: TwilioAccount) -> str:
    query = request.query_string.decode("latin-1")
    return account.url_of(request.path) + (f"?{query}" if query else "")


def _spellings(url: str) -> tuple[str, str]:
    # The provider's own documentation leaves open whether the port is part of what it signs.
    parsed = urlparse(url)
    return str(remove_port(parsed)), str(add_port(parsed))
