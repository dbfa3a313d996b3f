"""The ordinary words of English."""

from functools import cache
from importlib.resources import files


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words of TextBlob's dictionary, in small letters."""
    lines = (files("textblob") / "en" / "en-spelling.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split(" ")[0].lower() for line in lines if line and not line.startswith(";;;"))
