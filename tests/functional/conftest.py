"""The whole application over a fresh database, with ports that remember and a clock that stands still."""

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.factory import create_app
from app.http import limiter
from app.settings import Settings
from app.usecases import links
from tests.factories import Kit, a_person, a_survey, an_invitation, make_kit
from tests.functional.chat import MIXED, path_of


@pytest.fixture
def kit(sqlite_url: str) -> Iterator[Kit]:
    kit = make_kit(sqlite_url, new_token=lambda: secrets.token_urlsafe(32))
    yield kit
    kit.toolkit.database.engine.dispose()


@pytest.fixture
def app(kit: Kit, environ: dict[str, str], sqlite_url: str) -> Iterator[Flask]:
    settings = Settings.from_environ(environ | {"DATABASE_URL": sqlite_url, "HEARD_SIMULATOR": "true"})
    app = create_app(settings)
    unused = app.extensions["heard"]
    app.extensions["heard"] = kit.toolkit
    limiter.reset()
    yield app
    unused.database.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def survey_id(kit: Kit):
    return a_survey(kit, MIXED)


@pytest.fixture
def invitation_id(kit, survey_id):
    return an_invitation(kit, a_person(kit), survey_id, channel="web")


@pytest.fixture
def link(kit, invitation_id):
    return path_of(links.make_personal_link(kit.toolkit, invitation_id, actor_id=None, days=14))


@pytest.fixture
def started(client, link):
    client.post(f"{link}/start", data={"reply": "yes"})
    return link


@pytest.fixture
def open_link(kit, survey_id):
    return path_of(links.make_open_link(kit.toolkit, survey_id, actor_id=None, days=14))
