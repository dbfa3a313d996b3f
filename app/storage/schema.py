"""Migrations: numbered, linear, run from code."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app.storage.database import make_engine

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def alembic_config() -> Config:
    """Return Alembic's configuration, which needs no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def migrate(url: str, *, revision: str = "head") -> None:
    """Bring a database to a revision, forwards; the newest by default."""
    config = alembic_config()
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.commit()
    finally:
        engine.dispose()


def roll_back(url: str, *, revision: str) -> None:
    """Take a database back to an earlier revision."""
    config = alembic_config()
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, revision)
            connection.commit()
    finally:
        engine.dispose()
