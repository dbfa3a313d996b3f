"""What this machine has for the tests, and what happens where it has not.

A missing part skips its tests with one line that says how to get it. With CI=true it fails them: a green run
there has run everything.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def find_postgres() -> Path | None:
    """Return the folder of the newest PostgreSQL's server programs, or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


def do_without(part: str, mending: str) -> NoReturn:
    """Leave a test out for want of a part, loudly; in CI, fail it."""
    line = f"{part} is not on this machine; get it with: {mending}"
    if os.environ.get("CI") == "true":
        pytest.fail(line, pytrace=False)
    pytest.skip(line)
