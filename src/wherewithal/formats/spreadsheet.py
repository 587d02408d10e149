"""Cells on their way to a spreadsheet: what it would run as a formula becomes text that it only shows.

A cell that starts with = + - @ (their wide forms too), a tab or a line break gets an apostrophe before it, as
OWASP's advice on CSV injection has it. A plain number stays a number: -12.50 runs nothing; nor does the mark
of a published table that is "-" and no more.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_PLAIN = re.compile(r"-|-?[0-9]+(\.[0-9]+)?", re.ASCII)
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def harmless(cell: str) -> str:
    """The cell as a spreadsheet may open it."""
    if _PLAIN.fullmatch(cell) or not _RUNS.match(cell):
        return cell
    return f"'{cell}"


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel and LibreOffice open as it is: UTF-8 with its mark, every cell harmless."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
