"""Draw a paper as an accessible PDF (PDF/UA-1)."""

import json
from importlib import resources
from typing import Any

import typst

from app.reports.charts import draw_svg
from app.reports.printable import printable
from app.reports.report import Block, BoardReport, Bullets, Chart, Paragraph, Section, Table

FONTS = ("Arial", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
"""The first that the machine has; the last one comes with the compiler."""


def render_pdf(report: BoardReport) -> bytes:
    """Draw the paper as PDF; the compiler refuses a picture without alternative text."""
    template = resources.files("app.reports").joinpath("board.typ").read_bytes()
    paper = json.dumps(_printable(_paper(report)))
    pdf: bytes = typst.compile(template, format="pdf", sys_inputs={"paper": paper}, pdf_standards="ua-1")
    return pdf


def _paper(report: BoardReport) -> dict[str, Any]:
    return {
        "title": report.title,
        "council": report.council,
        "period": report.quarter.label,
        "mark": report.mark,
        "fonts": [font.lower() for font in FONTS],
        "facts": [list(fact) for fact in report.facts],
        "sections": [_section(section) for section in report.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "blocks": [_block(block) for block in section.blocks],
        "parts": [_section(part) for part in section.parts],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": list(items)}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "header": list(block.header),
                "numeric": [block.is_numeric(column) for column in range(len(block.header))],
                "rows": [list(row) for row in block.rows],
            }
        case Chart():
            return {
                "kind": "chart",
                "title": block.title,
                "alternative": block.alternative,
                "svg": draw_svg(block),
            }


# JSON values of any depth come in and go out alike.
def _printable(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return value
