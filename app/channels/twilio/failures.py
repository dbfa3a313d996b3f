"""What a failed call to the provider means: never done, perhaps done, or never to be done (error table)."""

import ssl

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from app.shared.errors import ProviderFailed

RATE_LIMITED = frozenset({"20429"})
"""Not processed: to be asked again."""
ACCOUNT_TROUBLE = frozenset({"20003", "20005", "20404"})
"""Not processed, and staff can mend it within the hours that we keep trying: a wrong token, a frozen account."""
NEVER = {
    "21211": "not a phone number",
    "21408": "texts to that country are switched off",
    "21610": "the person said STOP to the provider",
    "21612": "no route to that number",
    "21614": "not a mobile number",
    "30003": "the phone cannot be reached",
    "30004": "blocked",
    "30005": "nobody has that number",
    "30006": "a landline, or a carrier that takes no texts",
    "30007": "a carrier filtered it out",
}
"""Permanent: what each code means, for staff."""


def from_transport(error: requests.RequestException) -> ProviderFailed:
    """Tell a call that never arrived from one that may have been carried out."""
    if isinstance(error, requests.ConnectTimeout) or _never_left(error):
        return ProviderFailed("not_connected", retryable=True)
    code = "timeout" if isinstance(error, requests.Timeout) else "broken_off"
    return ProviderFailed(code, retryable=False, ambiguous=True)


def from_answer(status: int, code: str | None) -> ProviderFailed:
    """Return what an answer that is not a success means."""
    named = code or f"http_{status}"
    if status == 429 or named in RATE_LIMITED:
        return ProviderFailed(named, retryable=True)
    if named in NEVER:
        return ProviderFailed(named, retryable=False)
    if status in {401, 403} or named in ACCOUNT_TROUBLE:
        return ProviderFailed(named, retryable=True)
    if status >= 500 or status == 408:
        return ProviderFailed(named, retryable=False, ambiguous=True)
    return ProviderFailed(named, retryable=False)


def unreadable_success() -> ProviderFailed:
    """Return what a success without an id means: it was probably sent, and we cannot say as what."""
    return ProviderFailed("unreadable_answer", retryable=False, ambiguous=True)


def _never_left(error: BaseException) -> bool:
    """Whether the connection was never made: refused, name not found, or a certificate that we do not trust."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        if isinstance(cause, NewConnectionError | ConnectTimeoutError | ssl.SSLCertVerificationError):
            return True
        seen.add(id(cause))
        waiting += [*cause.args, cause.__cause__, cause.__context__, getattr(cause, "reason", None)]
    return False
