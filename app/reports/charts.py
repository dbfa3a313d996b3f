"""Draw a chart's bars: SVG for pages and PDF, PNG for Word. The words and numbers stand in the table beside it."""

from html import escape

import altair as alt
import vl_convert

from app.reports.printable import printable
from app.reports.report import Chart

BLUE = "#1d70b8"
"""5.2 to 1 against white; the number at the end of each bar says the same as its length."""
BLACK = "#0b0c0c"
FONTS = "Arial, Liberation Sans, DejaVu Sans, sans-serif"

_ROW = 27
_WIDTH = 330
_LETTER = 8
"""The widest letters of the widest of our fonts, on average: whichever font a reader has, no label is cut."""


def draw_svg(chart: Chart) -> str:
    """Draw as SVG; it carries the alternative text and no script."""
    svg: str = vl_convert.vegalite_to_svg(_specification(chart))
    label = escape(printable(chart.alternative), quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def draw_png(chart: Chart) -> bytes:
    """Draw as PNG, sharp enough for print; whoever places it adds the alternative text."""
    png: bytes = vl_convert.vegalite_to_png(_specification(chart), scale=3)
    return png


def _specification(chart: Chart) -> str:
    labels = _LETTER * max(len(label) for label, _ in chart.bars)
    rows = [{"subject": printable(label), "people": people} for label, people in chart.bars]
    across = alt.X(
        "people:Q",
        title="People",
        axis=alt.Axis(tickMinStep=1, format="d", grid=True),
        scale=alt.Scale(domainMin=0, nice=True),
    )
    down = alt.Y("subject:N", title=None, sort=None, axis=alt.Axis(labelLimit=labels, minExtent=labels))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=across, y=down)
    numbers = base.mark_text(align="left", dx=5, color=BLACK, fontSize=13).encode(text="people:Q")
    drawing = (base.mark_bar(color=BLUE, aria=False) + numbers).properties(
        width=_WIDTH, height=_ROW * len(rows), background="white", padding=8
    )
    specification: str = (
        drawing.configure(font=FONTS)
        .configure_axis(
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelColor=BLACK,
            titleColor=BLACK,
            gridColor="#dddddd",
        )
        .configure_view(strokeWidth=0)
        .to_json()
    )
    return specification
