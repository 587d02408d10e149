"""The files of a release as other programs read them: one content, five files, one hash."""

import io
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest
from lxml import etree, html
from odf.opendocument import load
from odf.table import Table as Sheet
from odf.table import TableRow
from odf.text import P
from reporting import report

from wherewithal.core.report import Chart
from wherewithal.formats.report import release
from wherewithal.formats.report.chart import png, svg

NAMES = ["report.pdf", "report.docx", "report.html", "tables.ods", "press-notice.docx"]


@pytest.fixture(scope="module")
def built() -> release.Release:
    return release.build(report())


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


def test_the_page_stands_alone_with_headings_in_order_and_scoped_cells(built):
    page = html.fromstring(built.files["report.html"])
    assert not page.xpath("//script | //link | //img[not(starts-with(@src, 'data:'))]")
    assert page.xpath("//h1 | //h2")[0].tag == "h1"
    assert page.xpath("//figure[@role='img'][starts-with(@aria-label, 'Bars: Yes 75%')]")
    assert not page.xpath("//th[not(@scope)]")


def test_what_was_written_never_becomes_markup():
    made = replace(report(), headline="<script>alert(1)</script> #strong[x]")
    built = release.build(made)
    assert b"<script>alert" not in built.files["report.html"]
    assert "#strong[x]" in texts(built)["report.pdf"]


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
    with zipfile.ZipFile(io.BytesIO(built.files["report.docx"])) as inside:
        document = etree.fromstring(inside.read("word/document.xml"))
    word = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}  # fmt: skip
    assert document.xpath("//wp:docPr/@descr", namespaces=word)[0].startswith("Bars: Yes 75%")
    assert len(document.xpath("//w:tblHeader", namespaces=word)) == 3


def test_the_hash_stands_in_every_file(built):
    for name, text in texts(built).items():
        assert built.hash in text.replace(" ", ""), name


def test_one_content_has_one_hash_and_another_content_another(built):
    assert release.content_hash(report()) == built.hash
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
    yes, no = (Chart("A", "B", ((label, 50.0),), "t") for label in ("Yes", "No"))
    assert png(yes) != png(no)
    assert svg(yes) != svg(no)
