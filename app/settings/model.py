"""One frozen object that holds every setting.

Each variable is explained, for those who run the product, in docs/operations.md.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.settings.rules import (
    Gateway,
    Mode,
    SettingsBroken,
    faults_of_mode,
    faults_of_names,
    faults_of_values,
    read_broker_url,
    read_council,
    read_data_keys,
    read_database_url,
    read_fingerprint_key,
    read_loopback_url,
    read_mail_from,
    read_mail_url,
    read_numbers,
    read_public_url,
)

PREFIX = "HEARD_"
PLAIN_NAMES = {"database_url": "DATABASE_URL"}
"""Variables that keep the name that every hosting company gives them."""


class Settings(BaseSettings):
    """Everything that differs between one place where the product runs and another."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    mode: Mode
    data_dir: Path
    """Where files live that are not in the database: SQLite's own file, the embedded queue."""
    database_url: Annotated[str, AfterValidator(read_database_url)] = Field(repr=False)
    public_url: Annotated[str, AfterValidator(read_public_url)]
    """How the outside reaches us, without fragment or trailing slash; signatures are checked against it."""
    secret_key: SecretStr = Field(min_length=32)
    password_salt: SecretStr = Field(min_length=16)
    data_keys: Annotated[tuple[tuple[str, bytes], ...], BeforeValidator(read_data_keys)] = Field(repr=False)
    """Names and keys that texts are encrypted with; the first is current, the others only open older texts."""
    fingerprint_key: Annotated[bytes, BeforeValidator(read_fingerprint_key)] = Field(repr=False)
    gateway: Gateway
    twilio_account_sid: str = Field(pattern=r"^AC[0-9a-f]{32}$", repr=False)
    twilio_auth_token: SecretStr = Field(min_length=16)
    """Needed with every gateway: the webhook's signature is always checked."""
    twilio_numbers: Annotated[tuple[str, ...], BeforeValidator(read_numbers)]
    twilio_messaging_service_sid: str | None = Field(default=None, pattern=r"^MG[0-9a-f]{32}$")
    twilio_api_url: Annotated[str, AfterValidator(read_loopback_url)] | None = None
    mail_url: Annotated[str, AfterValidator(read_mail_url)] | None = Field(default=None, repr=False)
    """None, in development only: mail is recorded instead of sent."""
    mail_from: Annotated[str, AfterValidator(read_mail_from)]
    broker_url: Annotated[str, AfterValidator(read_broker_url)] = Field(default="filesystem://", repr=False)
    """filesystem:// keeps its folders under data_dir."""
    council: Annotated[str, AfterValidator(read_council)]
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    test_numbers: bool = False
    simulator: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings. Raises SettingsBroken with every fault at once; no fault repeats a value."""
        environ = os.environ if environ is None else environ
        written = {
            name: value.strip()
            for name in cls.model_fields
            if (value := environ.get(variable_of(name), "")).strip()
        }
        home = Path(written.get("data_dir", ".")).absolute()
        written.setdefault("database_url", f"sqlite:///{home / 'heard.db'}")
        faults = faults_of_names(environ, PREFIX, {variable_of(name) for name in cls.model_fields})
        faults += faults_of_mode(written, variable_of)
        try:
            settings = cls.model_validate(written)
        except ValidationError as error:
            faults += faults_of_values(error, variable_of)
            raise SettingsBroken(faults) from None
        if faults:
            raise SettingsBroken(faults)
        return settings


def variable_of(field: str) -> str:
    """Return the environment variable that a setting is read from."""
    return PLAIN_NAMES.get(field, PREFIX + field.upper())
