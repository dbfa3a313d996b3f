"""What a young person writes, their name and their number stand nowhere in the files that we keep."""

import base64
import logging
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.factory import create_app
from app.settings import Settings
from tests.factories import a_lead, a_person, a_survey, an_invitation
from tests.functional.hooks import a_form, post

PHONE = "+447700900001"
MARKS = (b"zebracanary", b"hits me", b"7700900001", b"Sam Example")


@pytest.fixture
def folder_with_a_disclosure(environ, sqlite_url, caplog):
    """A data folder after somebody joined, answered and disclosed something, with a worker's jobs still waiting."""
    caplog.set_level(logging.DEBUG)
    settings = Settings.from_environ(environ | {"DATABASE_URL": sqlite_url})
    app = create_app(settings)
    toolkit = app.extensions["heard"]
    kit = SimpleNamespace(toolkit=toolkit, clock=toolkit.clock)
    a_lead(kit)
    an_invitation(kit, a_person(kit, phone=PHONE), a_survey(kit))
    client = app.test_client()
    for number, text in enumerate(
        ("1", "4 zebracanary", "zebracanary my foster dad hits me", "STOP"), start=1
    ):
        assert post(client, a_form(text, MessageSid=f"SM{number:032d}", From=PHONE)).status_code == 200
    yield settings.data_dir
    toolkit.database.engine.dispose()


def everything_in(folder: Path) -> bytes:
    raw = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    # Jobs stand in base64: what it hides is looked through too.
    hidden = (
        base64.b64decode(match[: len(match) // 4 * 4]) for match in re.findall(rb"[A-Za-z0-9+/]{40,}", raw)
    )
    return raw + b"".join(hidden)


def test_the_database_and_the_jobs_hold_no_mark(folder_with_a_disclosure):
    kept = everything_in(folder_with_a_disclosure)

    assert b"inbound_messages" in kept
    assert b'"callbacks"' in kept
    assert [mark for mark in MARKS if mark in kept] == []


def test_the_log_holds_no_mark(folder_with_a_disclosure, caplog):
    assert [mark for mark in MARKS if mark.decode() in caplog.text] == []
