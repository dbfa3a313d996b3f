import pytest

from app.reports.profiles import BOARD_EXEMPT, PROFILES, ProfilesBroken, read_profiles


def test_the_three_profiles_of_readers_are_there():
    assert set(PROFILES) == {"team_view", "board_exempt", "public"}
    assert (BOARD_EXEMPT.minimum_base, BOARD_EXEMPT.suppress_below, BOARD_EXEMPT.zero_base) == (10, 6, 20)


def test_a_profile_with_a_missing_and_an_unknown_threshold_names_both():
    text = "board_exempt: {minimum_base: 10, suppress_below: 6, zero_base: 20, round_to: 5, round_below_base: 100, percent_base: 20, direction_points: 10, fudge: 3}"

    with pytest.raises(ProfilesBroken, match="fudge, name_silent_teams"):
        read_profiles(text)
