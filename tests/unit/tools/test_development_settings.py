import stat
from pathlib import Path

from app.settings import Settings
from tools.development_settings import development_environ
from tools.run import run_environ


def test_the_settings_made_for_development_are_complete(tmp_path: Path) -> None:
    settings = Settings.from_environ(development_environ(tmp_path, port=8001))

    assert settings.mode == "development"
    assert settings.public_url == "http://127.0.0.1:8001"
    assert settings.database_url == f"sqlite:///{tmp_path}/heard.db"
    assert settings.simulator is True


def test_settings_are_made_once_and_used_again_on_any_port_and_in_any_place(tmp_path: Path) -> None:
    first = development_environ(tmp_path / "here", port=8000)
    (tmp_path / "here").rename(tmp_path / "there")

    second = development_environ(tmp_path / "there", port=8001)

    assert second == first | {
        "HEARD_DATA_DIR": str(tmp_path / "there"),
        "HEARD_PUBLIC_URL": "http://127.0.0.1:8001",
    }


def test_two_machines_never_share_a_secret(tmp_path: Path) -> None:
    one = development_environ(tmp_path / "one", port=8000)
    other = development_environ(tmp_path / "other", port=8000)

    secrets = [
        "HEARD_SECRET_KEY",
        "HEARD_PASSWORD_SALT",
        "HEARD_DATA_KEYS",
        "HEARD_FINGERPRINT_KEY",
        "HEARD_TWILIO_AUTH_TOKEN",
    ]
    assert [name for name in secrets if one[name] == other[name]] == []


def test_the_file_of_secrets_is_its_owners_alone(tmp_path: Path) -> None:
    development_environ(tmp_path, port=8000)

    assert stat.S_IMODE((tmp_path / "development.env").stat().st_mode) == 0o600


def test_settings_exported_for_another_installation_are_left_out(tmp_path: Path) -> None:
    outside = {"DATABASE_URL": "postgresql://h/real", "HEARD_MODE": "production", "HOME": "/home/someone"}

    environ = run_environ(outside, tmp_path, port=8000)

    assert "DATABASE_URL" not in environ
    assert environ["HEARD_MODE"] == "development"
    assert environ["HOME"] == "/home/someone"
