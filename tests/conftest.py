"""Fixtures that tests of every kind may ask for."""

from pathlib import Path

import pytest

from tests.support.settings import settings_environ

pytest_plugins = ["tests.support.databases", "tests.support.servers", "tests.support.browser"]

NEEDS_LOOPBACK = ("browser", "faults", "server")
"""Marks of tests that start servers; every other test has its sockets shut."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.get_closest_marker(name) for name in NEEDS_LOOPBACK):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return a complete environment for the product, with its files in the test's own folder."""
    return settings_environ(tmp_path)
