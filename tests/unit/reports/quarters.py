"""Quarters made up for tests: fictional people, counted in round-about ways."""

from collections.abc import Mapping, Sequence

from app.reports.figures import RawCount, RawFigures, RawGroup, RawQuarter, RawTeam, ThemeLine, count
from app.reports.profiles import BOARD_EXEMPT, Profile
from app.reports.published import Figures, GroupFigures
from app.reports.records import NOTHING_RECORDED, Asked, Feeling, Mention, QuarterRecords
from app.reports.suppression import suppress
from app.shared.cohorts import Group

THEMES = (
    ThemeLine("worker", "Social workers and personal advisers"),
    ThemeLine("home", "Where I live"),
    ThemeLine("money", "Money"),
)


def made_records(
    group: Group = Group.CHILDREN_IN_CARE,
    *,
    asked: int,
    answered: int,
    themes: Mapping[str, int] | None = None,
    sentiments: Mapping[str, int] | None = None,
    team: str = "Oak team",
    teams: Sequence[str] = ("Oak team",),
    open_link_answers: int = 0,
) -> QuarterRecords:
    """Make a quarter of one group: themes start at the first person, feelings follow one another."""
    people = [f"{group}-{number}" for number in range(asked)]
    feelings = [sentiment for sentiment, number in (sentiments or {}).items() for _ in range(number)]
    return QuarterRecords(
        asked=tuple(Asked(person, group, team, number < answered) for number, person in enumerate(people)),
        mentions=tuple(
            Mention(person, group, team, theme)
            for theme, number in (themes or {}).items()
            for person in people[:number]
        ),
        feelings=tuple(
            Feeling(person, group, team, sentiment)
            for person, sentiment in zip(people, feelings, strict=False)
        ),
        teams=tuple(teams),
        open_link_answers=open_link_answers,
    )


def together(*quarters: QuarterRecords) -> QuarterRecords:
    """Join quarters of several groups or teams into one."""
    return QuarterRecords(
        asked=tuple(line for quarter in quarters for line in quarter.asked),
        mentions=tuple(line for quarter in quarters for line in quarter.mentions),
        feelings=tuple(line for quarter in quarters for line in quarter.feelings),
        teams=tuple(dict.fromkeys(team for quarter in quarters for team in quarter.teams)),
        open_link_answers=sum(quarter.open_link_answers for quarter in quarters),
    )


def published(
    records: QuarterRecords, previous: QuarterRecords = NOTHING_RECORDED, profile: Profile = BOARD_EXEMPT
) -> Figures:
    """Count and suppress, with the made-up themes."""
    return suppress(count(records, previous, THEMES), profile)


def children(figures: Figures) -> GroupFigures:
    """Take the children in care out of some figures."""
    return next(group for group in figures.groups if group.group is Group.CHILDREN_IN_CARE)


def raw_group(asked: int, themes: Sequence[int], sentiments: Sequence[int]) -> RawFigures:
    """Make exact counts of one group without making up the people; everybody in `sentiments` answered."""
    groups = [
        RawGroup(
            Group.CHILDREN_IN_CARE,
            RawCount(asked),
            RawCount(sum(sentiments)),
            tuple(map(RawCount, themes)),
            tuple(map(RawCount, sentiments)),
        )
    ]
    nothing = RawGroup(
        Group.CHILDREN_IN_CARE,
        RawCount(0),
        RawCount(0),
        tuple(RawCount(0) for _ in themes),
        tuple(RawCount(0) for _ in sentiments),
    )
    lines = tuple(ThemeLine(f"theme_{place}", f"Theme {place}") for place in range(len(themes)))
    no_teams: tuple[RawTeam, ...] = ()
    return RawFigures(
        lines,
        RawQuarter(tuple(groups), no_teams, RawCount(0)),
        RawQuarter((nothing,), no_teams, RawCount(0)),
    )
