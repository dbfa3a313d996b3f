"""What a page says to the last thing that was sent from it: never what that was."""

import datetime as dt
from dataclasses import dataclass

from app.flows.commands import Command
from app.flows.questions import Question
from app.flows.survey import Survey
from app.shared.messages import Channel
from app.storage import messages
from app.storage.conversations import Conversation, ConversationStatus
from app.storage.database import Work
from app.storage.messages import InboundMessage

SAID_FOR = dt.timedelta(minutes=30)
"""How long our last words stay on the page: whoever opens it later must not learn that something worried us."""
WHO = f"command:{Command.WHO}"
STOPS = frozenset({f"command:{Command.STOP}", "choice"})
"""What the page of a stopped conversation says by its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What stands on a page because of the last thing that was sent."""

    texts: tuple[str, ...] = ()
    """What we said to it, beside the question itself."""
    asked_who: bool = False
    """They asked who we are, which a page says with links."""
    came_late: bool = False
    """It was for a question that has been answered before."""


NOTHING_SAID = PageWords()


def words_for(
    work: Work, conversation: Conversation, survey: Survey, asked: Question | None, *, now: dt.datetime
) -> PageWords:
    """Return what a page says to the newest message of its conversation, if that came from a page just now."""
    newest = messages.find_newest(work, conversation.id)
    if newest is None or newest.channel != Channel.WEB or newest.received_at < now - SAID_FOR:
        return NOTHING_SAID
    if conversation.status == ConversationStatus.STOPPED and newest.taken_as in STOPS:
        return NOTHING_SAID
    shown_anyway = {survey.closing} if asked is None else {asked.prompt}
    asked_who = newest.taken_as == WHO
    reply = messages.reply_to(work, newest)[1:] if asked_who else _reply_to(work, newest, asked)
    return PageWords(
        texts=tuple(text for text in reply if text not in shown_anyway),
        asked_who=asked_who,
        came_late=asked is not None and newest.taken_as == "late_page",
    )


def _reply_to(work: Work, newest: InboundMessage, asked: Question | None) -> tuple[str, ...]:
    reply = messages.reply_to(work, newest)
    if asked is None:
        return reply
    # A hint says how to answer by text; the page says it by its buttons.
    return tuple(text for text in reply if not text.startswith(asked.hint))
