import datetime as dt

import pytest

from app.analysis.clocks import NeverOpen, Tier, WorkingWeek, clock_tier, due_at, is_open, next_opening
from app.analysis.concerns import screen

WEEK = WorkingWeek(frozenset(range(5)), dt.time(9), dt.time(16, 30), frozenset({dt.date(2026, 12, 25)}))
NOON = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)


def at(text):
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def tier_of(text, *, under_13=False, second=False, sent_at=NOON):
    found = screen(text).most_serious
    assert found is not None
    return clock_tier(found, under_13=under_13, second_in_14_days=second, sent_at=sent_at, text=text)


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("i took loads of tablets", Tier.T0),
        ("im going to kill myself tonight", Tier.T0),
        ("my uncle touches me", Tier.T1),
        ("i wish i was dead", Tier.T1),
        ("been cutting again", Tier.T2),
        ("they call me names at school", Tier.T2),
        ("skipping meals because i cant afford it", Tier.T2),
    ],
)
def test_a_concern_has_the_clock_of_its_kind(text, tier):
    assert tier_of(text) is tier


def test_a_worry_about_a_worker_is_a_serious_disclosure():
    assert tier_of("i feel uncomfortable around the night staff") is Tier.T1


@pytest.mark.parametrize(
    "worse",
    [
        {"under_13": True},
        {"second": True},
        {"sent_at": dt.datetime(2026, 7, 1, 21, 0, tzinfo=dt.UTC)},
        {"sent_at": dt.datetime(2026, 1, 5, 5, 59, tzinfo=dt.UTC)},
    ],
)
def test_age_repetition_and_night_tighten_by_one_step(worse):
    assert tier_of("been cutting again", **worse) is Tier.T1


@pytest.mark.parametrize(
    "sent_at", [dt.datetime(2026, 7, 1, 20, 59, tzinfo=dt.UTC), dt.datetime(2026, 1, 5, 6, 0, tzinfo=dt.UTC)]
)
def test_the_evening_and_the_morning_are_not_the_night(sent_at):
    assert tier_of("been cutting again", sent_at=sent_at) is Tier.T2


def test_asking_for_silence_tightens():
    assert tier_of("been cutting again pls dont tell anyone") is Tier.T1


def test_two_reasons_tighten_once():
    assert tier_of("been cutting again", under_13=True, second=True) is Tier.T1


@pytest.mark.parametrize(
    ("tier", "raised", "due"),
    [
        (Tier.T0, "2026-11-21T03:00+00:00", "2026-11-21T03:15+00:00"),
        (Tier.T1, "2026-11-18T10:00+00:00", "2026-11-18T11:00+00:00"),
        (Tier.T1, "2026-11-20T16:00+00:00", "2026-11-23T09:30+00:00"),
        (Tier.T1, "2026-11-21T12:00+00:00", "2026-11-23T10:00+00:00"),
        (Tier.T1, "2026-11-23T08:00+00:00", "2026-11-23T10:00+00:00"),
        (Tier.T2, "2026-11-18T10:00+00:00", "2026-11-18T16:30+00:00"),
        (Tier.T2, "2026-11-18T17:00+00:00", "2026-11-19T12:00+00:00"),
        (Tier.T2, "2026-12-24T17:00+00:00", "2026-12-28T12:00+00:00"),
        (Tier.ROUTE, "2026-11-20T10:00+00:00", "2026-11-24T16:30+00:00"),
        (Tier.T1, "2026-07-01T10:00+01:00", "2026-07-01T11:00+01:00"),
        (Tier.T1, "2026-03-27T16:00+00:00", "2026-03-30T09:30+01:00"),
        (Tier.T2, "2026-10-23T18:00+01:00", "2026-10-26T12:00+00:00"),
        (Tier.T0, "2026-03-29T00:50+00:00", "2026-03-29T01:05+00:00"),
    ],
)
def test_clocks_follow_the_working_week_in_london(tier, raised, due):
    moment = due_at(tier, at(raised), WEEK)

    assert moment == at(due)
    assert moment.utcoffset() == dt.timedelta(0)


def test_the_doors_open_and_close_to_the_minute():
    assert is_open(at("2026-07-01T09:00+01:00"), WEEK)
    assert not is_open(at("2026-07-01T08:59+01:00"), WEEK)
    assert not is_open(at("2026-07-01T16:30+01:00"), WEEK)
    assert not is_open(at("2026-12-25T10:00+00:00"), WEEK)


def test_the_next_opening_is_always_later():
    assert next_opening(at("2026-07-01T09:00+01:00"), WEEK) == at("2026-07-02T09:00+01:00")


def test_an_afternoon_only_week_looks_by_closing():
    afternoons = WorkingWeek(frozenset({2}), dt.time(13), dt.time(15), frozenset())

    assert due_at(Tier.T2, at("2026-11-18T16:00+00:00"), afternoons) == at("2026-11-25T15:00+00:00")


def test_a_week_that_never_opens_is_refused():
    with pytest.raises(NeverOpen):
        next_opening(NOON, WorkingWeek(frozenset(), dt.time(9), dt.time(17), frozenset()))
