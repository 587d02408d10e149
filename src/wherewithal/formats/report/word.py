"""A report in Word, with headings, real tables and alternatives for its pictures; and the press notice."""

import io
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from wherewithal.core.period import written
from wherewithal.core.release import hash_line
from wherewithal.core.report import Block, Bullets, Chart, Paragraph, Quote, Report, Table, Vignette
from wherewithal.formats.report.chart import png

LONDON = ZoneInfo("Europe/London")


def document(report: Report) -> bytes:
    """The whole report as docx."""
    made = _begun(report)
    made.add_heading("Summary", 1)
    made.add_paragraph().add_run(report.headline).bold = True
    _bullets(made, report.summary)
    for number, section in report.numbered():
        made.add_heading(f"{number}. {section.title}", 1)
        for block in section.blocks:
            _block(made, block)
    if report.contacts:
        made.add_heading("Contacts", 1)
        _bullets(made, report.contacts)
    made.add_paragraph(hash_line(report))
    return _saved(made)


def press_notice(report: Report) -> bytes:
    """For the press: embargo first, the headline and the summary as the report has them, contacts."""
    made = _begun(report, embargoed=True)
    made.add_heading(report.headline, 1)
    _bullets(made, report.summary)
    made.add_heading("Notes to editors", 2)
    made.add_paragraph(f"The report is “{report.title}”, version {report.version}, by {report.publisher}.")
    _bullets(made, report.contacts)
    made.add_paragraph(hash_line(report))
    return _saved(made)


def told_from(embargo: datetime) -> str:
    """``00:01 on 19 October 2011 (London time)``."""
    local = embargo.astimezone(LONDON)
    return f"{local:%H:%M} on {written(local.date())} (London time)"


def _begun(report: Report, *, embargoed: bool = False) -> Document:
    made = docx.Document()
    made.core_properties.title = report.title
    made.core_properties.author = report.publisher
    made.core_properties.language = report.language
    if embargoed and report.embargo:
        made.add_paragraph().add_run(f"Embargo: not before {told_from(report.embargo)}").bold = True
    made.add_heading(report.title, 0)
    made.add_paragraph(f"{report.publisher}, {written(report.published_on)}. Version {report.version}.")
    if report.made_up:
        made.add_paragraph().add_run(report.made_up).bold = True
    if report.corrects:
        made.add_paragraph(f"This version corrects the one before: {report.corrects}")
    return made


def _block(made: Document, block: Block) -> None:
    if isinstance(block, Paragraph):
        made.add_paragraph(block.text)
    elif isinstance(block, Bullets):
        _bullets(made, block.items)
    elif isinstance(block, Quote):
        made.add_paragraph(f"{block.text} ({block.says_who})", style="Quote")
    elif isinstance(block, Vignette):
        _vignette(made, block)
    elif isinstance(block, Chart):
        made.add_paragraph(block.title, style="Caption").paragraph_format.keep_with_next = True
        picture = made.add_picture(io.BytesIO(png(block)), width=Cm(9.5))
        picture._inline.docPr.set("descr", block.says)
    else:
        _table(made, block)


def _vignette(made: Document, block: Vignette) -> None:
    """A box: paragraphs with one border are drawn in one frame."""
    within = [made.add_heading(block.title, 2), *map(made.add_paragraph, block.paragraphs)]
    within.append(made.add_paragraph(block.says_who))
    for paragraph in within:
        frame = OxmlElement("w:pBdr")
        for side in ("top", "left", "bottom", "right"):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "0B0C0C")):
                line.set(qn(f"w:{name}"), value)
            frame.append(line)
        paragraph.paragraph_format.keep_with_next = paragraph is not within[-1]
        properties = paragraph._p.get_or_add_pPr()
        # What comes after the frame, as the format orders it.
        properties.insert_element_before(
            frame, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    made.add_paragraph()  # else what comes next, framed too, would stand in the same box


def _table(made: Document, table: Table) -> None:
    made.add_paragraph(table.title, style="Caption")
    grid = made.add_table(1, len(table.headings), style="Light List")
    for cell, heading in zip(grid.rows[0].cells, table.headings, strict=True):
        cell.text = heading
    # A screen reader tells the headings of each cell only where the row is marked as one of headings.
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    for note in table.notes:
        made.add_paragraph(note)


def _bullets(made: Document, items: Sequence[str]) -> None:
    for item in items:
        made.add_paragraph(item, style="List Bullet")


def _saved(made: Document) -> bytes:
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()
