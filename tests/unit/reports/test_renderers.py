"""One paper, three forms: what each of them must be, and that all of them say the same."""

import dataclasses
import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import page
import pypdf
import pytest
import typst
from docx.oxml.ns import qn
from lxml import etree, html

from app.reports import render_pdf as pdf_module
from app.reports.charts import draw_png, draw_svg
from app.reports.render_docx import render_docx
from app.reports.render_html import render_html
from app.reports.render_pdf import render_pdf
from app.reports.report import Chart, PaperStatus, Paragraph, Section, Table
from tests.unit.reports.papers import blocks_of, made_paper, sections_of

NASTY = 'Travel #panic("x") *bold* <script>alert(1)</script> & $x$ \\ @ref \x00\x07\x1b\ud800\ufffe end'
NASTY_PRINTED = 'Travel #panic("x") *bold* <script>alert(1)</script> & $x$ \\ @ref  end'


def tables(report):
    return [
        (table.caption, [table.header, *table.rows])
        for table in blocks_of(report)
        if isinstance(table, Table)
    ]


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def text_of_pdf(pdf):
    return [squeezed(one.extract_text()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def paper():
    return made_paper()


@pytest.fixture(scope="module")
def released():
    return made_paper(status=PaperStatus.RELEASED, checked_by="A second person")


@pytest.fixture(scope="module")
def nasty():
    return made_paper(subjects=(NASTY,), council="Example & Sons\x00 <Council>")


class TestHtml:
    def test_every_table_says_what_the_paper_says(self, paper):
        page_of = html.fragment_fromstring(render_html(paper), create_parent="div")

        drawn = [
            (
                table.findtext("caption"),
                [tuple(cell.text_content() for cell in row) for row in table.iter("tr")],
            )
            for table in page_of.iter("table")
        ]
        assert drawn == tables(paper)

    def test_headings_start_at_the_second_level_and_skip_none(self, paper):
        levels = [int(level) for level in re.findall(r"<h(\d)", render_html(paper))]

        assert set(levels) == {2, 3}
        assert levels[0] == 2

    def test_rows_and_columns_are_named_for_a_screen_reader(self, paper):
        page_of = html.fragment_fromstring(render_html(paper), create_parent="div")

        for table in page_of.iter("table"):
            assert {cell.get("scope") for cell in table.iter("th")} == {"col", "row"}

    def test_what_people_typed_is_never_markup(self, nasty):
        drawn = render_html(nasty)

        assert "<script" not in drawn
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; $x$" in drawn
        assert "\x00" not in drawn

    def test_it_is_marked_for_its_readers(self, paper, released):
        assert "EXEMPT: not for publication" in render_html(paper)
        assert "EXEMPT" not in render_html(released)
        assert "For members of the board. Not for publication" in render_html(released)

    def test_whatever_is_wider_than_a_phone_scrolls_in_a_box_of_its_own(self, paper):
        page_of = html.fragment_fromstring(render_html(paper), create_parent="div")

        boxes = [drawn.getparent() for drawn in page_of.iter("table", "svg")]
        assert {(box.tag, box.get("class"), box.get("tabindex"), box.get("role")) for box in boxes} == {
            ("div", "heard-scroll", "0", "region")
        }
        names = [box.get("aria-label") for box in boxes]
        assert names == [
            block.caption if isinstance(block, Table) else block.title
            for block in blocks_of(paper)
            if isinstance(block, Table | Chart)
        ]
        assert len(set(names)) == len(names)

    def test_the_chart_is_a_picture_with_words(self, paper):
        chart = next(block for block in blocks_of(paper) if isinstance(block, Chart))
        page_of = html.fragment_fromstring(render_html(paper), create_parent="div")

        picture = next(page_of.iter("svg"))
        assert picture.get("role") == "img"
        assert picture.get("aria-label") == chart.alternative

    def test_every_element_is_closed(self, paper):
        class Balance(HTMLParser):
            open_elements: list[str] = []  # noqa: RUF012 — one parser, one list

            def handle_starttag(self, tag, attrs):
                self.open_elements.append(tag)

            def handle_endtag(self, tag):
                assert self.open_elements.pop() == tag

            def handle_startendtag(self, tag, attrs):
                pass

        parser = Balance()
        parser.feed(render_html(paper))

        assert parser.open_elements == []


class TestPdf:
    def test_it_meets_the_standard_for_accessible_pdf(self, paper):
        report = page.validate_pdf_bytes(render_pdf(paper))

        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant

    def test_a_picture_without_alternative_text_is_refused(self, paper, monkeypatch):
        chart = next(block for block in blocks_of(paper) if isinstance(block, Chart))
        source = b'#set document(title: "x")\n#image(bytes(sys.inputs.svg), format: "svg")'

        with pytest.raises(typst.TypstError):
            typst.compile(source, format="pdf", sys_inputs={"svg": draw_svg(chart)}, pdf_standards="ua-1")

    def test_every_page_is_marked_until_release(self, paper):
        pages = text_of_pdf(render_pdf(paper))

        assert len(pages) > 1
        assert all("EXEMPT: not for publication" in text for text in pages)

    def test_every_page_is_marked_for_the_board_after_release(self, released):
        pages = text_of_pdf(render_pdf(released))

        assert not any("EXEMPT" in text for text in pages)
        assert all("For members of the board. Not for publication" in text for text in pages)

    @pytest.mark.parametrize("lines_before", [1, 10, 20])
    def test_a_table_that_fits_on_a_page_stands_on_one(self, lines_before):
        long = tuple((f"Subject {number:02d}", str(number)) for number in range(20))
        filler = tuple(Paragraph("A line of text.") for _ in range(lines_before))
        table = Table("A table of twenty rows", ("Subject", "People"), long)
        report = dataclasses.replace(
            made_paper(),
            sections=(
                Section("Before", filler),
                Section("Heading of the table", (Paragraph("It leads to the table."), table)),
            ),
        )

        pages = text_of_pdf(render_pdf(report))

        (holding,) = [text for text in pages if "Subject 00 0" in text]
        assert "Heading of the table It leads to the table. A table of twenty rows Subject People" in holding
        assert "Subject 19 19" in holding

    def test_a_table_longer_than_a_page_goes_on_with_its_header(self):
        long = tuple((f"Subject {number:02d}", str(number)) for number in range(60))
        report = dataclasses.replace(
            made_paper(),
            sections=(Section("A heading", (Table("Sixty rows", ("Subject", "People"), long),)),),
        )

        pages = [text for text in text_of_pdf(render_pdf(report)) if re.search(r"Subject \d\d", text)]

        assert len(pages) > 1
        assert all("Subject People" in text for text in pages)
        assert sum(len(re.findall(r"Subject \d\d", text)) for text in pages) == 60

    def test_pages_are_numbered(self, paper):
        pages = text_of_pdf(render_pdf(paper))

        assert [f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1)] == [
            True
        ] * len(pages)

    def test_every_row_says_what_the_paper_says(self, paper):
        text = " ".join(text_of_pdf(render_pdf(paper)))

        for caption, rows in tables(paper):
            assert caption in text
            for row in rows:
                assert " ".join(row) in text

    def test_what_people_typed_is_never_markup(self, nasty):
        assert NASTY_PRINTED.replace("  ", " ") in " ".join(text_of_pdf(render_pdf(nasty)))

    def test_the_same_paper_is_the_same_file(self, paper):
        assert render_pdf(paper) == render_pdf(paper)

    def test_title_and_language_are_set(self, paper):
        reader = pypdf.PdfReader(io.BytesIO(render_pdf(paper)))

        assert reader.metadata.title == "What children in our care and care leavers told us"
        assert reader.trailer["/Root"]["/Lang"] == "en-GB"

    def test_a_font_that_every_machine_has_comes_last(self):
        assert pdf_module.FONTS[-1] == "Libertinus Serif"


class TestWord:
    def opened(self, report):
        return docx.Document(io.BytesIO(render_docx(report)))

    def test_every_table_says_what_the_paper_says(self, paper):
        word = self.opened(paper)

        drawn = [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in word.tables]
        captions = [one.text for one in word.paragraphs if one.style.name == "Caption"]
        assert drawn[0] == list(paper.facts)
        assert drawn[1:] == [rows for _, rows in tables(paper)]
        assert set(captions) >= {caption for caption, _ in tables(paper)}

    def test_headings_are_real_and_skip_no_level(self, paper):
        headings = [one for one in self.opened(paper).paragraphs if one.style.name.startswith("Heading")]

        assert [one.text for one in headings if one.style.name == "Heading 1"] == [
            part.heading for part in paper.sections
        ]
        assert {one.text for one in headings} == set(sections_of(paper))
        assert {one.style.name for one in headings} == {"Heading 1", "Heading 2"}

    def test_the_picture_has_alternative_text(self, paper):
        charts = [block for block in blocks_of(paper) if isinstance(block, Chart)]

        drawn = self.opened(paper).inline_shapes
        assert [shape._inline.docPr.get("descr") for shape in drawn] == [
            chart.alternative for chart in charts
        ]

    def test_the_header_row_repeats_on_every_page(self, paper):
        facts, *counted = self.opened(paper).tables
        assert not [row for row in facts.rows if row._tr.trPr is not None]
        for table in counted:
            marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
            assert marked == [True] + [False] * (len(marked) - 1)

    def test_the_page_header_is_marked_for_its_readers(self, paper, released):
        assert self.opened(paper).sections[0].header.paragraphs[0].text == "EXEMPT: not for publication"
        assert (
            self.opened(released).sections[0].header.paragraphs[0].text
            == "For members of the board. Not for publication"
        )

    def test_the_page_header_of_a_public_paper_is_empty(self, paper):
        public = dataclasses.replace(paper, mark=None)

        assert self.opened(public).sections[0].header.paragraphs[0].text == ""

    @pytest.mark.parametrize(("rows", "kept"), [(4, 4), (20, 20), (25, 25), (26, 1)])
    def test_a_table_that_fits_on_a_page_is_kept_on_one(self, rows, kept):
        counted = tuple((f"Subject {number:02d}", str(number)) for number in range(rows))
        table = Table("Many rows", ("Subject", "People"), counted)
        paper = dataclasses.replace(made_paper(), sections=(Section("A heading", (table,)),))

        drawn = self.opened(paper).tables[1]

        keeps = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in drawn.rows]
        assert keeps == [True] * kept + [False] * (rows + 1 - kept)

    def test_a_paragraph_stays_with_what_it_leads_to(self, paper):
        word = self.opened(paper)

        leading = ("A person may have raised several", "Each person who answered", "What it was about")
        texts = [one for one in word.paragraphs if one.text.startswith(leading)]
        assert [one.paragraph_format.keep_with_next for one in texts] == [True] * 5

    def test_nothing_in_the_file_tells_who_or_what_made_it(self, paper):
        word = self.opened(paper)

        about = word.core_properties
        assert (about.author, about.last_modified_by, about.comments) == ("Example County Council",) * 2 + (
            "",
        )
        assert about.created.isoformat() == "2026-09-30T23:00:00+00:00"
        assert about.title == "What children in our care and care leavers told us"

    def test_the_language_is_british_english(self, paper):
        language = self.opened(paper).styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")

        assert language.get(qn("w:val")) == "en-GB"

    def test_what_people_typed_is_text_and_never_breaks_the_file(self, nasty):
        file = render_docx(nasty)

        assert NASTY_PRINTED in [one.text for one in docx.Document(io.BytesIO(file)).paragraphs]
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            for name in parts.namelist():
                if name.endswith(".xml"):
                    etree.fromstring(parts.read(name))


class TestCharts:
    def test_the_drawing_holds_every_number_and_no_script(self, paper):
        chart = next(block for block in blocks_of(paper) if isinstance(block, Chart))

        drawing = draw_svg(chart)

        root = etree.fromstring(drawing.encode())
        texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
        assert [
            text for text in texts if text in {"Social workers and personal advisers", "Where I live"}
        ] == [
            "Social workers and personal advisers",
            "Where I live",
        ]
        assert texts[-2:] == ["30", "20"]
        assert "Money" not in texts
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))

    def test_the_drawing_is_a_png_sharp_enough_for_print(self, paper):
        chart = next(block for block in blocks_of(paper) if isinstance(block, Chart))

        picture = draw_png(chart)

        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20], "big") >= 1500
