"""A kit over each kind of database."""

from collections.abc import Iterator

import pytest

from tests.factories import Kit, a_person, a_survey, an_invitation, make_kit, text_from


@pytest.fixture
def kit(database_url: str) -> Iterator[Kit]:
    kit = make_kit(database_url)
    yield kit
    kit.toolkit.database.engine.dispose()


@pytest.fixture
def invited(kit: Kit) -> Kit:
    """Somebody who has been asked and has not said yes."""
    an_invitation(kit, a_person(kit), a_survey(kit))
    return kit


@pytest.fixture
def asked(invited: Kit) -> Kit:
    """Somebody who has said yes and stands at the first question."""
    text_from(invited, "1")
    return invited
