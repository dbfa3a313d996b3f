"""Put what a person must look at into the safeguarding queue, with its clock and its alerts."""

import datetime as dt
import json

from app.analysis.clocks import Tier, clock_tier, due_at
from app.analysis.concerns import Screening
from app.flows.questions import Question
from app.flows.understanding import Understood
from app.flows.wording import MessageKey
from app.storage import concerns, outbox
from app.storage.concerns import Concern, ConcernState, Reason
from app.storage.database import Work
from app.storage.sealing import SealBroken
from app.usecases import alerting
from app.usecases.exchange import Exchange
from app.usecases.toolkit import Toolkit

SECOND_CONCERN_WITHIN = dt.timedelta(days=14)
"""Guide 4.3: a second concern within this time is one tier more urgent."""

SUPPORT_ONCE_IN = dt.timedelta(hours=12)
MORE_ONCE_IN = dt.timedelta(hours=1)
ALERT_AGAIN_IN = dt.timedelta(minutes=15)

PAUSING = (Tier.T0, Tier.T1)
"""What stops the questions until a person decides (guide 4.3)."""
MOST_URGENT_FIRST = (Tier.T0, Tier.T1, Tier.T2, Tier.ROUTE)


def screen_message(exchange: Exchange) -> Tier | None:
    """Screen a message before anything else is done with it; return the clock it started, or None.

    A screen that fails makes an item that a person must read: never an error, never silence.
    """
    try:
        with exchange.work.session.begin_nested():
            return _screen_and_raise(exchange)
    except Exception:  # noqa: BLE001 — whatever went wrong, a person must read the message
        exchange.row.screening = "unscreened"
        return Tier(raise_item(exchange, Reason.UNSCREENED, Tier.T1).tier)


def _screen_and_raise(exchange: Exchange) -> Tier | None:
    screening = _screen(exchange)
    if screening.concerns:
        exchange.row.screening = "concern"
        return _raise_concern(exchange, screening)
    if screening.unreadable:
        exchange.row.screening = "unreadable"
        return Tier(raise_item(exchange, Reason.UNREADABLE, Tier.T2).tier)
    exchange.row.screening = "clear"
    return None


def _screen(exchange: Exchange) -> Screening:
    """Screen their words, and where they chose from what we offered also the words of that choice.

    "2" to "Do you feel safe there? 1 yes, 2 no" says no; alone it says nothing, and "1" would mislead.
    """
    asked = _question_asked(exchange)
    text = exchange.message.text
    if asked is None:
        return exchange.toolkit.screen(text)
    read = asked.read(text)
    chosen = dict(asked.options()).get(read.value or "") if isinstance(read, Understood) else None
    if chosen is None:
        return exchange.toolkit.screen(text, question=asked.text)
    meant = exchange.toolkit.screen(chosen.lstrip("12345 ") or chosen, question=asked.text)
    if not any(character.isalpha() for character in text):
        return meant
    said = exchange.toolkit.screen(text, question=asked.text)
    kinds = {one.kind for one in said.concerns}
    both = (*said.concerns, *(one for one in meant.concerns if one.kind not in kinds))
    worst_first = tuple(sorted(both, key=lambda one: one.tier))
    return Screening(worst_first, said.version, unreadable=said.unreadable)


def _question_asked(exchange: Exchange) -> Question | None:
    # A conversation whose state cannot be read must not keep its words from being screened.
    try:
        return exchange.open_question()
    except (SealBroken, LookupError, ValueError):
        return None


def _raise_concern(exchange: Exchange, screening: Screening) -> Tier:
    person = exchange.person
    second = person is not None and concerns.raised_since(
        exchange.work, person.id, exchange.now - SECOND_CONCERN_WITHIN
    )
    tiers = [
        clock_tier(
            found,
            under_13=exchange.is_under_13,
            second_in_14_days=second,
            sent_at=exchange.message.sent_at or exchange.now,
            text=exchange.message.text,
        )
        for found in screening.concerns
    ]
    tier = min(tiers, key=MOST_URGENT_FIRST.index)
    worst = screening.most_serious
    found = [
        {"category": one.category, "kind": one.kind, "tier": one.tier, "words": list(one.words)}
        for one in screening.concerns
    ]
    concern = _new(exchange, Reason.CONCERN, tier)
    concern.category = None if worst is None else worst.category
    concern.kind = None if worst is None else worst.kind
    concern.screen_tier = None if worst is None else worst.tier
    concern.position_of_trust = any(one.position_of_trust for one in screening.concerns)
    concern.screen_version = screening.version
    concerns.add(exchange.work, concern, found=json.dumps(found))
    alerting.alert(exchange.toolkit, exchange.work, concern)
    if person is not None and tier in PAUSING:
        # Nothing of ours that still waits, an invitation say, is texted to somebody in danger.
        outbox.cancel_waiting(exchange.work, person.id)
    return tier


def raise_item(exchange: Exchange, reason: Reason, tier: Tier) -> Concern:
    """Queue a message for another reason than its words: a stranger, HELP, a failed screen."""
    concern = _new(exchange, reason, tier)
    concerns.add(exchange.work, concern, found=None)
    alerting.alert(exchange.toolkit, exchange.work, concern)
    return concern


def _new(exchange: Exchange, reason: Reason, tier: Tier) -> Concern:
    return Concern(
        reference=_free_reference(exchange.toolkit, exchange.work),
        reason=reason,
        tier=tier,
        position_of_trust=False,
        message_id=exchange.row.id,
        person_id=exchange.row.person_id,
        conversation_id=exchange.row.conversation_id,
        raised_at=exchange.now,
        due_at=due_at(tier, exchange.now, exchange.toolkit.week),
        state=ConcernState.NEW,
    )


def _free_reference(toolkit: Toolkit, work: Work) -> str:
    while concerns.reference_is_taken(work, reference := toolkit.new_reference()):
        pass
    return reference


def support_words(exchange: Exchange) -> tuple[str, ...]:
    """Return the words for somebody whose message worried us, none of them a second time too soon.

    One support text in twelve hours; for the next text the shorter one, and that at most hourly (guide 4.5).
    """
    person = exchange.person
    if person is None:
        key = MessageKey.M4C_CONCERN if exchange.is_text else MessageKey.ANONYMOUS_CONCERN
        return (exchange.say(key),)
    if not _is_within(person.last_support_at, SUPPORT_ONCE_IN, exchange.now):
        person.last_support_at, person.last_more_at = exchange.now, None
        return (exchange.say(MessageKey.M4C_CONCERN),)
    if _is_within(person.last_more_at, MORE_ONCE_IN, exchange.now):
        return ()
    person.last_more_at = exchange.now
    return (exchange.say(MessageKey.M5C_MORE),)


def alert_again(exchange: Exchange) -> None:
    """Tell the leads that somebody with an open item wrote again, at most every quarter of an hour."""
    person = exchange.person
    item = None if person is None else concerns.most_urgent_open(exchange.work, person.id)
    if item is not None and not outbox.alerted_since(exchange.work, item.id, exchange.now - ALERT_AGAIN_IN):
        alerting.alert(exchange.toolkit, exchange.work, item)


def _is_within(moment: dt.datetime | None, span: dt.timedelta, now: dt.datetime) -> bool:
    return moment is not None and now - moment < span
