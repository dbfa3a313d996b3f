"""Tag answers: the machine suggests, with the words that caused it; a person confirms or corrects beside it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from app.analysis.sentiment import Sentiment
from app.analysis.themes import load_codebook
from app.flows.survey import Survey
from app.shared.errors import Fault, NotFound, Rejected
from app.storage import answers, audit, concerns, surveys
from app.storage.answers import Answer, MachineTag, TagReview
from app.storage.audit import Subject
from app.storage.database import Work
from app.usecases.toolkit import Toolkit


def tag_answer(toolkit: Toolkit, answer_id: UUID) -> None:
    """Let the machine tag an answer's words, once."""
    now = toolkit.clock()
    with toolkit.database.begin() as work:
        answer = answers.find(work, answer_id)
        if answer is None or answer.tagged_at is not None or not answer.has_words:
            return
        text = work.unseal(answer, "text_sealed") or ""
        tags = toolkit.tag(text, question=question_of(work, answer))
        sentiment = tags.sentiment
        suggested = [("sentiment", str(sentiment.label), sentiment.polarity, sentiment.words)]
        suggested += [("theme", theme.key, theme.score, theme.words) for theme in tags.themes]
        for kind, key, score, words in suggested:
            tag = MachineTag(
                answer_id=answer.id,
                kind=kind,
                key=key,
                score=score,
                tagger_version=tags.version,
                tagged_at=now,
            )
            answers.add_machine_tag(work, tag, words=words)
        answer.tagged_at = now


def question_of(work: Work, answer: Answer) -> str:
    """Return the text of the question that an answer was given to."""
    survey = Survey.from_json(surveys.get(work, answer.survey_id).definition)
    return survey.question(answer.question_id).text


def untagged(toolkit: Toolkit, *, but_not: Collection[UUID] = ()) -> list[UUID]:
    """Return the ids of answers that the machine has not tagged yet."""
    with toolkit.database.read() as work:
        return list(answers.untagged(work, but_not=but_not))


def confirm_tags(toolkit: Toolkit, answer_id: UUID, *, reviewer_id: UUID) -> None:
    """Confirm the machine's tags as they are. Raises NotFound; Rejected where it has not tagged yet."""
    with toolkit.database.begin() as work:
        answer = _reviewable(work, answer_id)
        if answer.tagged_at is None:
            raise Rejected([Fault("tags", "The words are not tagged yet; wait a minute, or choose the tags")])
        suggested = answers.machine_tags(work, [answer.id])
        sentiment = next(tag.key for tag in suggested if tag.kind == "sentiment")
        themes = [tag.key for tag in suggested if tag.kind == "theme"]
        _keep_review(toolkit, work, answer, sentiment, themes, reviewer_id, "tags.confirmed")


def correct_tags(
    toolkit: Toolkit, answer_id: UUID, *, reviewer_id: UUID, sentiment: str, themes: Sequence[str]
) -> None:
    """Keep what a person decided, beside the machine's tags. Raises NotFound, Rejected."""
    known = [theme.key for theme in load_codebook().themes]
    faults = []
    if sentiment not in set(Sentiment):
        faults.append(Fault("sentiment", "Choose how it feels"))
    if set(themes) - set(known):
        faults.append(Fault("themes", "Choose themes from the list"))
    with toolkit.database.begin() as work:
        answer = _reviewable(work, answer_id)
        if faults:
            raise Rejected(faults)
        chosen = [key for key in known if key in themes]
        _keep_review(toolkit, work, answer, sentiment, chosen, reviewer_id, "tags.corrected")


def _reviewable(work: Work, answer_id: UUID) -> Answer:
    answer = answers.find(work, answer_id)
    # Words that wait with the safeguarding lead are nobody else's to judge until the item is closed.
    if answer is None or not answer.has_words or concerns.still_open(work, message_ids=[answer.inbound_id]):
        raise NotFound
    return answer


def _keep_review(  # noqa: PLR0913, PLR0917 — the row's own columns
    toolkit: Toolkit,
    work: Work,
    answer: Answer,
    sentiment: str,
    themes: list[str],
    reviewer_id: UUID,
    action: str,
) -> None:
    now = toolkit.clock()
    work.session.add(
        TagReview(
            answer_id=answer.id,
            reviewer_id=reviewer_id,
            sentiment=sentiment,
            themes=themes,
            reviewed_at=now,
        )
    )
    audit.append(work, action, Subject("answer", answer.id), actor_id=reviewer_id, at=now)
