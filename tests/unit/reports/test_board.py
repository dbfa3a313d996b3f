import pytest

from app.reports.board import PaperNotChecked
from app.reports.method import MethodFacts
from app.reports.profiles import PUBLIC, TEAM_VIEW
from app.reports.records import NOTHING_RECORDED
from app.reports.report import Bullets, Chart, PaperStatus, Paragraph, Table
from app.shared.cohorts import Group
from tests.unit.reports.papers import blocks_of, made_figures, made_paper, sections_of
from tests.unit.reports.quarters import made_records, published, together


def tables(report):
    return [block for block in blocks_of(report) if isinstance(block, Table)]


def words(report):
    found = []
    for block in blocks_of(report):
        match block:
            case Paragraph(text):
                found.append(text)
            case Bullets(items):
                found += items
    return found


class TestCover:
    def test_it_names_council_period_status_and_authors_and_nothing_technical(self):
        assert made_paper().facts == (
            ("Council", "Example County Council"),
            ("Period", "July to September 2026"),
            ("Status", "Draft: disclosure not checked yet"),
            ("Prepared by", "The participation team"),
            ("Disclosure checked by", "Nobody yet"),
        )

    @pytest.mark.parametrize(
        ("status", "mark"),
        [
            (PaperStatus.DRAFT, "EXEMPT: not for publication"),
            (PaperStatus.CHECKED, "EXEMPT: not for publication"),
            (PaperStatus.RELEASED, "For members of the board. Not for publication"),
        ],
    )
    def test_a_paper_is_marked_exempt_until_it_is_released_to_the_board(self, status, mark):
        assert made_paper(status=status, checked_by="A second person").mark == mark

    @pytest.mark.parametrize(
        ("profile", "mark"), [(TEAM_VIEW, "For staff of the council. Not for publication"), (PUBLIC, None)]
    )
    def test_a_released_paper_says_whom_it_is_for_unless_it_is_public(self, profile, mark):
        figures = published(made_records(asked=60, answered=30), profile=profile)

        paper = made_paper(figures, status=PaperStatus.RELEASED, checked_by="A second person")

        assert paper.mark == mark

    @pytest.mark.parametrize("checked_by", [None, "The participation team"])
    @pytest.mark.parametrize("status", [PaperStatus.CHECKED, PaperStatus.RELEASED])
    def test_a_paper_past_its_draft_was_checked_by_somebody_else(self, status, checked_by):
        with pytest.raises(PaperNotChecked, match="other than the author"):
            made_paper(status=status, checked_by=checked_by)


class TestTables:
    def test_who_answered_stands_by_group_and_without_a_sum(self):
        assert tables(made_paper())[0].rows == (
            ("Children in our care", "148", "65", "44%"),
            ("Care leavers", "112", "40", "36%"),
            ("Parents and carers", "20", "c", "c"),
        )

    def test_subjects_are_ranked_by_shown_numbers_with_change(self):
        table = tables(made_paper())[1]

        assert table.header == ("Subject", "People", "Share", "Share last quarter", "Change")
        assert table.rows == (
            ("Social workers and personal advisers", "30", "46%", "17%", "Higher"),
            ("Where I live", "20", "31%", "42%", "Lower"),
            ("Money", "c", "c", "0%", "Not shown"),
        )

    def test_hidden_subjects_stand_in_the_order_of_the_alphabet_whatever_their_numbers(self):
        fewer_money = published(
            made_records(asked=60, answered=30, themes={"worker": 2, "home": 3, "money": 1})
        )
        more_money = published(
            made_records(asked=60, answered=30, themes={"worker": 1, "home": 2, "money": 5})
        )

        assert tables(made_paper(fewer_money)) == tables(made_paper(more_money))
        assert [row[0] for row in tables(made_paper(more_money))[1].rows] == [
            "Money",
            "Social workers and personal advisers",
            "Where I live",
        ]

    def test_without_last_quarter_there_is_no_column_for_change(self):
        paper = made_paper()

        care_leavers = next(table for table in tables(paper) if "by care leavers" in table.caption)
        assert care_leavers.header == ("Subject", "People", "Share")
        assert (
            "No change is shown: fewer than 10 people answered in April to June 2026, or nobody was asked."
            in words(paper)
        )

    def test_each_table_of_subjects_has_a_chart_of_the_same_numbers_before_it(self):
        blocks = blocks_of(made_paper())

        chart = next(block for block in blocks if isinstance(block, Chart))
        table = blocks[blocks.index(chart) + 1]
        assert chart.bars == (("Social workers and personal advisers", 30), ("Where I live", 20))
        assert [(row[0], row[1]) for row in table.rows][:2] == [
            (label, str(people)) for label, people in chart.bars
        ]

    def test_the_alternative_text_names_the_bars_and_what_is_not_drawn(self):
        chart = next(block for block in blocks_of(made_paper()) if isinstance(block, Chart))

        assert chart.alternative == (
            "Bar chart of the people who raised each subject. Social workers and personal advisers: 30; Where I live: 20. "
            "Not drawn, because their numbers are hidden (c): Money. The table below holds the same numbers."
        )

    def test_a_group_where_every_subject_is_hidden_has_no_chart(self):
        figures = published(made_records(asked=60, answered=30, themes={"worker": 2}))

        assert not [block for block in blocks_of(made_paper(figures)) if isinstance(block, Chart)]
        assert "No subject was raised by enough people to be shown." in " ".join(words(made_paper(figures)))

    def test_no_percentage_is_given_out_of_seventeen(self):
        figures = published(made_records(asked=60, answered=17, themes={"worker": 8}))

        assert tables(made_paper(figures))[1].rows[0] == ("Social workers and personal advisers", "10", "z")


class TestChange:
    def paper(self, now, before):
        return made_paper(published(now, before))

    def told(self, paper):
        (paragraph,) = sections_of(paper)["Change from last quarter"].blocks
        return paragraph.text

    def test_what_moved_is_named_subjects_and_feelings(self):
        paper = self.paper(
            made_records(asked=200, answered=60, themes={"worker": 40}, sentiments={"positive": 45}),
            made_records(asked=200, answered=60, themes={"worker": 20}, sentiments={"positive": 20}),
        )

        assert "Subjects that moved: Social workers and personal advisers (higher). " in self.told(paper)
        assert "Feelings that moved: Positive (higher); No feeling either way" in self.told(paper)

    def test_a_move_that_rounding_may_explain_is_never_called_the_same(self):
        # Out of about 20 people, in both quarters.
        paper = self.paper(
            made_records(asked=60, answered=22, themes={"worker": 8, "home": 7}),
            made_records(asked=60, answered=22, themes={"worker": 7, "home": 8}),
        )

        assert [row[2:] for row in tables(paper)[1].rows[:2]] == [
            ("50%", "25%", "Too close to tell"),
            ("25%", "50%", "Too close to tell"),
        ]
        assert "No change was large enough to be sure of after rounding." in self.told(paper)

    def test_exact_shares_that_hardly_moved_are_said_to_have_not_moved_by_so_much(self):
        paper = self.paper(
            made_records(asked=400, answered=200, themes={"worker": 80}),
            made_records(asked=400, answered=200, themes={"worker": 70}),
        )

        assert tables(paper)[1].rows[0][2:] == ("40%", "35%", "About the same")
        assert "No share that is shown for both quarters moved by so much." in self.told(paper)

    def test_without_percentages_no_change_is_told(self):
        paper = self.paper(
            made_records(asked=60, answered=17, themes={"worker": 8}),
            made_records(asked=60, answered=17, themes={"worker": 8}),
        )

        assert tables(paper)[1].rows[0][2:] == ("z", "z", "Not shown")
        assert "No share is shown for both quarters, so no change can be told." in self.told(paper)


class TestInShort:
    def test_rounded_numbers_are_called_so_and_exact_ones_are_not(self):
        rounded = made_paper(published(made_records(asked=60, answered=30, themes={"worker": 12})))
        exact = made_paper(published(made_records(asked=300, answered=200, themes={"worker": 15})))

        assert sections_of(rounded)["In short"].blocks[0].items[0] == (
            "Children in our care: about 30 people answered of about 60 asked. "
            "Raised most: Social workers and personal advisers (about 10 people)."
        )
        assert sections_of(exact)["In short"].blocks[0].items[0] == (
            "Children in our care: 200 people answered of 300 asked. "
            "Raised most: Social workers and personal advisers (15 people)."
        )


class TestSmallGroups:
    def test_fewer_than_ten_are_told_of_in_a_workers_words_only(self):
        section = sections_of(made_paper())["Parents and carers"]

        assert not [block for block in section.blocks if isinstance(block, Table | Chart)]
        assert Bullets(("Getting an answer when they ring",)) in section.blocks

    def test_without_a_workers_words_it_says_that_there_are_none(self):
        section = sections_of(made_paper(subjects=()))["Parents and carers"]

        assert section.blocks[-1] == Paragraph("No subjects were added for this group.")

    def test_a_workers_words_are_left_out_where_there_are_tables(self):
        figures = published(
            made_records(Group.PARENTS_AND_CARERS, asked=60, answered=30, themes={"worker": 12})
        )

        assert "Getting an answer when they ring" not in words(made_paper(figures))

    def test_a_group_that_nobody_asked_says_so(self):
        paper = made_paper(published(NOTHING_RECORDED))

        assert sections_of(paper)["Care leavers"].blocks == (
            Paragraph("No care leavers were asked this quarter."),
        )
        assert "Care leavers: nobody was asked." in words(paper)

    def test_a_group_where_nobody_answered_says_so(self):
        paper = made_paper(published(made_records(asked=40, answered=0)))

        assert sections_of(paper)["Children in our care"].blocks == (
            Paragraph("Nobody answered this quarter."),
        )
        assert "Children in our care: nobody answered." in words(paper)


class TestNotHeard:
    def test_silent_teams_are_named(self):
        figures = published(
            together(
                made_records(asked=40, answered=30),
                made_records(
                    Group.CARE_LEAVERS, asked=20, answered=0, team="Elm team", teams=["Elm team", "Fir team"]
                ),
            )
        )

        section = sections_of(made_paper(figures))["Teams"]

        assert section.blocks == (
            Paragraph("At least 6 people answered in these teams:"),
            Bullets(("Oak team",)),
            Paragraph("Nobody answered in these teams, where at least 20 people were asked:"),
            Bullets(("Elm team",)),
            Paragraph("In these teams fewer than 6 people answered, or too few were asked to say:"),
            Bullets(("Fir team",)),
        )

    def test_that_nobody_of_ten_answered_in_a_team_is_not_told(self):
        figures = published(
            together(
                made_records(asked=40, answered=30),
                made_records(Group.CARE_LEAVERS, asked=10, answered=0, team="Elm team", teams=["Elm team"]),
            )
        )

        section = sections_of(made_paper(figures))["Teams"]

        assert section.blocks[2:] == (
            Paragraph("In these teams fewer than 6 people answered, or too few were asked to say:"),
            Bullets(("Elm team",)),
        )
        assert "Elm team: nobody answered." not in words(made_paper(figures))

    def test_no_team_is_named_where_nothing_can_be_said_of_any(self):
        assert sections_of(made_paper(published(NOTHING_RECORDED)))["Teams"].blocks == (
            Paragraph("In every team fewer than 6 people answered, or too few were asked to say."),
        )

    def test_a_public_paper_names_no_team(self):
        figures = published(made_records(asked=60, answered=30), profile=PUBLIC)

        paper = made_paper(figures)

        assert sections_of(paper)["Teams"].blocks == (Paragraph("This paper names no team."),)
        assert not [text for text in words(paper) if text.startswith("Of a team")]

    def test_that_no_group_was_silent_is_said_only_as_far_as_we_know(self):
        paper = made_paper(
            published(together(*(made_records(group, asked=60, answered=15) for group in Group)))
        )

        assert sections_of(paper)["Groups"].blocks == (
            Paragraph("No group was completely silent, as far as we can say."),
        )

    def test_subjects_that_nobody_raised_are_named_by_group(self):
        said = words(made_paper())

        assert "Care leavers: Where I live." in said
        assert not [text for text in said if text.startswith("Children in our care: Money")]

    def test_it_says_when_no_subject_is_known_to_be_missing(self):
        figures = published(made_records(asked=60, answered=15))

        assert "There is no subject of which we can say that nobody raised it." in words(made_paper(figures))


class TestMethod:
    def test_it_tells_dates_channels_questions_and_version(self):
        said = words(made_paper())

        assert (
            "This paper covers July to September 2026. The first invitation went out on 6 July 2026. "
            "The last answer came on 25 September 2026."
        ) in said
        assert "People answered by text message and web page." in said
        assert "Do you feel listened to?" in said
        assert (
            "Answers by number or by choice are not in this paper: it counts subjects and feelings in people's own words. "
            "Whoever answered only by number or by choice still counts as somebody who answered."
        ) in said
        assert [text for text in said if "not representative" in text]

    def test_it_tells_what_the_figures_were_made_from(self):
        figures = made_figures()

        assert (
            "Snapshot of the answers: 2 October 2026, 09:14. "
            f"Fingerprint of the figures: {figures.checksum[:16]}. "
            "Version of the software that suggested subjects and feelings: 2026.11."
        ) in words(made_paper(figures))

    def test_surveys_of_one_title_are_told_apart_by_whom_they_were_for(self):
        headings = [heading for heading in sections_of(made_paper()) if heading.startswith("Questions")]

        assert headings == [
            "Questions of “How are things?”: Children in care, aged 11 to 17",
            "Questions of “How are things?”: Care leavers",
        ]

    def test_what_may_be_said_of_a_team_is_explained(self):
        assert (
            "Of a team, it is said that people answered only where at least 6 did, of at least 10 asked. "
            "That nobody answered is said only where at least 20 were asked."
        ) in words(made_paper())

    def test_a_quarter_without_invitations_has_no_dates(self):
        nothing = MethodFacts(
            first_asked=None, last_answered=None, surveys=(), channels=(), tagger_version="2026.11"
        )

        said = words(made_paper(method=nothing))

        assert "This paper covers July to September 2026." in said
        assert "No channel was open." in said

    def test_the_signs_are_explained_by_the_thresholds_that_were_applied(self):
        said = " ".join(words(made_paper()))

        assert "It stands for a number from 1 to 5; for nought where fewer than 20 people answered" in said
        assert "out of a hidden number or of fewer than 20 people, counted after rounding." in said
        assert "so a number that is shown stands for 6 people or more, or for nobody." in said
        assert "“Too close to tell” means that it is shown as different" in said
        assert "rounded to the nearest 5 where they are out of fewer than 100 people" in said
