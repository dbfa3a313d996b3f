"""The import contracts hold, and each of them can fail."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = str(Path(sys.executable).parent / "lint-imports")

PLANTED = {
    "Layers point downwards": ("app/shared/clock.py", "import app.usecases"),
    "The pure core meets no framework, database, network or clock": (
        "app/flows/__init__.py",
        "import random",
    ),
    "The edge talks to use cases only": ("app/console/__init__.py", "import app.storage"),
    "Only storage speaks SQLAlchemy": ("app/usecases/__init__.py", "import sqlalchemy"),
    "Only the web edge speaks Flask": ("app/usecases/__init__.py", "import flask"),
    "Only the Twilio adapter knows Twilio": ("app/console/__init__.py", "import twilio"),
    "Settings are read once, at the top": ("app/usecases/__init__.py", "import app.settings"),
    "No cycles between neighbours": ("app/shared/clock.py", "import app.shared.cohorts"),
}
"""For each contract a file and an import that breaks it; a cycle needs its way back as well."""
BACK = ("app/shared/cohorts.py", "import app.shared.clock")


def test_the_house_keeps_its_contracts() -> None:
    broken, output = broken_contracts(ROOT)

    assert broken == [], output


def test_every_contract_is_seen_to_fail_below() -> None:
    assert sorted(contract_names()) == sorted(PLANTED)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_import_breaks_its_contract(name: str, copy: Path) -> None:
    plant(copy, *PLANTED[name])
    if name == "No cycles between neighbours":
        plant(copy, *BACK)

    broken, output = broken_contracts(copy)

    assert name in broken, output


def test_a_room_that_nobody_has_placed_is_refused(copy: Path) -> None:
    (copy / "app" / "helpers").mkdir()
    (copy / "app" / "helpers" / "__init__.py").write_text('"""Anything."""\n')

    _, output = broken_contracts(copy)

    assert "app.helpers" in output


def plant(root: Path, file: str, line: str) -> None:
    path = root / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")


def broken_contracts(root: Path) -> tuple[list[str], str]:
    done = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo", "--config", "pyproject.toml"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    output = done.stdout + done.stderr
    broken = [name for name in contract_names() if f"{name} BROKEN" in output]
    if done.returncode and not broken:
        broken = ["the contracts could not be checked"]
    return broken, output


def contract_names() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    # Imports only: what is built, drawn or translated has none.
    shutil.copytree(
        ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("static", "templates", "__pycache__")
    )
    return tmp_path
