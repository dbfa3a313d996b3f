"""Ready-made parts for tests: a toolkit over a real database, people, surveys, messages."""

from tests.factories.rows import a_lead, a_person, a_survey, a_team, an_invitation, rows
from tests.factories.texts import a_text, text_from
from tests.factories.toolkits import FixedClock, Kit, make_kit

__all__ = [
    "FixedClock",
    "Kit",
    "a_lead",
    "a_person",
    "a_survey",
    "a_team",
    "a_text",
    "an_invitation",
    "make_kit",
    "rows",
    "text_from",
]
