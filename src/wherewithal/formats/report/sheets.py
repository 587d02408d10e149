"""A report's tables as a spreadsheet (``formats/ods.py``), under a cover that says whose and which it is."""

from wherewithal.core.period import written
from wherewithal.core.release import hash_line
from wherewithal.core.report import Report
from wherewithal.formats.ods import workbook


def sheets(report: Report) -> bytes:
    """Cover, contents, notes, then every table of the report on a sheet that is called as the table is."""
    cover = [f"{report.publisher}, {written(report.published_on)}. Version {report.version}."]
    cover += [text for text in (report.made_up, report.corrects, hash_line(report)) if text]
    return workbook(report.title, cover, list(report.tables()))
