"""What pages load is ours to use: a council may not wear the crown, the GOV.UK header or its font."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "app" / "static" / "built"


@pytest.mark.parametrize(
    "forbidden", ["transport", "crown", "crest", "tudor", "govuk-header", "govuk-footer"]
)
def test_the_styles_carry_nothing_that_belongs_to_government(forbidden: str) -> None:
    assert forbidden not in styles().lower()


def test_the_styles_use_the_generic_header_and_a_font_that_everybody_has() -> None:
    assert ".govuk-generic-header" in styles()
    assert set(re.findall(r"font-family:([^;}]+)", styles())) <= {
        '"Arial",sans-serif',
        "sans-serif",
        "monospace",
    }


def test_the_styles_load_nothing_further() -> None:
    assert re.findall(r"url\(|@import", styles()) == []


@pytest.mark.parametrize("name", ["govuk-frontend.min.js", "htmx.min.js"])
def test_the_scripts_are_there(name: str) -> None:
    assert (BUILT / name).stat().st_size > 10_000


def test_no_lock_file_names_a_registry() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    resolved = [name for name, entry in locked["packages"].items() if "resolved" in entry]
    named = [
        path.name
        for path in sorted(ROOT.glob("requirements*.txt"))
        if re.search(r"^--(index|extra|find)|://", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert resolved == []
    assert named == []


def test_every_locked_package_is_held_to_its_hash() -> None:
    for path in sorted(ROOT.glob("requirements*.txt")):
        packages = re.split(r"^(?=[a-z0-9])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

        assert [text for text in packages if "--hash=sha256:" not in text] == []


def styles() -> str:
    return (BUILT / "main.css").read_text(encoding="utf-8")
