"""One build of the survey of 2011: every file of its report, from what was counted, each file timed apart."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from wherewithal.core.report import Chart
from wherewithal.formats.report import release
from wherewithal.formats.report.pdf import pdf
from wherewithal.formats.report.sheets import sheets
from wherewithal.formats.report.web import page
from wherewithal.formats.report.word import document, press_notice
from wherewithal.simulate.report_2011 import told

TIMES = 3


def measure() -> str:
    """The table for docs/benchmarks.md: the first build of a process (charts drawn), and the next ones."""
    report = told(on=date(2011, 9, 20), embargo=datetime(2011, 9, 21, tzinfo=UTC)).report
    first = _once(lambda: release.build(report))
    again = min(_once(lambda: release.build(report)) for _ in range(TIMES))
    parts = [
        ("PDF, tagged (PDF/UA)", lambda: pdf(report)),
        ("Word", lambda: document(report)),
        ("web page", lambda: page(report)),
        ("spreadsheet", lambda: sheets(report)),
        ("press notice", lambda: press_notice(report)),
    ]
    rows = [("all files, charts drawn", first), ("all files, charts drawn before", again)]
    rows += [(name, min(_once(make) for _ in range(TIMES))) for name, make in parts]
    drawn = sum(isinstance(block, Chart) for section in report.sections for block in section.blocks)
    lines = [
        "| work | seconds |",
        "| --- | --- |",
        *(f"| {name} | {seconds:.2f} |" for name, seconds in rows),
    ]
    what = f"{len(report.sections)} sections, {len(list(report.tables()))} tables, {drawn} charts"
    return (
        f"The report of 2011 from made-up replies: {what}. After the first build, the best of {TIMES}.\n\n"
        + "\n".join(lines)
    )


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
