"""Members of staff who are signed in, each role in a browser of its own."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password

from app.usecases import accounts
from tests.factories import Kit
from tests.support.settings import PUBLIC_URL

PASSWORD = "a long enough password"
Enter = Callable[..., FlaskClient]


def token_on(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page has no form with a token"
    return found[1]


class StaffClient(FlaskClient):
    """A browser that fills in a page's form with its token, as a person does."""

    def open(self, *args: object, **options: object):
        return super().open(*args, **({"base_url": PUBLIC_URL} | options))

    def send(self, page: str, action: str, data: dict[str, object] | None = None, **options: object):
        token = token_on(self.get(page).text)
        return self.post(action, data={"csrf_token": token} | (data or {}), **options)


@pytest.fixture
def staff_app(app: Flask) -> Flask:
    app.test_client_class = StaffClient
    return app


@pytest.fixture
def add_account(staff_app: Flask, kit: Kit) -> Callable[..., object]:
    hashed: dict[str, str] = {}

    def add(role: str, email: str | None = None, **values: object):
        with staff_app.app_context():
            hashed.setdefault("hash", hash_password(PASSWORD))
        return accounts.add_staff(
            kit.toolkit,
            email=email or f"{role}@example.org",
            name=f"Pat {role.replace('_', ' ')}",
            roles=[role],
            password_hash=hashed["hash"],
            **values,
        )

    return add


@pytest.fixture
def enter(staff_app: Flask, add_account: Callable[..., object]) -> Enter:
    """Return a function that signs somebody of a role in."""

    def sign_in(role: str, email: str | None = None, **values: object) -> FlaskClient:
        add_account(role, email, **values)
        client = staff_app.test_client()
        answer = client.send(
            "/staff/sign-in",
            "/staff/sign-in",
            {"email": email or f"{role}@example.org", "password": PASSWORD},
        )
        assert answer.status_code == 302, answer.text
        return client

    return sign_in
