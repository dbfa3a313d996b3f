"""Settings for tests: complete, valid, and pointing at nothing outside this machine."""

import base64
from pathlib import Path

PUBLIC_URL = "https://heard.example.org"
ACCOUNT_SID = "AC00000000000000000000000000000000"
AUTH_TOKEN = "a-token-for-tests-only"
OUR_NUMBER = "+447700900999"


def settings_environ(data_dir: Path, **changes: str) -> dict[str, str]:
    """Return the environment of a development server, with changes by full variable name; "" leaves one out."""
    environ = {
        "HEARD_MODE": "development",
        "HEARD_DATA_DIR": str(data_dir),
        "HEARD_PUBLIC_URL": PUBLIC_URL,
        "HEARD_SECRET_KEY": "a secret key for tests only, long enough",
        "HEARD_PASSWORD_SALT": "a salt for tests only",
        "HEARD_DATA_KEYS": f"k1:{key_of(b'd')}",
        "HEARD_FINGERPRINT_KEY": key_of(b"f"),
        "HEARD_GATEWAY": "recording",
        "HEARD_TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "HEARD_TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "HEARD_TWILIO_NUMBERS": OUR_NUMBER,
        "HEARD_MAIL_FROM": "heard@example.org",
        "HEARD_COUNCIL": "demo",
    }
    return {name: value for name, value in (environ | changes).items() if value}


def key_of(letter: bytes) -> str:
    """Return a 32-byte key, as settings write it."""
    return base64.b64encode(letter * 32).decode()
