"""One build of a report: every file from the same parts, under one hash."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wherewithal.core.refusal import Refusal
from wherewithal.core.release import content_hash
from wherewithal.core.report import Report
from wherewithal.formats.report.pdf import pdf
from wherewithal.formats.report.sheets import sheets
from wherewithal.formats.report.web import page
from wherewithal.formats.report.word import document, press_notice


class FolderInUse(Refusal):
    """A folder that holds something already."""


@dataclass(frozen=True)
class Release:
    """``files`` by name; ``hash`` is of the report's content, the same in every file and build of it."""

    files: Mapping[str, bytes]
    hash: str


def build(report: Report) -> Release:
    """The report as PDF, Word, web page and sheets, and the press notice."""
    files = {
        "report.pdf": pdf(report),
        "report.docx": document(report),
        "report.html": page(report),
        "tables.ods": sheets(report),
        "press-notice.docx": press_notice(report),
    }
    return Release(files, content_hash(report))


def write(release: Release, folder: Path) -> None:
    """The files, and ``hashes.txt``: the content's hash and each file's own. Raises FolderInUse."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderInUse(f"“{folder}” is not empty. Give a new or an empty folder.")
    lines = [f"{release.hash}  content"]
    for name, file in release.files.items():
        (folder / name).write_bytes(file)
        lines.append(f"{hashlib.sha256(file).hexdigest()}  {name}")
    (folder / "hashes.txt").write_text("\n".join(lines) + "\n")
