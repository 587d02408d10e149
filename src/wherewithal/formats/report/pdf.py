"""A report as PDF that anybody can open: tagged for screen readers (PDF/UA-1)."""

import json
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from wherewithal.core.period import written
from wherewithal.core.release import hash_line
from wherewithal.core.report import Block, Chart, Report, Vignette
from wherewithal.formats.report.chart import svg

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf(report: Report) -> bytes:
    """The whole report. Raises typst.TypstError where the template misses what it needs."""
    data: dict[str, Any] = {
        "title": report.title,
        "publisher": report.publisher,
        "version": report.version,
        "published": written(report.published_on),
        "headline": report.headline,
        "summary": report.summary,
        "made_up": report.made_up,
        "corrects": report.corrects,
        "contacts": report.contacts,
        "hash": hash_line(report),
        "sections": [
            {"title": f"{number}. {section.title}", "blocks": [_plain(block) for block in section.blocks]}
            for number, section in report.numbered()
        ],
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", typst.TypstWarning)  # a face of the list that this machine lacks
        made = typst.compile(
            TEMPLATE, format="pdf", pdf_standards="ua-1", sys_inputs={"data": json.dumps(data)}
        )
    assert isinstance(made, bytes)
    return made


def _plain(block: Block) -> dict[str, Any]:
    found = asdict(block) | {"kind": type(block).__name__}
    if isinstance(block, Chart):
        found["svg"] = svg(block)
    if isinstance(block, Vignette):
        found["paragraphs"] = block.paragraphs
    return found
