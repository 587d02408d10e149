"""The files of a release as other programs read them: one content, five files, one hash."""

import io
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest
from lxml import etree, html
from odf.dc import Language, Title
from odf.opendocument import load
from odf.table import DatabaseRange, TableHeaderRows, TableRow
from odf.table import Table as Sheet
from odf.text import P
from reporting import report

from wherewithal.core.report import Bar, Chart, Quote, Report, Section, Vignette
from wherewithal.formats.report import release
from wherewithal.formats.report.chart import png, svg

NAMES = ["report.pdf", "report.docx", "report.html", "tables.ods", "press-notice.docx"]


SCALE = Chart(
    "Fair: percent of 24 councils that took part", "One bar in steps",
    (Bar("Agree strongly", 25, "positive"), Bar("Agree", 50, "positive"), Bar("Neither", 5),
     Bar("Disagree", 4, "negative"), Bar("Disagree strongly", 8, "negative")),
    "fair", steps=True,
)  # fmt: skip
STORY = Vignette("Early talks", "Brokers come early.\n\nPanels do too.", "Two councils, with their consent")
WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}  # fmt: skip


def whole() -> Report:
    """The report with what else may stand in it: a scale, words, a story."""
    of = report()
    return replace(
        of,
        sections=(*of.sections, Section("Said", (SCALE, Quote("We like it.", "A county council"), STORY))),
    )


@pytest.fixture(scope="module")
def built() -> release.Release:
    return release.build(whole())


def inside_word(built: release.Release, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(built.files["report.docx"])) as inside:
        return inside.read(name)


def tags(node) -> list:
    """Every element of a tagged PDF in its order: its kind and its alternative."""
    node = node.get_object()
    kids = node.get("/K", []) if isinstance(node, dict) else []
    within = kids if isinstance(kids, list) else [kids]
    here = [(node["/S"], node.get("/Alt", ""))] if isinstance(node, dict) and "/S" in node else []
    return here + [tag for kid in within if not isinstance(kid, int) for tag in tags(kid)]


def texts(built: release.Release) -> dict[str, str]:
    pages = pypdf.PdfReader(io.BytesIO(built.files["report.pdf"])).pages
    sheet = load(io.BytesIO(built.files["tables.ods"]))
    found = {
        "report.pdf": " ".join(page.extract_text() for page in pages),
        "report.html": html.fromstring(built.files["report.html"]).text_content(),
        "tables.ods": " ".join(str(one) for one in sheet.getElementsByType(P)),
    }
    for name in ("report.docx", "press-notice.docx"):
        document = docx.Document(io.BytesIO(built.files[name]))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        found[name] = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return {name: " ".join(text.split()) for name, text in found.items()}


def test_there_are_five_files_and_each_says_that_the_replies_are_made_up(built):
    assert list(built.files) == NAMES
    for name, text in texts(built).items():
        assert "Made up for tests." in text, name


def test_the_headline_has_one_wording_everywhere(built):
    for name in ("report.pdf", "report.docx", "report.html", "press-notice.docx"):
        assert report().headline in texts(built)[name], name


def test_every_figure_of_the_tables_stands_in_every_file_that_has_tables(built):
    for name in ("report.pdf", "report.docx", "report.html"):
        for table in report().tables():
            for row in table.rows:
                assert " ".join(row) in texts(built)[name] or all(cell in texts(built)[name] for cell in row)


def test_the_pdf_is_tagged_titled_and_its_chart_has_an_alternative(built):
    reader = pypdf.PdfReader(io.BytesIO(built.files["report.pdf"]))
    assert reader.metadata.title == report().title
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in built.files["report.pdf"] or "pdfuaid" in str(
        reader.xmp_metadata.rdf_root.toxml()
    )
    figures = [alt for kind, alt in tags(reader.trailer["/Root"]["/StructTreeRoot"]) if kind == "/Figure"]
    assert [alt.partition(" ")[0] for alt in figures if alt] == ["Bars:", "One"]


def test_the_page_stands_alone_with_headings_in_order_and_scoped_cells(built):
    page = html.fromstring(built.files["report.html"])
    assert not page.xpath("//script | //link | //img[not(starts-with(@src, 'data:'))]")
    assert page.xpath("//h1 | //h2")[0].tag == "h1"
    [picture] = page.xpath("//figure/div[@role='img'][starts-with(@aria-label, 'Bars: Yes 75%')]")
    assert picture[0].tag == "svg"
    assert page.xpath("//figcaption")[0].text == "Do you have a plan? Percent of 24 councils that took part"
    assert not page.xpath("//th[not(@scope)]")


def test_what_was_written_never_becomes_markup():
    made = replace(report(), headline="<script>alert(1)</script> #strong[x]")
    built = release.build(made)
    assert b"<script>alert" not in built.files["report.html"]
    assert "#strong[x]" in texts(built)["report.pdf"]


def test_each_sheets_table_is_marked_with_its_headings_and_the_file_says_its_title_and_language(built):
    file = load(io.BytesIO(built.files["tables.ods"]))
    sheets = file.getElementsByType(Sheet)
    marked = [one.getAttribute("targetrangeaddress") for one in file.getElementsByType(DatabaseRange)]
    assert len(marked) == len(sheets)
    for sheet, range in zip(sheets, marked, strict=True):
        rows, name = sheet.getElementsByType(TableRow), sheet.getAttribute("name")
        (headings,) = sheet.getElementsByType(TableHeaderRows)
        assert headings.getElementsByType(TableRow) == rows[:1]
        assert (
            range
            == f"'{name}'.A1:'{name}'.{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[len(rows[0].childNodes) - 1]}{len(rows)}"
        )
    assert [str(one) for one in file.getElementsByType(Title)] == [report().title]
    assert [str(one) for one in file.getElementsByType(Language)] == ["en-GB"]


def test_each_sheet_has_one_table_from_a1_one_row_of_headings_and_no_hole(built):
    sheets = load(io.BytesIO(built.files["tables.ods"])).getElementsByType(Sheet)
    names = [sheet.getAttribute("name") for sheet in sheets]
    assert names == ["Cover", "Contents", "Notes", "by_region", "plan", "how"]
    for sheet in sheets:
        widths = {len(row.childNodes) for row in sheet.getElementsByType(TableRow)}
        assert len(widths) == 1
        assert all(str(cell).strip() for row in sheet.getElementsByType(TableRow) for cell in row.childNodes)


def test_the_press_notice_begins_with_the_embargo_in_london_time(built):
    first = docx.Document(io.BytesIO(built.files["press-notice.docx"])).paragraphs[0].text
    assert first == "Embargo: not before 00:01 on 1 December 2026 (London time)"


def test_words_picture_has_an_alternative_and_its_headings_are_marked(built):
    document = etree.fromstring(inside_word(built, "word/document.xml"))
    assert document.xpath("//wp:docPr/@descr", namespaces=WORD)[0].startswith("Bars: Yes 75%")
    assert len(document.xpath("//w:tblHeader", namespaces=WORD)) == 3


def test_a_chart_is_one_drawing_wherever_it_stands(built):
    assert svg(SCALE) in built.files["report.html"].decode()
    assert inside_word(built, "word/media/image2.png") == png(SCALE)
    for name in ("report.pdf", "report.docx", "report.html"):
        assert SCALE.title in texts(built)[name], name
    for words in ("Agree strongly", "No answer that counts"):
        assert words in texts(built)["report.pdf"], "the drawing is text in the PDF, and no picture of it"


def test_a_vignette_is_a_box_with_a_heading_and_a_quotation_is_none(built):
    page = html.fromstring(built.files["report.html"])
    [box] = page.xpath("//div[@class='vignette']")
    assert box.xpath("./h3")[0].text == STORY.title and len(box.xpath("./p")) == 3
    assert page.xpath("//blockquote")[0].text_content().startswith("We like it.")
    document = etree.fromstring(inside_word(built, "word/document.xml"))
    framed = document.xpath("//w:p[w:pPr/w:pBdr/w:left]", namespaces=WORD)
    said = ["".join(one.itertext()) for one in framed]
    assert said == [STORY.title, *STORY.paragraphs, STORY.says_who]
    assert framed[0].xpath("./w:pPr/w:pStyle/@w:val", namespaces=WORD) == ["Heading2"]
    reader = pypdf.PdfReader(io.BytesIO(built.files["report.pdf"]))
    kinds = [kind for kind, _ in tags(reader.trailer["/Root"]["/StructTreeRoot"])]
    assert kinds.count("/H2") == 1 and "/BlockQuote" in kinds
    for name in ("report.pdf", "report.docx", "report.html"):
        assert "Two councils, with their consent" in texts(built)[name], name


def test_the_hash_stands_in_every_file(built):
    for name, text in texts(built).items():
        assert built.hash in text.replace(" ", ""), name


def test_one_content_has_one_hash_and_another_content_another(built):
    assert release.content_hash(whole()) == built.hash
    story = replace(STORY, title="Late talks")
    other = replace(whole(), sections=(*report().sections, Section("Said", (SCALE, story))))
    assert release.content_hash(other) != built.hash
    assert release.content_hash(report(yes=17)) != built.hash


def test_a_release_is_written_once_with_the_hash_of_each_file(built, tmp_path):
    release.write(built, tmp_path / "out")
    lines = (tmp_path / "out" / "hashes.txt").read_text().splitlines()
    assert lines[0] == f"{built.hash}  content"
    assert [line.split()[1] for line in lines[1:]] == NAMES
    with pytest.raises(release.FolderInUse):
        release.write(built, tmp_path / "out")


def test_a_charts_picture_has_its_labels():
    """Whatever faces this machine has: two charts that differ in their labels alone are two pictures."""
    yes, no = (Chart("A", "B", (Bar(label, 50.0),), "t") for label in ("Yes", "No"))
    assert png(yes) != png(no)
    assert svg(yes) != svg(no)


def test_nothing_is_drawn_of_what_is_not_shown():
    def boxes(*bars: Bar) -> int:
        return svg(Chart("A", "B", bars, "t")).count("<rect")

    assert boxes(Bar("Yes", 50), Bar("No", None)) == boxes(Bar("Yes", 50))
    assert "Not shown" in svg(Chart("A", "B", (Bar("Yes", 50), Bar("No", None)), "t"))


def drawn(*bars: Bar) -> list[dict[str, str]]:
    """The boxes of a scale, in their order."""
    return [dict(one.attrib) for one in etree.fromstring(svg(Chart("A", "B", bars, "t", steps=True))).iter()
            if one.tag.endswith("rect")]  # fmt: skip


def light(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_part_of_a_scale_stands_off_the_page_by_its_fill_or_its_edge_at_3_to_1():
    bare = tuple(replace(bar, pole="") for bar in SCALE.bars)
    for bars in (SCALE.bars, bare):
        for box in drawn(*bars):
            if "stroke" in box:
                assert 1.05 / (light(box["stroke"]) + 0.05) >= 3, box


def test_without_colour_what_is_positive_is_filled_negative_striped_and_neither_white():
    boxes = drawn(*SCALE.bars, Bar("Strongest", 8, "negative"))
    keys = [box for box in boxes if "stroke" in box and box["width"] == "16"]

    def fills(key: dict[str, str]) -> set[str]:
        top = float(key["y"])
        within = [box for box in boxes if box["x"] == "1" and top <= float(box["y"]) < top + 16]
        return {box["fill"] for box in within if "stroke" not in box}

    agree_strongly, agree, neither, *disagree = (fills(key) for key in keys)
    assert len(agree_strongly) == len(agree) == 1 and agree_strongly != agree
    assert neither == {"#ffffff"} and "#ffffff" not in agree | agree_strongly
    assert all(len(one) == 2 and "#ffffff" in one for one in disagree)
    dark = [light(box["fill"]) for box in drawn(*SCALE.bars) if box["fill"] in ("#003078", "#1d70b8")]
    assert max(dark) / min(dark) > 3, "the nearer to the end, the darker"


def test_the_parts_of_a_scale_fill_its_bar_and_who_gave_no_answer_is_left_open():
    def edges(*shares: float) -> list[dict[str, str]]:
        boxes = drawn(*(Bar(str(n), share) for n, share in enumerate(shares)))
        return [box for box in boxes if "stroke" in box and float(box["height"]) > 20]

    all_said = edges(33, 33, 33)  # rounding leaves one
    assert len(all_said) == 3 and not any("stroke-dasharray" in box for box in all_said)
    over = edges(50.5, 50.5)
    assert max(float(box["x"]) + float(box["width"]) for box in over) <= 320
    [*_, silent] = edges(50, 25)
    assert "stroke-dasharray" in silent and float(silent["width"]) == pytest.approx(80, abs=2)
