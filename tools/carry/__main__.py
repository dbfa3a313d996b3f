"""Carry labelled replies the whole way: by text and by web, each delivered twice, into a board paper.

Starts the product itself, on a database of its own, and compares what comes out with what went in. Ends with an
error if anything is lost, doubled, unscreened, untagged, or printed with another number than the database holds.
"""

import argparse
import dataclasses
import datetime as dt
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from app.reports.period import Quarter
from app.shared.messages import Channel
from app.usecases import reporting
from tools.carry import casting, checks, comparing, confirming, deliveries, formats, inspection
from tools.carry.casting import Staff
from tools.carry.checks import Check
from tools.carry.recount import recount
from tools.carry.rows import read_rows
from tools.carry.stage import Stage, running


def main(arguments: Sequence[str]) -> int:
    """Carry a file through; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.carry", description=__doc__)
    parser.add_argument("file", type=Path, help="replies as JSON lines, with id, question, age and text")
    parser.add_argument(
        "--database-url", help="an empty PostgreSQL database; a fresh SQLite file if left out"
    )
    chosen = parser.parse_args(arguments)
    rows = read_rows(chosen.file)
    with running(chosen.database_url) as stage:
        found = _carry(stage, casting.cast(rows))
    holds = checks.show(found)
    print("\nNothing is lost, doubled or printed otherwise." if holds else "\nThere are differences.")
    return 0 if holds else 1


def _carry(stage: Stage, parts: Sequence[casting.Part]) -> list[Check]:
    quarter = Quarter.containing(stage.toolkit.clock())
    staff = casting.add_staff(stage.toolkit)
    errands = casting.invite_all(stage, parts, staff)
    by_text = sum(errand.channel is Channel.SMS for errand in errands)
    print(f"{by_text} replies by text and {len(errands) - by_text} by web, each delivered twice")
    started = time.monotonic()
    delivered = deliveries.deliver_all(stage, errands)
    print(f"delivered in {time.monotonic() - started:.1f} s", flush=True)
    waited = inspection.wait_for_workers(stage.toolkit)
    print(f"the worker was done {waited:.1f} s later", flush=True)
    found = inspection.inspect(stage.toolkit, delivered)
    closed = confirming.close_queue(stage.toolkit, staff)
    confirmed = confirming.confirm_all(stage.toolkit, staff)
    print(f"{closed} items of the queue closed, the tags of {confirmed} replies confirmed", flush=True)
    return [*found, *_check_paper(stage, quarter, staff)]


def _check_paper(stage: Stage, quarter: Quarter, staff: Staff) -> list[Check]:
    # A paper covers a whole quarter, so that it is built as on the day after this one's end.
    later = quarter.ends + dt.timedelta(days=1)
    toolkit = dataclasses.replace(stage.toolkit, clock=lambda: later)
    paper_id = reporting.build_board_paper(toolkit, quarter.key, subjects={}, actor_id=staff.worker)
    report = reporting.read_paper(toolkit, paper_id, actor_id=staff.second_worker, released_only=False)
    with toolkit.database.read() as work:
        counts = recount(work)
    for group, one in counts.items():
        print(f"{group}: {one.people} people answered")
    expected = comparing.expected_tables(counts)
    print()
    return [
        comparing.compare_tables("web page", expected, formats.tables_of_page(reporting.as_web_page(report))),
        comparing.compare_tables("Word", expected, formats.tables_of_word(reporting.as_word(report))),
        comparing.compare_pdf(expected, reporting.as_pdf(report)),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
