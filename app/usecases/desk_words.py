"""What the safeguarding queue says in plain words."""

from enum import StrEnum

from app.analysis.clocks import Tier
from app.storage.concerns import Reason


class Outcome(StrEnum):
    """What was done about a queue item (guide 1.5)."""

    REFERRED_FRONT_DOOR = "referred_front_door"
    REFERRED_DUTY_TEAM = "referred_duty_team"
    POLICE = "police_999"
    ALLOCATED_WORKER = "passed_to_allocated_worker"
    LADO = "lado"
    COMPLAINT = "complaint"
    NO_FURTHER_ACTION = "no_further_action"


OUTCOME_WORDS = {
    Outcome.REFERRED_FRONT_DOOR: "Referred to the Family Front Door",
    Outcome.REFERRED_DUTY_TEAM: "Referred to the Emergency Duty Team",
    Outcome.POLICE: "Police called (999)",
    Outcome.ALLOCATED_WORKER: "Passed to their own worker or personal adviser",
    Outcome.LADO: "Passed to the designated officer (LADO)",
    Outcome.COMPLAINT: "Passed on as a complaint",
    Outcome.NO_FURTHER_ACTION: "No further action",
}

REASON_WORDS = {
    Reason.CONCERN: "Something in their words",
    Reason.UNSCREENED: "The screen could not read this message: please read it yourself",
    Reason.UNREADABLE: "In a language or script that the screen cannot read",
    Reason.STRANGER: "A number we do not know",
    Reason.STOPPED_NUMBER: "They stopped our texts, then wrote: ring, we cannot text back",
    Reason.HELP: "They texted HELP",
    Reason.CALL_ME: "They asked us to ring",
    Reason.WHO: "They asked who we are",
    Reason.WRONG_NUMBER: "They say this is the wrong number",
    Reason.MISSED: "A colleague read this reply and was worried",
}

TIER_WORDS = {
    Tier.T0: "Danger now",
    Tier.T1: "Serious",
    Tier.T2: "Worry",
    Tier.ROUTE: "To route",
}
TIER_LIMITS = {
    Tier.T0: "within 15 minutes",
    Tier.T1: "within 1 working hour",
    Tier.T2: "the same working day",
    Tier.ROUTE: "within 2 working days",
}

CATEGORY_WORDS = {
    "suicide": "Suicide",
    "self_harm": "Self-harm",
    "sexual_abuse": "Sexual abuse",
    "physical_abuse": "Physical abuse",
    "emotional_abuse": "Emotional abuse",
    "neglect": "Neglect",
    "exploitation": "Exploitation",
    "domestic_abuse": "Domestic abuse",
    "missing": "Missing",
    "homelessness_now": "Nowhere to stay",
    "bullying": "Bullying",
    "substance": "Drugs or alcohol",
    "harm_to_others": "Harm to others",
    "online_harm": "Harm online",
    "eating": "Eating",
    "trafficking_or_forced": "Trafficking, forced marriage or radicalisation",
}


KIND_WORDS = {
    "abuse.physical": "Physical abuse",
    "abuse.sexual": "Sexual abuse",
    "abuse.emotional": "Emotional abuse",
    "exploitation.criminal": "Criminal exploitation",
    "exploitation.sexual": "Sexual exploitation",
    "fear": "Not feeling safe",
    "forced_marriage_fgm": "Forced marriage or FGM",
    "help_request": "Asking for help",
    "homelessness": "Nowhere to stay",
    "low_mood": "Feeling very low",
    "no_money_food": "No money or food",
    "other": "Something worrying",
    "peer_on_peer": "Harm between young people",
    "pregnancy_health_urgent": "Pregnancy or urgent health",
    "radicalisation": "Radicalisation",
    "threat_from_others": "A threat from others",
    "trafficking_modern_slavery": "Trafficking or modern slavery",
}
"""Kinds that say more than their category (guide 4.2); the others are named by it."""


def concern_words(category: str | None, kind: str | None) -> str | None:
    """Return in plain words what a concern is about; what has no words yet speaks for itself."""
    if kind in KIND_WORDS:
        return KIND_WORDS[kind]
    if category is None:
        return None
    return CATEGORY_WORDS.get(category, category.replace("_", " ").capitalize())
