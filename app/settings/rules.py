"""What each setting must look like, and what to tell somebody whose setting does not."""

import base64
import binascii
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pydantic import ValidationError

from app.shared.errors import Fault, Rejected

COUNCILS = Path(__file__).parents[1] / "councils"
KEY_BYTES = 32
NEW_KEY = "python3 -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())'"
NEW_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105 — a command that makes one
TRUE_WORDS = frozenset({"true", "1", "yes", "on", "t", "y"})
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsBroken(Rejected):
    """The product cannot start with these settings; every fault names its variable and how to mend it."""


class Mode(StrEnum):
    """How strict to be: development values are refused in production."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"


class Gateway(StrEnum):
    """Where texts that we start go: to the provider, or into our own record of what would have gone."""

    TWILIO = "twilio"
    RECORDING = "recording"


MENDING = {
    "mode": "must be production or development",
    "data_dir": "must be a folder that the product may write to, such as /var/lib/heard",
    "secret_key": f"must be at least 32 characters that nobody can guess; make one with: {NEW_SECRET}",
    "password_salt": f"must be at least 16 characters that nobody can guess; make one with: {NEW_SECRET}",
    "gateway": "must be twilio (or, in development, recording)",
    "twilio_account_sid": "must be AC and 32 digits or letters a-f; the provider's console shows it",
    "twilio_auth_token": "must be the account's auth token; the provider's console shows it",
    "twilio_messaging_service_sid": "must be MG and 32 digits or letters a-f, or left out",
    "trusted_proxies": "must be the number of proxies in front of us, 0 to 5",
    "test_numbers": "must be true or false",
    "simulator": "must be true or false",
}
"""What to say where the type alone decides; the other settings' checks speak for themselves."""

MISSING = {
    "data_keys": f"name each key and give 32 bytes in base64, such as k1:…; make the bytes with: {NEW_KEY}",
    "fingerprint_key": f"must be 32 bytes in base64; make them with: {NEW_KEY}",
    "public_url": "must be the address that the outside reaches us at, such as https://heard.example.org",
    "twilio_numbers": "must be our own numbers, with + and country code, separated by commas",
    "mail_from": "must be the address that our mail comes from",
    "council": "must name a file of app/councils, without .yaml",
}


def read_database_url(written: str) -> str:
    """Return the address in the one spelling that storage knows."""
    scheme, mark, rest = written.partition("://")
    if mark and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if re.match(r"^sqlite:///.", written) and not written.endswith(":memory:"):
        return written
    raise ValueError("must be postgresql://user:password@host/name or sqlite:////path/to/file.db")


def read_public_url(written: str) -> str:
    """Return the address without the fragment (it is for the provider only) and without a trailing slash."""
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
        raise ValueError(MISSING["public_url"])
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def read_loopback_url(written: str) -> str:
    """Return the address of a stand-in for the provider, which must be on this machine."""
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or parts.hostname not in LOOPBACK_HOSTS:
        raise ValueError(
            "must be an http address on this machine (127.0.0.1); leave it out to reach the provider"
        )
    return written.rstrip("/")


def read_mail_url(written: str) -> str:
    """Return the address of a mail server."""
    parts = urlsplit(written)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("must be smtp://host:port or smtps://user:password@host:port")
    return written


def read_mail_from(written: str) -> str:
    """Return the one address that our mail comes from."""
    if not re.fullmatch(r"[^@\s,<>]+@[^@\s,<>]+\.[^@\s,<>]+", written):
        raise ValueError(f"{MISSING['mail_from']}, such as heard@example.org")
    return written


def read_broker_url(written: str) -> str:
    """Return where background work is passed on."""
    if written == "filesystem://" or re.match(r"^amqps?://[^/\s]", written):
        return written
    raise ValueError("must be filesystem:// or amqp://user:password@host/name")


def read_council(written: str) -> str:
    """Return the name of a council whose words and facts we hold."""
    known = sorted(path.stem for path in COUNCILS.glob("*.yaml"))
    if written not in known:
        raise ValueError(f"{MISSING['council']}; there are: {', '.join(known) or 'none yet'}")
    return written


def read_numbers(written: object) -> tuple[str, ...]:
    """Return our own phone numbers, E.164."""
    numbers = tuple(number.strip() for number in str(written).split(",") if number.strip())
    if not numbers or not all(re.fullmatch(r"\+[1-9]\d{6,14}", number) for number in numbers):
        raise ValueError(f"{MISSING['twilio_numbers']}, such as +447700900000")
    return numbers


def read_fingerprint_key(written: object) -> bytes:
    """Return the key that phone numbers are found by."""
    return _key(str(written), MISSING["fingerprint_key"])


def read_data_keys(written: object) -> tuple[tuple[str, bytes], ...]:
    """Return the named keys, the current one first."""
    keys = tuple(_named_key(part.strip()) for part in str(written).split(","))
    if len({name for name, _ in keys}) < len(keys):
        raise ValueError("names a key twice; give each key a name of its own")
    return keys


def _named_key(written: str) -> tuple[str, bytes]:
    name, _, key = written.partition(":")
    if not re.fullmatch(r"[a-z0-9]{1,16}", name):
        raise ValueError(MISSING["data_keys"])
    return name, _key(key, MISSING["data_keys"])


def _key(written: str, mending: str) -> bytes:
    try:
        key = base64.b64decode(written, validate=True)
    except binascii.Error:
        raise ValueError(mending) from None
    if len(key) != KEY_BYTES:
        raise ValueError(mending)
    return key


def faults_of_values(error: ValidationError, variable_of: Callable[[str], str]) -> list[Fault]:
    """Say what is wrong with each setting, without repeating what was written."""
    faults = []
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        field = str(one["loc"][0])
        if one["type"] == "missing":
            problem = f"is missing; {MISSING.get(field) or MENDING[field]}"
        else:
            problem = MENDING.get(field) or one["msg"].removeprefix("Value error, ")
        faults.append(Fault(variable_of(field), problem))
    return faults


def faults_of_names(environ: Iterable[str], prefix: str, known: set[str]) -> list[Fault]:
    """Name the variables that look like ours and are not: a misspelt setting is a setting that does nothing."""
    faults = []
    for variable in sorted(set(environ) - known):
        if variable.startswith(prefix):
            near = difflib.get_close_matches(variable, known, n=1)
            mending = f"did you mean {near[0]}?" if near else "remove it"
            faults.append(Fault(variable, f"is not a setting; {mending}"))
    return faults


def faults_of_mode(written: Mapping[str, str], variable_of: Callable[[str], str]) -> list[Fault]:
    """Name what only development may do, where this is production."""
    if written.get("mode") != Mode.PRODUCTION:
        return []
    refused = {
        "gateway": (written.get("gateway") == Gateway.RECORDING, "would send nothing; set it to twilio"),
        "public_url": (
            written.get("public_url", "https:").lower().startswith("http:"),
            "must start with https:// in production",
        ),
        "twilio_api_url": ("twilio_api_url" in written, "is for tests; leave it out in production"),
        "mail_url": (
            "mail_url" not in written,
            "is missing; give smtp://host:port, or smtps:// with a password",
        ),
        "test_numbers": (
            _is_true(written.get("test_numbers")),
            "is for load tests; leave it out in production",
        ),
        "simulator": (
            _is_true(written.get("simulator")),
            "shows every text on a page; leave it out in production",
        ),
    }
    return [Fault(variable_of(field), problem) for field, (is_wrong, problem) in refused.items() if is_wrong]


def _is_true(written: str | None) -> bool:
    return (written or "").lower() in TRUE_WORDS
