"""Measure what every message costs: the screen and the tags, beside plain TextBlob and the provider's time limit.

The replies are the demo's. The limit is the provider's 15 seconds for a whole webhook (its documentation of error
11205); the screen runs inside that time, the tags do not.
"""

import statistics
import sys
import time
from collections.abc import Callable

from textblob import TextBlob

from app.analysis import concerns, tagger
from app.usecases.demo_script import read_script

WEBHOOK_LIMIT_MS = 15_000.0
ROUNDS = 5


def main() -> int:
    """Print milliseconds a message for each, and how they compare; return 1 where the limit is near."""
    replies = [said.text for talk in read_script("last_quarter").talks for said in talk.said if said.text]
    measured = {
        "TextBlob alone": _per_message(lambda text: TextBlob(text).sentiment, replies),
        "our tags": _per_message(tagger.tag, replies),
        "our screen": _per_message(concerns.screen, replies),
    }
    for name, milliseconds in measured.items():
        print(
            f"{name:16} {milliseconds:8.3f} ms a message, {milliseconds / measured['TextBlob alone']:6.1f} × TextBlob"
        )
    longest = _per_message(concerns.screen, ["they said i " * 8_000])
    print(
        f"{'our screen, 100 kB':16} {longest:6.0f} ms, {longest / WEBHOOK_LIMIT_MS:.1%} of a webhook's time limit"
    )
    share = measured["our screen"] / WEBHOOK_LIMIT_MS
    print(
        f"{len(replies)} replies, median of {ROUNDS} rounds; the screen takes {share:.4%} of a webhook's time limit"
    )
    return int(share > 0.01 or longest > WEBHOOK_LIMIT_MS / 3)


def _per_message(work: Callable[[str], object], texts: list[str]) -> float:
    for text in texts:
        work(text)
    rounds = []
    for number in range(ROUNDS):
        # Never the same text twice, so that nothing that is remembered between calls helps.
        fresh = [f"{text} {number}" for text in texts]
        started = time.perf_counter()
        for text in fresh:
            work(text)
        rounds.append((time.perf_counter() - started) * 1000 / len(texts))
    return statistics.median(rounds)


if __name__ == "__main__":
    sys.exit(main())
