import json

import pytest

from app.reports.figures import SENTIMENTS
from app.reports.published import Figures, FiguresUnreadable
from tests.unit.reports.quarters import made_records, published


@pytest.fixture
def figures():
    return published(
        made_records(asked=98, answered=44, themes={"worker": 7, "home": 23}, sentiments={"positive": 20}),
        made_records(asked=98, answered=40, themes={"worker": 12}),
    )


def test_frozen_figures_are_read_back_as_they_were(figures):
    assert Figures.from_json(figures.to_json()) == figures


def test_equal_figures_have_one_checksum(figures):
    again = Figures.from_json(json.dumps(json.loads(figures.to_json()), indent=2))

    assert again.checksum == figures.checksum
    assert len(figures.checksum) == 64


def test_another_number_gives_another_checksum(figures):
    other = published(made_records(asked=98, answered=50))

    assert other.checksum != figures.checksum


def test_the_frozen_form_holds_no_number_that_is_hidden(figures):
    small = published(made_records(asked=98, answered=44, themes={"money": 4}))

    frozen = json.loads(small.to_json())
    money = frozen["groups"][0]["themes"][2]
    assert money["people"] == {"people": None, "percent": None}
    assert [line["key"] for line in frozen["groups"][0]["sentiments"]] == list(SENTIMENTS)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 2}', "nothing", '{"format": 1, "profile": {}}'],
)
def test_a_text_that_is_no_set_of_figures_is_refused(text):
    with pytest.raises(FiguresUnreadable):
        Figures.from_json(text)


def test_figures_with_something_unknown_in_them_are_refused(figures):
    frozen = json.loads(figures.to_json())
    frozen["groups"][0]["note"] = "written in by hand"

    with pytest.raises(FiguresUnreadable):
        Figures.from_json(json.dumps(frozen))
