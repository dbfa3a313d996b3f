import pytest

from app.reports.board import PaperNotChecked
from app.reports.method import MethodFacts
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
    def test_it_names_period_authors_snapshot_and_fingerprint(self):
        figures = made_figures()

        facts = dict(made_paper(figures).facts)

        assert facts["Period"] == "July to September 2026"
        assert facts["Status"] == "Draft: disclosure not checked yet"
        assert facts["Prepared by"] == "The participation team"
        assert facts["Disclosure checked by"] == "Nobody yet"
        assert facts["Snapshot of the answers"] == "2 October 2026, 09:14"
        assert facts["Fingerprint of the figures"] == figures.checksum[:16]

    @pytest.mark.parametrize(
        ("status", "mark"),
        [
            (PaperStatus.DRAFT, "EXEMPT: not for publication"),
            (PaperStatus.CHECKED, "EXEMPT: not for publication"),
            (PaperStatus.RELEASED, None),
        ],
    )
    def test_a_paper_is_marked_exempt_until_it_is_released(self, status, mark):
        assert made_paper(status=status, checked_by="A second person").mark == mark

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

    def test_no_percentage_is_given_out_of_nineteen(self):
        figures = published(made_records(asked=60, answered=19, themes={"worker": 8}))

        assert tables(made_paper(figures))[1].rows[0] == ("Social workers and personal advisers", "10", "z")


class TestSmallGroups:
    def test_fewer_than_ten_are_told_of_in_a_workers_words_only(self):
        section = sections_of(made_paper())["Parents and carers"]

        assert not [block for block in section.blocks if isinstance(block, Table | Chart)]
        assert Bullets(("Getting an answer when they ring",)) in section.blocks

    def test_without_a_workers_words_nothing_more_is_told(self):
        section = sections_of(made_paper(subjects=()))["Parents and carers"]

        assert section.blocks[-1] == Paragraph("Nothing further can be said without pointing to a person.")

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
                    Group.CARE_LEAVERS, asked=12, answered=0, team="Elm team", teams=["Elm team", "Fir team"]
                ),
            )
        )

        said = words(made_paper(figures))

        assert "We heard from 1 of the 2 teams where at least 10 people were asked." in said
        assert said[said.index("Nobody answered in these teams:") + 1] == "Elm team"
        assert (
            said[said.index("In these teams nobody was asked, or too few people to say:") + 1] == "Fir team"
        )

    def test_teams_are_not_spoken_of_where_too_few_answered(self):
        assert "Too few people answered to say which teams we heard from." in words(
            made_paper(published(NOTHING_RECORDED))
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
        assert [text for text in said if text.endswith("Version of the software: 2026.11.")]
        assert [text for text in said if "not representative" in text]

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
        assert "rounded to the nearest 5 where they are out of fewer than 100 people" in said
