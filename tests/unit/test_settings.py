from pathlib import Path

import pytest

from app.settings import Gateway, Mode, Settings, SettingsBroken
from app.settings.model import variable_of
from tests.support.settings import key_of, settings_environ

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


def production_environ(**changes: str) -> dict[str, str]:
    return settings_environ(
        Path("/srv/heard"),
        **{
            "HEARD_MODE": "production",
            "HEARD_GATEWAY": "twilio",
            "HEARD_MAIL_URL": "smtp://mail.example.org:25",
            "DATABASE_URL": "postgresql://heard@db.example.org/heard",
        }
        | changes,
    )


def faults_of(environ: dict[str, str]) -> dict[str, str]:
    with pytest.raises(SettingsBroken) as broken:
        Settings.from_environ(environ)
    return {fault.place: fault.problem for fault in broken.value.faults}


def test_a_complete_production_environment_is_read() -> None:
    settings = Settings.from_environ(production_environ(HEARD_TRUSTED_PROXIES="1"))

    assert settings.mode is Mode.PRODUCTION
    assert settings.gateway is Gateway.TWILIO
    assert settings.data_dir == Path("/srv/heard")
    assert settings.database_url == "postgresql+psycopg://heard@db.example.org/heard"
    assert settings.public_url == "https://heard.example.org"
    assert settings.twilio_numbers == ("+447700900999",)
    assert settings.trusted_proxies == 1
    assert settings.test_numbers is False
    assert settings.simulator is False


def test_an_empty_environment_names_every_missing_variable_at_once() -> None:
    faults = faults_of({})

    assert sorted(faults) == [
        "HEARD_COUNCIL",
        "HEARD_DATA_DIR",
        "HEARD_DATA_KEYS",
        "HEARD_FINGERPRINT_KEY",
        "HEARD_GATEWAY",
        "HEARD_MAIL_FROM",
        "HEARD_MODE",
        "HEARD_PASSWORD_SALT",
        "HEARD_PUBLIC_URL",
        "HEARD_SECRET_KEY",
        "HEARD_TWILIO_ACCOUNT_SID",
        "HEARD_TWILIO_AUTH_TOKEN",
        "HEARD_TWILIO_NUMBERS",
    ]
    assert all(problem.startswith("is missing; ") for problem in faults.values())


@pytest.mark.parametrize("written", ["postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"])
def test_every_spelling_of_a_postgresql_address_is_the_same_database(written: str) -> None:
    settings = Settings.from_environ(production_environ(DATABASE_URL=written))

    assert settings.database_url == "postgresql+psycopg://h/d"


def test_the_database_is_a_file_of_the_data_folder_unless_another_is_named() -> None:
    settings = Settings.from_environ(production_environ(DATABASE_URL=""))

    assert settings.database_url == "sqlite:////srv/heard/heard.db"


@pytest.mark.parametrize(
    "written",
    [
        "https://heard.example.org/",
        "https://heard.example.org#rc=5&rp=all",
        "https://heard.example.org/#rc=5",
    ],
)
def test_the_public_address_loses_its_fragment_and_its_trailing_slash(written: str) -> None:
    settings = Settings.from_environ(production_environ(HEARD_PUBLIC_URL=written))

    assert settings.public_url == "https://heard.example.org"


def test_data_keys_keep_their_order_with_the_current_one_first() -> None:
    written = f"k2:{key_of(b'b')},k1:{key_of(b'a')}"

    settings = Settings.from_environ(production_environ(HEARD_DATA_KEYS=written))

    assert settings.data_keys == (("k2", b"b" * 32), ("k1", b"a" * 32))


@pytest.mark.parametrize(
    ("variable", "written"),
    [
        ("HEARD_MODE", "staging"),
        ("HEARD_DATA_KEYS", "k1:c2hvcnQ="),
        ("HEARD_DATA_KEYS", "no name"),
        ("HEARD_DATA_KEYS", f"k1:{key_of(b'a')},k1:{key_of(b'b')}"),
        ("HEARD_FINGERPRINT_KEY", "c2hvcnQ="),
        ("HEARD_FINGERPRINT_KEY", "not base64!"),
        ("HEARD_SECRET_KEY", "short"),
        ("HEARD_PASSWORD_SALT", "short"),
        ("HEARD_GATEWAY", "pigeon"),
        ("HEARD_TWILIO_ACCOUNT_SID", "AC123"),
        ("HEARD_TWILIO_AUTH_TOKEN", "short"),
        ("HEARD_TWILIO_NUMBERS", "07700 900999"),
        ("HEARD_TWILIO_NUMBERS", ","),
        ("HEARD_TWILIO_MESSAGING_SERVICE_SID", "AC00000000000000000000000000000000"),
        ("HEARD_MAIL_URL", "http://mail.example.org"),
        ("HEARD_MAIL_FROM", "heard"),
        ("HEARD_BROKER_URL", "redis://127.0.0.1"),
        ("HEARD_COUNCIL", "atlantis"),
        ("HEARD_COUNCIL", "../flows/definitions/pulse-11-17"),
        ("HEARD_TRUSTED_PROXIES", "many"),
        ("HEARD_TRUSTED_PROXIES", "-1"),
        ("HEARD_PUBLIC_URL", "heard.example.org"),
        ("HEARD_PUBLIC_URL", "https://heard.example.org/?page=1"),
        ("DATABASE_URL", "mysql://h/d"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("HEARD_PUBLIC_URL", "http://heard.example.org"),
        ("HEARD_GATEWAY", "recording"),
        ("HEARD_TWILIO_API_URL", "http://127.0.0.1:9000"),
        ("HEARD_MAIL_URL", ""),
        ("HEARD_TEST_NUMBERS", "true"),
        ("HEARD_SIMULATOR", "on"),
    ],
)
def test_production_refuses_a_bad_value_and_names_its_variable_alone(variable: str, written: str) -> None:
    faults = faults_of(production_environ(**{variable: written}))

    assert list(faults) == [variable]


@pytest.mark.parametrize(
    ("variable", "written"),
    [
        ("HEARD_PUBLIC_URL", "http://127.0.0.1:8000"),
        ("HEARD_GATEWAY", "recording"),
        ("HEARD_TWILIO_API_URL", "http://127.0.0.1:9000"),
        ("HEARD_MAIL_URL", ""),
        ("HEARD_TEST_NUMBERS", "true"),
        ("HEARD_SIMULATOR", "true"),
    ],
)
def test_development_may_do_what_production_may_not(variable: str, written: str) -> None:
    settings = Settings.from_environ(production_environ(HEARD_MODE="development", **{variable: written}))

    assert settings.mode is Mode.DEVELOPMENT


def test_the_stand_in_for_the_provider_must_be_on_this_machine() -> None:
    faults = faults_of(
        production_environ(HEARD_MODE="development", HEARD_TWILIO_API_URL="https://elsewhere.example.org")
    )

    assert list(faults) == ["HEARD_TWILIO_API_URL"]


def test_a_misspelt_variable_is_named_with_the_right_one() -> None:
    faults = faults_of(production_environ(HEARD_TRUSTED_PROXYS="1"))

    assert faults == {"HEARD_TRUSTED_PROXYS": "is not a setting; did you mean HEARD_TRUSTED_PROXIES?"}


def test_no_secret_is_shown_when_settings_are_printed() -> None:
    settings = Settings.from_environ(
        production_environ(
            HEARD_MAIL_URL="smtps://heard:mail-secret@mail.example.org",
            HEARD_BROKER_URL="amqp://heard:queue-secret@queue.example.org",
            DATABASE_URL="postgresql://heard:data-secret@db.example.org/heard",
        )
    )

    shown = f"{settings!r} {settings}"

    for secret in (
        "mail-secret",
        "queue-secret",
        "data-secret",
        "a secret key",
        "a salt",
        "a-token",
        "ddddd",
        "fffff",
    ):
        assert secret not in shown


def test_no_fault_repeats_what_was_written() -> None:
    faults = faults_of(
        production_environ(
            HEARD_SECRET_KEY="hush",
            HEARD_DATA_KEYS="hush",
            HEARD_TWILIO_AUTH_TOKEN="hush",
            DATABASE_URL="hush://heard:hush@h/d",
            HEARD_MAIL_URL="hush",
        )
    )

    assert len(faults) == 5
    assert "hush" not in " ".join(faults.values())


def test_settings_cannot_be_changed() -> None:
    settings = Settings.from_environ(production_environ())

    with pytest.raises(ValueError, match="frozen"):
        settings.simulator = True  # type: ignore[misc]


def test_the_process_environment_is_read_only_when_nothing_is_handed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in production_environ(HEARD_TRUSTED_PROXIES="3").items():
        monkeypatch.setenv(name, value)

    read = Settings.from_environ()
    handed = Settings.from_environ(production_environ())

    assert read.trusted_proxies == 3
    assert handed.trusted_proxies == 0


def test_every_setting_is_explained_to_operators() -> None:
    page = OPERATIONS.read_text(encoding="utf-8")

    unexplained = [name for name in Settings.model_fields if f"| `{variable_of(name)}` |" not in page]

    assert unexplained == []
