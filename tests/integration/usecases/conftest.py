"""A kit over each kind of database."""

from collections.abc import Iterator

import pytest

from tests.factories import Kit, make_kit


@pytest.fixture
def kit(database_url: str) -> Iterator[Kit]:
    kit = make_kit(database_url)
    yield kit
    kit.toolkit.database.engine.dispose()
