"""The files of words: read once, and known by a fingerprint."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FOLDER = files("app.analysis") / "lexicons"
_CODEBOOK = files("app.analysis") / "codebook.yaml"

_RULES_OF_CODE = "2"
"""Raised by hand whenever the code, rather than a file, changes what is tagged or screened."""


@cache
def text_of(name: str) -> str:
    """Return a lexicon file's text; the codebook lies beside the code that it explains."""
    source = _CODEBOOK if name == "codebook.yaml" else _FOLDER / name
    return source.read_text(encoding="utf-8")


@cache
def tree_of(name: str) -> dict[str, Any]:  # a YAML file's shape is checked by whoever reads it
    """Return a YAML lexicon as plain data."""
    tree: dict[str, Any] = yaml.load(text_of(name), Loader=_FASTEST)  # noqa: S506 — both are safe loaders
    return tree


def rows_of(name: str) -> list[list[str]]:
    """Return the rows of a pipe-separated lexicon, without its header and comments."""
    lines = [line for line in text_of(name).splitlines() if line.strip() and not line.startswith("#")]
    return [[cell.strip() for cell in line.split("|")] for line in lines[1:]]


@cache
def version_of(*names: str) -> str:
    """Name the rules by their content, so that it changes whenever a list or the code does."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(text_of(name).encode())
    return f"{_RULES_OF_CODE}-{digest.hexdigest()[:12]}"


_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
