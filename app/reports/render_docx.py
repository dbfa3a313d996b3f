"""Draw a paper as a Word file that a council can edit and a screen reader can walk through."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from app.reports.charts import draw_png
from app.reports.printable import printable
from app.reports.report import Block, BoardReport, Bullets, Chart, Paragraph, Section, Table

_FONT = "Arial"
_SIZES = {
    "Normal": 11,
    "Title": 22,
    "Subtitle": 14,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11.5,
    "Caption": 11,
}

_ONE_PAGE = 25
"""A table of no more rows than this stays on one page."""
_WIDTHS = {2: (5.6, 11.0), 3: (9.0, 3.8, 3.8), 4: (6.0, 3.4, 3.4, 3.8), 5: (5.8, 2.0, 2.0, 3.2, 3.6)}
"""The widths of a table's columns, in centimetres, by how many there are."""


def render_docx(report: BoardReport) -> bytes:
    """Draw the paper as a Word file."""
    word = Document()
    _prepare(word, report)
    word.add_paragraph(printable(report.title), style="Title")
    word.add_paragraph(report.quarter.label, style="Subtitle")
    _add_facts(word, report.facts)
    for section in report.sections:
        _add_section(word, section, 1)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _prepare(word: Word, report: BoardReport) -> None:
    for name, size in _SIZES.items():
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
        style.font.italic, style.font.bold = False, name not in {"Normal", "Subtitle"}
        # The template's headings name a theme font, which would win over ours.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{script}"), None)
    for ruled in word.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        ruled.getparent().remove(ruled)
    language = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")
    _set_properties(word, report)
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    _set_margins_text(page.header.paragraphs[0], page.footer.paragraphs[0], report)


def _set_properties(word: Word, report: BoardReport) -> None:
    about = word.core_properties
    about.title, about.author, about.language = printable(report.title), printable(report.council), "en-GB"
    about.last_modified_by = about.author
    about.comments, about.keywords, about.subject = "", "", report.quarter.label
    # A moment that follows from the paper, so that the same paper is the same file.
    about.created = about.modified = report.quarter.ends.astimezone(dt.UTC).replace(tzinfo=None)


def _set_margins_text(header: WordParagraph, footer: WordParagraph, report: BoardReport) -> None:
    if report.mark:
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header.add_run(printable(report.mark)).bold = True
    footer.add_run(f"{printable(report.council)}\t\tPage ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: WordParagraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 — python-docx has no fields of its own


def _add_section(word: Word, section: Section, level: int) -> None:
    word.add_heading(printable(section.heading), level)
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        _add_block(word, block)
        if isinstance(block, Paragraph) and isinstance(following, Chart | Table | Bullets):
            # A paragraph stays with what it leads to.
            word.paragraphs[-1].paragraph_format.keep_with_next = True
    for part in section.parts:
        _add_section(word, part, level + 1)


def _add_block(word: Word, block: Block) -> None:
    match block:
        case Paragraph(text):
            word.add_paragraph(printable(text))
        case Bullets(items):
            for item in items:
                word.add_paragraph(printable(item), style="List Bullet")
        case Table():
            _add_table(word, block)
        case Chart():
            _add_chart(word, block)


def _add_caption(word: Word, text: str) -> None:
    word.add_paragraph(printable(text), style="Caption").paragraph_format.keep_with_next = True


def _add_chart(word: Word, chart: Chart) -> None:
    _add_caption(word, chart.title)
    picture = word.add_picture(BytesIO(draw_png(chart)), width=Cm(16.6))
    picture._inline.docPr.set("descr", printable(chart.alternative))  # noqa: SLF001 — no public way to alternative text


def _add_table(word: Word, table: Table) -> None:
    _add_caption(word, table.caption)
    drawn = word.add_table(rows=0, cols=len(table.header))
    _set_lines(drawn)
    widths = _widths(len(table.header))
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    # A table that fits on a page stays on one; a longer one keeps at least its first row with its header.
    together = len(table.rows) if len(table.rows) <= _ONE_PAGE else 1
    for place, row in enumerate((table.header, *table.rows)):
        cells = drawn.add_row().cells
        for column, text in enumerate(row):
            cells[column].width = widths[column]
            paragraph = _fill(cells[column], text, bold=place == 0, keep_with_next=place < together)
            if table.is_numeric(column):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _mark_header(drawn)
    word.add_paragraph()


def _add_facts(word: Word, facts: Sequence[tuple[str, str]]) -> None:
    """Add names and values: each row is named by its first cell, and no row is a header."""
    _add_caption(word, "About this paper")
    drawn = word.add_table(rows=0, cols=2)
    _set_lines(drawn)
    for place, fact in enumerate(facts, start=1):
        cells = drawn.add_row().cells
        for column, text in enumerate(fact):
            cells[column].width = _widths(2)[column]
            _fill(cells[column], text, bold=column == 0, keep_with_next=place < len(facts))
    word.add_paragraph()


def _fill(cell: WordCell, text: str, *, bold: bool, keep_with_next: bool) -> WordParagraph:
    paragraph: WordParagraph = cell.paragraphs[0]
    paragraph.add_run(printable(text)).bold = bold
    paragraph.paragraph_format.keep_with_next = keep_with_next
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
    return paragraph


def _widths(columns: int) -> list[Length]:
    return [Cm(width) for width in _WIDTHS[columns]]


def _set_lines(drawn: WordTable) -> None:
    """Rule a line below each row and none between columns; keep the widths that we give."""
    drawn.autofit = False
    lines = OxmlElement("w:tblBorders")
    for edge in ("bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "B1B4B6")):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    drawn._tbl.tblPr.append(lines)  # noqa: SLF001 — no public way to a table's borders


def _mark_header(drawn: WordTable) -> None:
    """Repeat the first row on each page, and keep each row whole."""
    for place, row in enumerate(drawn.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 — no public way to either
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
