"""Tag answers: the machine suggests, with the words that caused it; a person confirms or corrects beside it."""

from uuid import UUID

from app.flows.survey import Survey
from app.storage import answers, surveys
from app.storage.answers import Answer, MachineTag
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
                answer_id=answer.id, kind=kind, key=key, score=score, tagger_version=tags.version, tagged_at=now
            )
            answers.add_machine_tag(work, tag, words=words)
        answer.tagged_at = now


def question_of(work: Work, answer: Answer) -> str:
    """Return the text of the question that an answer was given to."""
    survey = Survey.from_json(surveys.get(work, answer.survey_id).definition)
    return survey.question(answer.question_id).text


def untagged(toolkit: Toolkit) -> list[UUID]:
    """Return the ids of answers that the machine has not tagged yet."""
    with toolkit.database.read() as work:
        return list(answers.untagged(work))
