"""Settings for trying Heard on one's own machine: made once, with fresh secrets, and used again afterwards."""

import base64
import secrets
from collections.abc import Mapping
from pathlib import Path

FILE_NAME = "development.env"
HEADING = (
    "# Made by `make run` for this machine alone. Delete it and the database beside it to start afresh.\n"
)


def development_environ(folder: Path, *, port: int) -> dict[str, str]:
    """Return the settings kept in a folder, made now if there are none, for a server on a port."""
    path = folder / FILE_NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(HEADING + _written(_fresh()), encoding="utf-8")
    # Where it runs is not kept: folders are moved, and ports are chosen anew each time.
    place = {"HEARD_DATA_DIR": str(folder.absolute()), "HEARD_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    return _read(path.read_text(encoding="utf-8")) | place


def _fresh() -> dict[str, str]:
    return {
        "HEARD_MODE": "development",
        "HEARD_SECRET_KEY": secrets.token_urlsafe(48),
        "HEARD_PASSWORD_SALT": secrets.token_urlsafe(32),
        "HEARD_DATA_KEYS": f"k1:{_key()}",
        "HEARD_FINGERPRINT_KEY": _key(),
        "HEARD_GATEWAY": "recording",
        "HEARD_TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "HEARD_TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "HEARD_TWILIO_NUMBERS": "+447700900999",
        "HEARD_MAIL_FROM": "heard@example.org",
        "HEARD_COUNCIL": "demo",
        "HEARD_SIMULATOR": "true",
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _written(environ: Mapping[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in environ.items())


def _read(text: str) -> dict[str, str]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}
