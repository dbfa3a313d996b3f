"""Read the tables back out of a paper, from each format in which it is handed on."""

import io
import re
from dataclasses import dataclass

import docx
import pypdf
from lxml import html  # type: ignore[import-untyped]  # lxml comes without types

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed: its caption, and its rows below the header."""

    caption: str
    rows: tuple[Cells, ...]


def tables_of_page(fragment: str) -> list[PrintedTable]:
    """Read the tables of the web page."""
    found = []
    for table in html.fromstring(f"<div>{fragment}</div>").iter("table"):
        rows = [tuple(_plain(cell.text_content()) for cell in row) for row in table.iter("tr")]
        found.append(PrintedTable(_plain(table.findtext("caption") or ""), tuple(rows[1:])))
    return found


def tables_of_word(content: bytes) -> list[PrintedTable]:
    """Read the tables of the Word document; the paragraph before a table is its caption."""
    document = docx.Document(io.BytesIO(content))
    found, before = [], ""
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            rows = [tuple(_plain(cell.text) for cell in row.cells) for row in block.rows]
            found.append(PrintedTable(before, tuple(rows[1:])))
        elif block.text.strip():
            before = _plain(block.text)
    return found


def text_of_pdf(content: bytes) -> str:
    """Return all words of the PDF, without any space, since a line may break anywhere."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return without_space("".join(page.extract_text() for page in reader.pages))


def without_space(words: str) -> str:
    """Return words as text_of_pdf does."""
    return re.sub(r"\s+", "", words)


def _plain(words: str) -> str:
    return " ".join(words.split())
