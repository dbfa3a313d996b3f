"""A reply's sentiment and themes, with the version of the rules that found them."""

from dataclasses import dataclass

from app.analysis.lexicon import version_of
from app.analysis.sentiment import SentimentTag, sentiment_of
from app.analysis.themes import ThemeTag, themes_of

_FILES = ("codebook.yaml", "concerns.yaml", "feelings.yaml", "frames.yaml", "slang.psv", "spellings.psv")


@dataclass(frozen=True, slots=True)
class Tags:
    """What the machine says about a reply; a person's tags stand beside it."""

    sentiment: SentimentTag
    themes: tuple[ThemeTag, ...]
    """Empty where no theme is assigned."""
    version: str


def tag(text: str, *, question: str = "") -> Tags:
    """Tag one reply."""
    return Tags(
        sentiment_of(text, question=question), themes_of(text, question=question), version_of(*_FILES)
    )
