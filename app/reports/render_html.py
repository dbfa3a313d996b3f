"""Draw a paper as a fragment of HTML for our own page, which gives it the title as its first heading."""

from html import escape

from app.reports.charts import draw_svg
from app.reports.printable import printable
from app.reports.report import Block, BoardReport, Bullets, Chart, Paragraph, Section, Table

_HEADINGS = {2: "govuk-heading-l", 3: "govuk-heading-m", 4: "govuk-heading-s"}


def render_html(report: BoardReport) -> str:
    """Draw the paper as HTML, with headings from the second level down."""
    mark = f'<p class="govuk-body govuk-!-font-weight-bold">{_text(report.mark)}</p>' if report.mark else ""
    sections = "\n".join(_section(section, 2) for section in report.sections)
    return f"{mark}\n{_facts(report)}\n{sections}\n"


def _text(text: str) -> str:
    return escape(printable(text), quote=True)


def _facts(report: BoardReport) -> str:
    rows = "".join(
        '<div class="govuk-summary-list__row">'
        f'<dt class="govuk-summary-list__key">{_text(name)}</dt>'
        f'<dd class="govuk-summary-list__value">{_text(value)}</dd></div>'
        for name, value in report.facts
    )
    return f'<dl class="govuk-summary-list">{rows}</dl>'


def _section(section: Section, level: int) -> str:
    heading = f'<h{level} class="{_HEADINGS[level]}">{_text(section.heading)}</h{level}>'
    blocks = (_block(block) for block in section.blocks)
    parts = (_section(part, level + 1) for part in section.parts)
    return "\n".join((heading, *blocks, *parts))


def _block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return f'<p class="govuk-body">{_text(text)}</p>'
        case Bullets(items):
            inside = "".join(f"<li>{_text(item)}</li>" for item in items)
            return f'<ul class="govuk-list govuk-list--bullet">{inside}</ul>'
        case Table():
            return _table(block)
        case Chart():
            title = (
                f'<figcaption class="govuk-body govuk-!-font-weight-bold">{_text(block.title)}</figcaption>'
            )
            return f'<figure class="heard-chart">{title}{_scrolling(block.title, draw_svg(block))}</figure>'


def _table(table: Table) -> str:
    header = "".join(
        f'<th scope="col" class="govuk-table__header{_numeric("header", table, column)}">{_text(name)}</th>'
        for column, name in enumerate(table.header)
    )
    rows = "".join(f'<tr class="govuk-table__row">{_row(table, row)}</tr>' for row in table.rows)
    return _scrolling(
        table.caption,
        '<table class="govuk-table">'
        f'<caption class="govuk-table__caption govuk-table__caption--s">{_text(table.caption)}</caption>'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{header}</tr></thead>'
        f'<tbody class="govuk-table__body">{rows}</tbody></table>',
    )


def _scrolling(name: str, wide: str) -> str:
    """Wrap what may be wider than a phone in a box that scrolls, also by keyboard."""
    return f'<div class="heard-scroll" tabindex="0" role="region" aria-label="{_text(name)}">{wide}</div>'


def _row(table: Table, row: tuple[str, ...]) -> str:
    first, *others = row
    cells = "".join(
        f'<td class="govuk-table__cell{_numeric("cell", table, column)}">{_text(cell)}</td>'
        for column, cell in enumerate(others, start=1)
    )
    return f'<th scope="row" class="govuk-table__header">{_text(first)}</th>{cells}'


def _numeric(part: str, table: Table, column: int) -> str:
    return f" govuk-table__{part}--numeric" if table.is_numeric(column) else ""
