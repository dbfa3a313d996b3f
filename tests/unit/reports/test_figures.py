import json

import pytest

from app.reports.figures import NotRecorded, RawCount, ThemeLine, count, is_empty
from app.reports.records import NOTHING_RECORDED, Asked, Feeling, Mention, QuarterRecords
from app.shared.cohorts import Group

CARE = Group.CHILDREN_IN_CARE
LEAVERS = Group.CARE_LEAVERS
THEMES = (ThemeLine("worker", "Workers"), ThemeLine("home", "Home"))


def records(asked=(), mentions=(), feelings=(), teams=("Oak",), open_link_answers=0):
    return QuarterRecords(tuple(asked), tuple(mentions), tuple(feelings), tuple(teams), open_link_answers)


def counted(quarter):
    return count(quarter, NOTHING_RECORDED, THEMES).current


def of(quarter, group):
    return next(one for one in quarter.groups if one.group is group)


def test_people_are_counted_and_not_messages():
    quarter = counted(
        records(
            asked=[
                Asked("a", CARE, "Oak", True),
                Asked("a", CARE, "Oak", False),
                Asked("b", CARE, "Oak", False),
            ],
            mentions=[Mention("a", CARE, "Oak", "home"), Mention("a", CARE, "Oak", "home")],
        )
    )

    assert of(quarter, CARE).asked == RawCount(2)
    assert of(quarter, CARE).answered == RawCount(1)
    assert of(quarter, CARE).themes == (RawCount(0), RawCount(1))


def test_groups_are_counted_apart():
    quarter = counted(records(asked=[Asked("a", CARE, "Oak", True), Asked("b", LEAVERS, "Oak", True)]))

    assert of(quarter, CARE).answered == RawCount(1)
    assert of(quarter, LEAVERS).answered == RawCount(1)
    assert of(quarter, Group.PARENTS_AND_CARERS).asked == RawCount(0)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        (["positive"], 0),
        (["positive", "neutral"], 0),
        (["mixed"], 1),
        (["positive", "negative"], 1),
        (["negative", "neutral"], 2),
        (["neutral"], 3),
        ([], 3),
    ],
)
def test_each_person_falls_into_one_sentiment(said, place):
    quarter = counted(
        records(
            asked=[Asked("a", CARE, "Oak", True)], feelings=[Feeling("a", CARE, "Oak", one) for one in said]
        )
    )

    sentiments = of(quarter, CARE).sentiments
    assert sentiments[place] == RawCount(1)
    assert sum(raw.people for raw in sentiments) == 1


def test_teams_are_counted_even_where_nobody_was_asked():
    quarter = counted(records(asked=[Asked("a", CARE, "Oak", True)], teams=("Oak", "Elm")))

    assert [(team.team, team.asked, team.answered) for team in quarter.teams] == [
        ("Oak", RawCount(1), RawCount(1)),
        ("Elm", RawCount(0), RawCount(0)),
    ]


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (records(mentions=[Mention("a", CARE, "Oak", "home")]), "nobody who is recorded"),
        (
            records(asked=[Asked("a", CARE, "Oak", False)], mentions=[Mention("a", CARE, "Oak", "home")]),
            "nobody who is recorded",
        ),
        (
            records(
                asked=[Asked("a", CARE, "Oak", True)], feelings=[Feeling("a", LEAVERS, "Oak", "neutral")]
            ),
            "nobody who is recorded",
        ),
        (
            records(asked=[Asked("a", CARE, "Oak", True)], mentions=[Mention("a", CARE, "Oak", "weather")]),
            "weather",
        ),
        (
            records(asked=[Asked("a", CARE, "Oak", True)], feelings=[Feeling("a", CARE, "Oak", "grumpy")]),
            "grumpy",
        ),
        (records(asked=[Asked("a", CARE, "Ash", True)]), "not in the list of teams"),
    ],
)
def test_records_that_do_not_fit_together_are_refused(broken, message):
    with pytest.raises(NotRecorded, match=message):
        counted(broken)


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [
        (NOTHING_RECORDED, True),
        (records(teams=("Oak", "Elm")), True),
        (records(asked=[Asked("a", CARE, "Oak", False)]), False),
        (records(open_link_answers=1), False),
    ],
)
def test_a_quarter_is_empty_where_nobody_was_asked_and_nobody_answered(quarter, expected):
    assert is_empty(quarter) is expected


def test_a_raw_count_refuses_to_be_written():
    raw = RawCount(3)

    with pytest.raises(TypeError, match="suppress it first"):
        str(raw)
    with pytest.raises(TypeError, match="suppress it first"):
        f"{raw}"
    with pytest.raises(TypeError):
        json.dumps(raw)
    assert "3" not in repr(raw)
