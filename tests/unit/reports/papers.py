"""A paper made up for tests: two groups with tables, one too small for them, one silent team."""

import datetime as dt

from app.reports.board import compose
from app.reports.method import MethodFacts, SurveyAsked
from app.reports.period import Quarter
from app.reports.published import Figures
from app.reports.report import Block, BoardReport, PaperStatus, Section
from app.shared.cohorts import Group
from tests.unit.reports.quarters import made_records, published, together

METHOD = MethodFacts(
    first_asked=dt.date(2026, 7, 6),
    last_answered=dt.date(2026, 9, 25),
    surveys=(
        SurveyAsked(
            "How are things?",
            "Children in care, aged 11 to 17",
            ("How are things where you live?", "Do you feel listened to?"),
        ),
        SurveyAsked("How are things?", "Care leavers", ("How is your home?",)),
    ),
    channels=("text message", "web page"),
    tagger_version="2026.11",
)
WORKERS_WORDS = ("Getting an answer when they ring",)


def made_figures() -> Figures:
    """Make figures with shown, hidden and nought cells in them."""
    now = together(
        made_records(
            asked=148,
            answered=63,
            themes={"worker": 31, "home": 22, "money": 4},
            sentiments={"positive": 21, "negative": 18, "mixed": 15},
            open_link_answers=12,
        ),
        made_records(
            Group.CARE_LEAVERS,
            asked=112,
            answered=38,
            themes={"money": 21, "worker": 2},
            team="Elm team",
            teams=["Elm team"],
        ),
        made_records(
            Group.PARENTS_AND_CARERS,
            asked=22,
            answered=6,
            themes={"worker": 5},
            team="Ash team",
            teams=["Ash team"],
        ),
        made_records(Group.CARE_LEAVERS, asked=0, answered=0, team="Fir team", teams=["Fir team"]),
    )
    before = made_records(asked=140, answered=60, themes={"worker": 12, "home": 24})
    return published(now, before)


def made_paper(
    figures: Figures | None = None,
    *,
    status: PaperStatus = PaperStatus.DRAFT,
    checked_by: str | None = None,
    subjects: tuple[str, ...] = WORKERS_WORDS,
    council: str = "Example County Council",
    method: MethodFacts = METHOD,
) -> BoardReport:
    """Compose a paper for a fictional council."""
    return compose(
        figures or made_figures(),
        council=council,
        quarter=Quarter(2026, 3),
        status=status,
        prepared_by="The participation team",
        checked_by=checked_by,
        subjects={Group.PARENTS_AND_CARERS: subjects},
        method=method,
        snapshot="2 October 2026, 09:14",
    )


def sections_of(report: BoardReport) -> dict[str, Section]:
    """Find every section and part by its heading; the first of a name wins."""
    found: dict[str, Section] = {}

    def walk(sections: tuple[Section, ...]) -> None:
        for section in sections:
            found.setdefault(section.heading, section)
            walk(section.parts)

    walk(report.sections)
    return found


def blocks_of(report: BoardReport) -> list[Block]:
    """List every block of a paper in reading order."""

    def walk(sections: tuple[Section, ...]) -> list[Block]:
        return [block for section in sections for block in (*section.blocks, *walk(section.parts))]

    return walk(report.sections)
