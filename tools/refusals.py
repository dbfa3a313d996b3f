"""Show what is refused, the answer each gets, and that nothing changed: `make refusals`.

Everything goes through the real application over a fresh database: the webhook with its signature check, the links, the
survey file and the CSV as a participation worker uploads them.
"""

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.channels.twilio.account import MESSAGE_PATH
from app.channels.twilio.signature import SIGNATURE_HEADER, sign
from app.factory import create_app
from app.settings import Settings
from app.storage.tables import Base
from app.usecases import accounts, upkeep
from tools.development_settings import development_environ

STRANGER = "+447700900997"
WORKER, PASSWORD = "wren@example.org", "for this run only, twelve"
LEADS = ("robin@example.org", "rowan@example.org")
BROKEN_SURVEY = b"""key: Broken Survey
version: one
title: Broken
cohorts: [child_in_care, everybody]
questions:
  - id: a
    kind: scale
    text: "How was your placement?"
  - id: a
    kind: guess
    text: "What do you think?"
    branches: {yes: nowhere}
closing: "Bye."
"""
BROKEN_ROWS = b"""name,phone,cohort,age_band,team
,07700 900201,child_in_care,11-17,North
Ash Example,12345,child_in_care,11-17,North
Bo Example,01905 822666,child_in_care,11-17,North
Cal Example,07700 900204,child,11-17,North
Dee Example,07700 900205,child_in_care,12,North
Eli Example,07700 900206,child_in_care,11-17,
Fay Example,07700 900207,care_leaver,thirty,North
Gil Example,07700 900207,care_leaver,18+,North
=HYPERLINK(1),07700 900209,child_in_care,11-17,North
Ida Example,+33 6 12 34 56 78,child_in_care,11-17,North
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that is refused."""

    name: str
    make: Callable[[FlaskClient], TestResponse]
    status: int
    """The answer that it should get."""
    keeps: str = ""
    """The only table that may grow: a stranger's text is kept, and a person is asked to look."""


def main() -> int:
    """Print each attempt, its answer and what changed; return 1 where an answer or a change is not as it should be."""
    with _application() as app:
        attempts = list(_attempts(app))
        wrong = [attempt.name for attempt in attempts if not _show(app, attempt)]
    print(
        f"{len(attempts)} attempts, {len(wrong)} not as they should be"
        + "".join(f"\n  {name}" for name in wrong)
    )
    return int(bool(wrong))


def _show(app: Flask, attempt: Attempt) -> bool:
    client = app.test_client()
    before = _counts(app)
    answer = attempt.make(client)
    after = _counts(app)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    kept = {"inbound_messages", "concerns", "outbox"} if attempt.keeps else set()
    print(f"\n{attempt.name}: {answer.status_code}")
    for line in _said(answer):
        print(f"    {line}")
    print(f"    changed: {grown or 'nothing'}")
    return answer.status_code == attempt.status and set(grown) <= kept


def _attempts(app: Flask) -> Iterator[Attempt]:
    account = app.extensions["heard_twilio"]
    genuine = {
        "AccountSid": account.account_sid,
        "Body": "hello",
        "From": STRANGER,
        "MessageSid": f"SM{uuid4().hex}",
        "To": account.numbers[0],
    }

    def text(form: dict[str, str], *, signature: str | None = None) -> Callable[[FlaskClient], TestResponse]:
        headers = {SIGNATURE_HEADER: sign(account, MESSAGE_PATH, form) if signature is None else signature}
        return lambda client: client.post(MESSAGE_PATH, data=form, headers=headers)

    without_sid = {name: value for name, value in genuine.items() if name != "MessageSid"}
    yield Attempt("A bad signature", text(genuine, signature="bm90IG91ciBzaWduYXR1cmU="), 403)
    yield Attempt("No signature", text(genuine, signature=""), 403)
    yield Attempt("A missing field, well signed", text(without_sid), 400)
    yield Attempt("Another account, well signed", text(genuine | {"AccountSid": "AC" + "f" * 32}), 403)
    yield Attempt("A body of 100 kB", text(genuine | {"Body": "a" * 100_000}), 413)
    yield Attempt("An unknown number", text(genuine), 200, keeps="a stranger's text")
    yield Attempt("An unknown link", lambda client: client.get(f"/t/{uuid4().hex}"), 404)
    yield Attempt("An unknown survey's open link", lambda client: client.get(f"/s/{uuid4().hex}"), 404)
    yield Attempt(
        "An unknown survey", lambda client: _signed_in(client).get(f"/staff/surveys/{uuid4()}"), 404
    )
    yield Attempt(
        "A broken survey file", _upload("/staff/surveys/publish", "survey.yaml", BROKEN_SURVEY), 422
    )
    yield Attempt("A CSV with ten bad rows", _upload("/staff/people/import", "people.csv", BROKEN_ROWS), 422)


def _upload(path: str, name: str, content: bytes) -> Callable[[FlaskClient], TestResponse]:
    return lambda client: _signed_in(client).post(path, data={"file": (io.BytesIO(content), name)})


def _signed_in(client: FlaskClient) -> FlaskClient:
    client.post("/staff/sign-in", data={"email": WORKER, "password": PASSWORD})
    return client


def _said(answer: TestResponse) -> list[str]:
    page = answer.get_data(as_text=True)
    body = page.partition("<main")[2].partition("</main>")[0] or page
    summary = re.search(r'error-summary__list">(.*?)</ul>', body, re.DOTALL)
    plain = re.sub(r"<(?:/li|/p|/h1|/Message)>", "\n", summary.group(1) if summary else body)
    lines = [" ".join(unescape(re.sub(r"<[^>]*>", " ", line)).split()) for line in plain.splitlines()]
    return [line for line in lines if line and "main-content" not in line][:30]


def _counts(app: Flask) -> dict[str, int]:
    with app.extensions["heard"].database.read() as work:
        return {
            table.name: work.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name != "audit"
        }


@contextmanager
def _application() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        environ = {**development_environ(Path(folder), port=8000)}
        settings = Settings.from_environ({**environ, "PATH": os.environ["PATH"]})
        upkeep.migrate(settings.database_url)
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            _add_staff(app, hash_password(PASSWORD))
        yield app
        app.extensions["heard"].database.engine.dispose()


def _add_staff(app: Flask, password_hash: str) -> None:
    """Add the worker, and the two leads without whom no survey is published."""
    heard = app.extensions["heard"]
    accounts.add_staff(
        heard, email=WORKER, name="Wren Example", roles=["participation_worker"], password_hash=password_hash
    )
    for email in LEADS:
        accounts.add_staff(
            heard,
            email=email,
            name="Robin Example",
            roles=["safeguarding_lead"],
            password_hash=password_hash,
            is_named_lead=True,
        )


if __name__ == "__main__":
    sys.exit(main())
