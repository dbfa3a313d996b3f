"""Made-up names by which staff know people: "Amber Heron 12"."""

import secrets
from functools import cache
from importlib.resources import files

import yaml

NUMBERS = 98


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = files("app.usecases").joinpath("designations.yaml").read_text(encoding="utf-8")
    lists = yaml.safe_load(text)
    return tuple(lists["first"]), tuple(lists["second"])


def new_designation(taken: set[str]) -> str:
    """Return a designation that nobody has, and add it to those that are taken."""
    first, second = _words()
    while True:
        number = secrets.randbelow(NUMBERS) + 2
        made = f"{secrets.choice(first)} {secrets.choice(second)} {number}"
        if made not in taken:
            taken.add(made)
            return made
