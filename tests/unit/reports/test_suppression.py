"""Disclosure control, rule by rule, with literal numbers."""

import pytest

from app.reports.figures import ThemeLine, count
from app.reports.profiles import BOARD_EXEMPT, PUBLIC, TEAM_VIEW
from app.reports.published import HIDDEN, Cell, Direction
from app.reports.records import NOTHING_RECORDED
from app.reports.suppression import AnotherReader, suppress
from app.shared.cohorts import Group
from tests.unit.reports.quarters import THEMES, children, made_records, published, raw_group, together


def themes(figures):
    return [line.people for line in children(figures).themes]


def sentiments(figures):
    return [line.people for line in children(figures).sentiments]


def exact(asked, theme_counts, sentiment_counts):
    return suppress(raw_group(asked, theme_counts, sentiment_counts), TEAM_VIEW).groups[0]


class TestPrimary:
    def test_counts_of_one_to_five_are_hidden_and_six_is_not(self):
        group = exact(60, [1, 5, 6], [10, 10, 10, 10])

        assert [line.people for line in group.themes] == [HIDDEN, HIDDEN, Cell(6, 15)]

    def test_a_nought_is_shown_out_of_twenty_and_hidden_out_of_nineteen(self):
        out_of_twenty = exact(60, [0], [14, 6, 0, 0])
        out_of_nineteen = exact(60, [0], [13, 6, 0, 0])

        assert out_of_twenty.themes[0].people == Cell(0, 0)
        assert out_of_nineteen.themes[0].people == HIDDEN

    def test_the_public_never_see_a_nought_or_fewer_than_ten(self):
        figures = suppress(raw_group(300, [0, 9, 10], [50, 50, 50, 50]), PUBLIC)

        assert [line.people for line in figures.groups[0].themes] == [HIDDEN, HIDDEN, Cell(10, 5)]


class TestSecondary:
    def test_a_hidden_part_takes_the_next_smallest_with_it(self):
        group = exact(60, [0], [20, 3, 10, 8])

        assert [line.people.people for line in group.sentiments] == [20, None, 10, None]

    def test_a_shown_nought_is_no_cover(self):
        group = exact(60, [0], [20, 3, 10, 0])

        assert [line.people.people for line in group.sentiments] == [20, None, None, 0]

    def test_parts_that_could_still_be_solved_are_all_hidden(self):
        # Were only the first 6 hidden with the 1, the shown 6 would tell that the next-smallest is 6, so 1 is left.
        group = exact(60, [0], [6, 6, 1, 20])

        assert [line.people for line in group.sentiments] == [HIDDEN, HIDDEN, HIDDEN, HIDDEN]

    def test_nothing_is_hidden_where_nothing_is_small(self):
        group = exact(60, [0], [12, 9, 8, 7])

        assert [line.people.people for line in group.sentiments] == [12, 9, 8, 7]

    def test_the_number_asked_is_hidden_where_few_did_not_answer(self):
        few_silent = exact(105, [0], [50, 20, 15, 15])
        enough_silent = exact(106, [0], [50, 20, 15, 15])

        assert (few_silent.asked, few_silent.answered) == (HIDDEN, Cell(100, None))
        assert (enough_silent.asked, enough_silent.answered) == (Cell(106), Cell(100, 94))


class TestHomogeneity:
    def test_what_everybody_said_is_hidden(self):
        group = exact(60, [30, 29], [30, 0, 0, 0])

        assert [line.people for line in group.themes] == [HIDDEN, Cell(29, 97)]
        assert [line.people for line in group.sentiments] == [HIDDEN, HIDDEN, HIDDEN, HIDDEN]

    def test_what_rounding_would_make_everybody_is_hidden(self):
        figures = published(made_records(asked=80, answered=42, themes={"worker": 38, "home": 37}))

        assert themes(figures) == [HIDDEN, Cell(35, 88), Cell(0, 0)]

    def test_that_everybody_answered_is_not_told(self):
        group = exact(100, [0], [50, 20, 15, 15])

        assert (group.asked, group.answered) == (HIDDEN, Cell(100, None))


class TestRounding:
    def test_numbers_out_of_fewer_than_a_hundred_are_rounded_to_five(self):
        figures = published(made_records(asked=98, answered=44, themes={"worker": 7, "home": 23}))

        assert children(figures).asked == Cell(100)
        assert children(figures).answered == Cell(45, 45)
        assert themes(figures) == [Cell(5, 11), Cell(25, 56), Cell(0, 0)]

    def test_numbers_out_of_a_hundred_or_more_are_not(self):
        figures = published(made_records(asked=151, answered=101, themes={"worker": 7, "home": 23}))

        assert children(figures).asked == Cell(151)
        assert children(figures).answered == Cell(101, 67)
        assert themes(figures) == [Cell(7, 7), Cell(23, 23), Cell(0, 0)]

    def test_percentages_need_twenty_people_after_rounding(self):
        seventeen = published(made_records(asked=40, answered=17, themes={"worker": 8}))
        eighteen = published(made_records(asked=40, answered=18, themes={"worker": 8}))

        assert themes(seventeen)[0] == Cell(10, None)
        assert themes(eighteen)[0] == Cell(10, 50)

    def test_whether_there_is_a_percentage_tells_nothing_that_rounding_hid(self):
        shown = [
            children(published(made_records(asked=asked, answered=answered, themes={"worker": 8})))
            for asked, answered in [(18, 12), (19, 12), (22, 12), (40, 18), (40, 19), (40, 22)]
        ]

        assert [group.answered for group in shown] == [Cell(10, 50)] * 3 + [Cell(20, 50)] * 3
        assert [group.themes[0].people for group in shown[3:]] == [Cell(10, 50)] * 3

    def test_percentages_are_made_from_the_rounded_numbers(self):
        figures = published(made_records(asked=80, answered=43, themes={"worker": 22}))

        assert themes(figures)[0] == Cell(20, 44)


class TestBase:
    def test_a_group_of_nine_has_no_tables_and_a_group_of_ten_has(self):
        nine = children(published(made_records(asked=40, answered=9, themes={"worker": 7})))
        ten = children(published(made_records(asked=40, answered=10, themes={"worker": 7})))

        assert (nine.has_tables, nine.themes, nine.sentiments) == (False, (), ())
        assert (nine.asked, nine.answered) == (Cell(40), HIDDEN)
        assert ten.has_tables
        assert ten.themes[0].people == Cell(5)

    def test_that_nobody_was_asked_is_told(self):
        group = children(published(made_records(asked=0, answered=0)))

        assert (group.asked, group.answered) == (Cell(0), HIDDEN)

    def test_fewer_than_ten_asked_is_not_told(self):
        group = children(published(made_records(asked=9, answered=2)))

        assert (group.asked, group.answered) == (HIDDEN, HIDDEN)

    def test_that_nobody_of_many_answered_is_told(self):
        twenty = children(published(made_records(asked=20, answered=0)))
        nineteen = children(published(made_records(asked=19, answered=0)))

        assert twenty.answered == Cell(0, 0)
        assert nineteen.answered == HIDDEN

    def test_few_answers_through_an_open_link_are_not_told(self):
        few = published(made_records(asked=0, answered=0, open_link_answers=9))
        more = published(made_records(asked=0, answered=0, open_link_answers=12))

        assert few.open_link_answers == HIDDEN
        assert more.open_link_answers == Cell(10)


class TestChange:
    def test_a_share_that_rose_by_ten_points_is_higher(self):
        now = made_records(asked=400, answered=200, themes={"worker": 80, "home": 80, "money": 40})
        before = made_records(asked=400, answered=200, themes={"worker": 60, "home": 62, "money": 60})

        figures = published(now, before)

        assert [line.direction for line in children(figures).themes] == [
            Direction.HIGHER,
            Direction.SAME,
            Direction.LOWER,
        ]
        assert children(figures).themes[0].last_quarter == Cell(60, 30)
        assert children(figures).answered_last_quarter == Cell(200, 50)

    def test_a_hidden_number_has_no_direction(self):
        now = made_records(asked=200, answered=100, themes={"worker": 40, "home": 5})
        before = made_records(asked=200, answered=100, themes={"worker": 5, "home": 40})

        lines = children(published(now, before)).themes

        assert (lines[0].last_quarter, lines[0].direction) == (HIDDEN, Direction.NOT_SHOWN)
        assert (lines[1].people, lines[1].direction) == (HIDDEN, Direction.NOT_SHOWN)

    def test_fewer_than_ten_last_quarter_give_no_change_at_all(self):
        now = made_records(asked=200, answered=100, themes={"worker": 40})
        before = made_records(asked=200, answered=9, themes={"worker": 9})

        group = children(published(now, before))

        assert group.answered_last_quarter == HIDDEN
        assert {line.direction for line in group.themes} == {Direction.NOT_SHOWN}
        assert {line.last_quarter for line in group.themes} == {HIDDEN}

    def test_last_quarter_is_taken_as_it_was_released(self):
        released = published(made_records(asked=200, answered=100, themes={"worker": 30}))
        after_an_erasure = made_records(asked=200, answered=99, themes={"worker": 29})
        now = made_records(asked=200, answered=100, themes={"worker": 40})

        figures = suppress(count(now, after_an_erasure, THEMES), BOARD_EXEMPT, released_before=released)

        assert children(figures).answered_last_quarter == Cell(100, 50)
        assert children(figures).themes[0].last_quarter == Cell(30, 30)

    def test_what_was_released_to_the_board_is_not_shown_to_the_public(self):
        released = published(made_records(asked=200, answered=100, themes={"worker": 30}))
        now = made_records(asked=200, answered=100, themes={"worker": 40})

        with pytest.raises(AnotherReader, match="another kind of reader"):
            suppress(count(now, NOTHING_RECORDED, THEMES), PUBLIC, released_before=released)

    def test_a_theme_that_is_new_to_the_codebook_has_no_last_quarter(self):
        released = published(made_records(asked=200, answered=100, themes={"worker": 30}))
        now = count(
            made_records(asked=200, answered=100, themes={"pets": 30}),
            NOTHING_RECORDED,
            [ThemeLine("pets", "Pets")],
        )

        line = children(suppress(now, BOARD_EXEMPT, released_before=released)).themes[0]

        assert (line.last_quarter, line.direction) == (HIDDEN, Direction.NOT_SHOWN)

    def test_a_move_that_rounding_could_make_is_too_close_to_tell(self):
        # 20 of 40 against 15 of 40 as shown; 18 of 42 against 17 of 38 would be shown alike.
        now = made_records(asked=200, answered=40, themes={"worker": 20})
        before = made_records(asked=200, answered=40, themes={"worker": 15})

        line = children(published(now, before)).themes[0]

        assert (line.people.percent, line.last_quarter.percent) == (50, 38)
        assert line.direction is Direction.TOO_CLOSE

    def test_twenty_points_out_of_twenty_people_are_too_close_to_tell(self):
        now = made_records(asked=60, answered=22, themes={"worker": 8, "home": 7})
        before = made_records(asked=60, answered=18, themes={"worker": 7, "home": 8})

        lines = children(published(now, before)).themes

        assert [(line.people.percent, line.last_quarter.percent) for line in lines[:2]] == [
            (50, 25),
            (25, 50),
        ]
        assert [line.direction for line in lines[:2]] == [Direction.TOO_CLOSE, Direction.TOO_CLOSE]

    def test_a_small_move_that_rounding_could_have_shrunk_is_too_close_to_tell(self):
        # 45 of 95 against 40 of 95 as shown, 47 against 42 points; 47 of 93 against 38 of 97 would be shown alike.
        now = made_records(asked=200, answered=95, themes={"worker": 45})
        before = made_records(asked=200, answered=95, themes={"worker": 40})

        assert children(published(now, before)).themes[0].direction is Direction.TOO_CLOSE

    def test_a_move_that_no_rounding_could_make_is_told(self):
        now = made_records(asked=200, answered=40, themes={"worker": 30})
        before = made_records(asked=200, answered=40, themes={"worker": 10})

        assert children(published(now, before)).themes[0].direction is Direction.HIGHER

    def test_equal_shares_are_about_the_same(self):
        now = made_records(asked=200, answered=40, themes={"worker": 15})
        before = made_records(asked=200, answered=80, themes={"worker": 30})

        assert children(published(now, before)).themes[0].direction is Direction.SAME

    def test_where_one_quarter_has_no_percentage_there_is_no_direction(self):
        many = made_records(asked=200, answered=40, themes={"worker": 15})
        few = made_records(asked=200, answered=15, themes={"worker": 10})

        lines = [
            children(figures).themes[0]
            for figures in (published(many, few), published(few, many), published(few, few))
        ]

        assert [(line.people.percent, line.last_quarter.percent) for line in lines] == [
            (38, None),
            (None, 38),
            (None, None),
        ]
        assert {line.direction for line in lines} == {Direction.NOT_SHOWN}


class TestTeams:
    def quarter(self, *, silent_asked):
        return together(
            made_records(asked=30, answered=20, team="Oak team"),
            made_records(
                Group.CARE_LEAVERS,
                asked=silent_asked,
                answered=0,
                team="Elm team",
                teams=["Elm team", "Ash team"],
            ),
        )

    def test_a_silent_team_is_named_where_twenty_were_asked(self):
        teams = published(self.quarter(silent_asked=20)).teams

        assert (teams.heard, teams.silent, teams.too_few) == (("Oak team",), ("Elm team",), ("Ash team",))

    def test_a_silent_team_of_nineteen_is_not_named_as_silent(self):
        teams = published(self.quarter(silent_asked=19)).teams

        assert (teams.silent, teams.too_few) == ((), ("Ash team", "Elm team"))

    @pytest.mark.parametrize(
        ("asked", "answered", "heard"),
        [(10, 6, ("Oak team",)), (9, 6, ()), (10, 5, ()), (40, 5, ()), (40, 40, ("Oak team",))],
    )
    def test_a_team_is_heard_where_six_answered_of_ten_asked(self, asked, answered, heard):
        teams = published(made_records(asked=asked, answered=answered)).teams

        assert teams.heard == heard
        assert teams.silent == ()

    def test_the_public_are_not_told_which_team_is_silent(self):
        teams = published(self.quarter(silent_asked=20), profile=PUBLIC).teams

        assert (teams.heard, teams.silent) == ((), ())
        assert teams.too_few == ("Ash team", "Elm team", "Oak team")


def test_groups_are_told_apart_and_never_summed():
    figures = published(
        together(
            made_records(asked=40, answered=20),
            made_records(Group.CARE_LEAVERS, asked=50, answered=30),
        )
    )

    assert [(group.group, group.answered.people) for group in figures.groups] == [
        (Group.CHILDREN_IN_CARE, 20),
        (Group.CARE_LEAVERS, 30),
        (Group.PARENTS_AND_CARERS, None),
    ]


@pytest.mark.parametrize("feelings", [{"positive": 20, "negative": 22}, {"mixed": 12, "neutral": 30}])
def test_sentiments_of_a_quarter_reach_the_figures(feelings):
    figures = published(made_records(asked=80, answered=42, sentiments=feelings))

    expected = {"positive": 20, "mixed": 10, "negative": 20, "neutral": 30}
    shown = [cell.people for cell in sentiments(figures) if cell.people]
    assert sorted(shown) == sorted(expected[name] for name in feelings)
