import datetime as dt

import pytest

from app.reports.period import Quarter, QuarterNotOver
from app.shared.errors import Rejected


def test_a_quarter_is_written_for_a_reader_and_for_an_address():
    quarter = Quarter(2026, 3)

    assert quarter.label == "July to September 2026"
    assert quarter.key == "2026-Q3"
    assert Quarter.parse("2026-Q3") == quarter


def test_a_summer_quarter_starts_at_eleven_in_the_evening_utc_because_london_is_ahead():
    quarter = Quarter(2026, 3)

    assert quarter.starts == dt.datetime(2026, 6, 30, 23, 0, tzinfo=dt.UTC)
    assert quarter.ends == dt.datetime(2026, 9, 30, 23, 0, tzinfo=dt.UTC)


def test_the_quarter_in_which_the_clocks_go_back_ends_at_midnight_utc():
    quarter = Quarter(2026, 4)

    assert quarter.starts == dt.datetime(2026, 9, 30, 23, 0, tzinfo=dt.UTC)
    assert quarter.ends == dt.datetime(2027, 1, 1, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (dt.datetime(2026, 6, 30, 22, 59, 59, tzinfo=dt.UTC), "2026-Q2"),
        (dt.datetime(2026, 6, 30, 23, 0, tzinfo=dt.UTC), "2026-Q3"),
        (dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC), "2026-Q4"),
        (dt.datetime(2027, 1, 1, 0, 0, tzinfo=dt.UTC), "2027-Q1"),
    ],
)
def test_a_moment_falls_into_the_quarter_of_the_clocks_in_london(moment, key):
    assert Quarter.containing(moment).key == key


def test_quarters_follow_one_another_across_the_year():
    assert Quarter(2026, 1).previous == Quarter(2025, 4)
    assert Quarter(2026, 3).previous == Quarter(2026, 2)
    assert Quarter(2025, 4).next == Quarter(2026, 1)
    assert Quarter(2026, 2) > Quarter(2025, 4)


def test_a_quarter_is_over_at_the_moment_the_next_one_starts():
    last_moment = dt.datetime(2026, 9, 30, 22, 59, 59, tzinfo=dt.UTC)

    assert not Quarter(2026, 3).is_over(last_moment)
    assert Quarter(2026, 3).is_over(last_moment + dt.timedelta(seconds=1))


def test_a_running_quarter_is_refused_by_name():
    with pytest.raises(QuarterNotOver, match="July to September 2026 is not over yet"):
        Quarter(2026, 3).require_over(dt.datetime(2026, 8, 1, tzinfo=dt.UTC))

    Quarter(2026, 2).require_over(dt.datetime(2026, 8, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize("key", ["", "2026", "2026-Q5", "2026-Q0", "Q3-2026", "2026-Q3 ", "٢٠٢٦-Q3"])
def test_a_key_that_names_no_quarter_is_rejected(key):
    with pytest.raises(Rejected, match="such as 2026-Q3"):
        Quarter.parse(key)


def test_a_quarter_outside_one_to_four_cannot_be_made():
    with pytest.raises(ValueError, match="no quarter 5"):
        Quarter(2026, 5)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        Quarter.containing(dt.datetime(2026, 8, 1))  # noqa: DTZ001 — that is the case
