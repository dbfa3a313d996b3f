"""Replies as staff read them: by designation, the machine's tags and a person's side by side.

Words that wait with the safeguarding lead are withheld from everybody else until their item is closed.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.analysis.sentiment import Sentiment
from app.analysis.themes import load_codebook
from app.flows.survey import Survey
from app.reports.period import Quarter
from app.shared.errors import NotFound
from app.storage import answers, audit, concerns, people, staff, surveys
from app.storage.answers import Answer, MachineTag, Narrowing, TagReview
from app.storage.audit import Subject
from app.storage.database import Work
from app.usecases.marked import Piece, mark
from app.usecases.surveys import for_whom
from app.usecases.toolkit import Toolkit

ON_A_PAGE = 20
QUARTERS_OFFERED = 8

SENTIMENT_WORDS = {
    Sentiment.POSITIVE: "Positive",
    Sentiment.NEGATIVE: "Negative",
    Sentiment.NEUTRAL: "Neutral",
    Sentiment.MIXED: "Mixed",
    Sentiment.UNKNOWN: "Cannot tell",
}
"""In the order in which they are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One of the machine's tags, with the words that caused it."""

    key: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person decided."""

    sentiment: str
    sentiment_words: str
    themes: tuple[str, ...]
    theme_labels: tuple[str, ...]
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReply:
    """One reply, by designation."""

    id: UUID
    who: str
    team: str | None
    survey: str
    question: str
    value: str | None
    """The number or option they chose, where the words stand beside one."""
    words: tuple[Piece, ...]
    at: dt.datetime
    channel: str
    is_withheld: bool
    """Its words wait with the safeguarding lead."""
    is_with_lead: bool
    is_tagged: bool
    sentiment: Suggestion | None
    themes: tuple[Suggestion, ...]
    review: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which replies to list; what is not understood is left open."""

    quarter: str = ""
    survey: str = ""
    unconfirmed_only: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the list may be narrowed to: value and words; nothing else is understood."""

    quarters: tuple[tuple[str, str], ...]
    surveys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of replies, and what may be chosen."""

    replies: tuple[ReadReply, ...]
    total: int
    page: int
    pages: int
    wanted: Wanted
    offered: Offered


def count_unconfirmed(toolkit: Toolkit) -> int:
    """Return how many replies wait for a person."""
    with toolkit.database.read() as work:
        return answers.count_listed(work, Narrowing(unconfirmed_only=True))


def list_replies(toolkit: Toolkit, wanted: Wanted, *, actor_id: UUID, sees_concerns: bool) -> Listing:
    """Return a page of replies, newest first, and keep that each was read."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        offered = Offered(
            quarters=_quarters_until(now),
            surveys=tuple((row.key, _title_for(row.definition)) for row in surveys.newest_of_each(work)),
        )
        narrowing = _narrow(work, wanted, offered)
        total = answers.count_listed(work, narrowing)
        pages = max(1, -(-total // ON_A_PAGE))
        page = min(max(1, wanted.page), pages)
        rows = answers.listed(work, narrowing, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
        return Listing(
            replies=_read(work, rows, actor_id=actor_id, sees_concerns=sees_concerns, now=now),
            total=total,
            page=page,
            pages=pages,
            wanted=wanted,
            offered=offered,
        )


def open_reply(toolkit: Toolkit, answer_id: UUID, *, actor_id: UUID, sees_concerns: bool) -> ReadReply:
    """Return one reply, and keep that it was read. Raises NotFound."""
    with toolkit.database.begin() as work:
        row = answers.find(work, answer_id)
        if row is None or not row.has_words:
            raise NotFound
        return _read(work, [row], actor_id=actor_id, sees_concerns=sees_concerns, now=toolkit.clock())[0]


def sentiments() -> tuple[tuple[str, str], ...]:
    """Return what may be chosen as the feeling: value and words."""
    return tuple((key.value, words) for key, words in SENTIMENT_WORDS.items())


def themes() -> tuple[tuple[str, str, str], ...]:
    """Return what may be chosen as a theme: key, label and what it means."""
    return tuple((theme.key, theme.label, theme.definition) for theme in load_codebook().themes)


def _title_for(definition: str) -> str:
    survey = Survey.from_json(definition)
    return f"{survey.title} ({for_whom(survey)})"


def _narrow(work: Work, wanted: Wanted, offered: Offered) -> Narrowing:
    quarter = Quarter.parse(wanted.quarter) if wanted.quarter in dict(offered.quarters) else None
    return Narrowing(
        since=None if quarter is None else quarter.starts,
        until=None if quarter is None else quarter.ends,
        survey_ids=(
            surveys.versions_of(work, wanted.survey) if wanted.survey in dict(offered.surveys) else None
        ),
        unconfirmed_only=wanted.unconfirmed_only,
    )


def _quarters_until(now: dt.datetime) -> tuple[tuple[str, str], ...]:
    quarter, found = Quarter.containing(now), []
    for _ in range(QUARTERS_OFFERED):
        found.append((quarter.key, quarter.label))
        quarter = quarter.previous
    return tuple(found)


def _read(
    work: Work, rows: Sequence[Answer], *, actor_id: UUID, sees_concerns: bool, now: dt.datetime
) -> tuple[ReadReply, ...]:
    ids = [row.id for row in rows]
    with_lead = concerns.still_open(work, message_ids=[row.inbound_id for row in rows])
    tags = answers.machine_tags(work, ids)
    reviews = answers.newest_reviews(work, ids)
    names = staff.names(work, {review.reviewer_id for review in reviews.values()})
    read = []
    for row in rows:
        review = reviews.get(row.id)
        reply = _reply(
            work,
            row,
            tags=[tag for tag in tags if tag.answer_id == row.id],
            review=None if review is None else _review(review, names),
            is_with_lead=row.inbound_id in with_lead,
            sees_concerns=sees_concerns,
        )
        if not reply.is_withheld:
            audit.append(work, "reply.read", Subject("answer", row.id), actor_id=actor_id, at=now)
        read.append(reply)
    return tuple(read)


def _reply(  # noqa: PLR0913 — what belongs to one row
    work: Work,
    row: Answer,
    *,
    tags: list[MachineTag],
    review: Review | None,
    is_with_lead: bool,
    sees_concerns: bool,
) -> ReadReply:
    person = None if row.person_id is None else people.get(work, row.person_id)
    survey = Survey.from_json(surveys.get(work, row.survey_id).definition)
    withheld = is_with_lead and not sees_concerns
    suggested = {} if withheld else {kind: _suggestions(work, tags, kind) for kind in ("sentiment", "theme")}
    feelings, found = suggested.get("sentiment", ()), suggested.get("theme", ())
    text = "" if withheld else work.unseal(row, "text_sealed") or ""
    return ReadReply(
        id=row.id,
        who="A visitor of an open link" if person is None else person.designation,
        team=None if row.team_id is None else people.team_name(work, row.team_id),
        survey=survey.title,
        question=survey.question(row.question_id).text,
        value=None if withheld else work.unseal(row, "value_sealed"),
        words=mark(text, (word for one in (*feelings, *found) for word in one.words)),
        at=row.answered_at,
        channel=row.channel,
        is_withheld=withheld,
        is_with_lead=is_with_lead,
        is_tagged=row.tagged_at is not None,
        sentiment=next(iter(feelings), None),
        themes=found,
        review=None if withheld else review,
    )


def _suggestions(work: Work, tags: list[MachineTag], kind: str) -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(
            key=tag.key,
            label=_label(kind, tag.key),
            words=tuple(json.loads(work.unseal(tag, "words_sealed") or "[]")),
        )
        for tag in tags
        if tag.kind == kind
    )


def _review(row: TagReview, names: dict[UUID, str]) -> Review:
    return Review(
        sentiment=row.sentiment,
        sentiment_words=_label("sentiment", row.sentiment),
        themes=tuple(row.themes),
        theme_labels=tuple(_label("theme", key) for key in row.themes),
        by=names.get(row.reviewer_id, "A colleague"),
        at=row.reviewed_at,
    )


def _label(kind: str, key: str) -> str:
    if kind == "sentiment":
        return SENTIMENT_WORDS[Sentiment(key)]
    return next((theme.label for theme in load_codebook().themes if theme.key == key), key)
