"""A release held against PDF/UA by another's checker; what all its files tell alike: numbers, the embargo."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import docx
import page as checker
import pypdf
import pytest
import typst
from lxml import html
from reporting import report

from wherewithal.core.report import Bar, Bullets, Chart, Quote, Section, Vignette
from wherewithal.formats.report import release

STORIES = (
    Vignette("How", "A panel meets.\n\nIt decides.", "Two councils"), Vignette("Who", "All.", "A council"),
)  # fmt: skip
STEPS = (Bar("Yes", 75, "positive"), Bar("No", 25))
SCALE = Chart("Fair: percent of 8 councils", "One bar in steps", STEPS, "fair", steps=True)
MORE = (
    Section("Words", (Quote("They stay until the review.", "A council"), *STORIES, SCALE)),
    Section("What comes next", (Bullets(("Ask again.", "Tell everybody.")),)),
)


@pytest.fixture(scope="module")
def built() -> release.Release:
    """A report with a block of every kind."""
    made = report()
    return release.build(replace(made, sections=(*made.sections, *MORE), corrects="A title."))


def against_the_rules(pdf: bytes) -> list[str]:
    """What of a PDF is against PDF/UA-1, by the number of the rule."""
    found = checker.validate_pdf_bytes(pdf, profile=checker.ValidationProfile.PDF_UA_1)
    assert found.rules.total > 100
    return [f"{one.rule_id}: {one.message}" for one in found.failures]


def test_the_pdf_keeps_the_rules_of_pdf_ua(built):
    assert against_the_rules(built.files["report.pdf"]) == []


def test_the_checker_finds_a_pdf_that_does_not():
    assert against_the_rules(typst.compile(b"= Heading", format="pdf"))


def test_a_section_has_one_number_and_it_is_the_same_in_every_file(built):
    titles = ["Who took part", "Plans", "Words", "What comes next"]
    numbered = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    word = docx.Document(io.BytesIO(built.files["report.docx"]))
    heads = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert heads == ["Summary", *numbered, "Contacts"]
    read = html.fromstring(built.files["report.html"])
    heads = [" ".join(one.text_content().split()) for one in read.xpath("//h2")]
    assert [one for one in heads if re.match(r"\d", one)] == numbered
    outline = [one.title for one in pypdf.PdfReader(io.BytesIO(built.files["report.pdf"])).outline]
    assert [one for one in outline if re.match(r"\d", one)] == numbered


def test_an_embargo_in_summer_is_told_in_london_time():
    held = replace(report(), embargo=datetime(2027, 6, 30, 23, 1, tzinfo=UTC))
    first = docx.Document(io.BytesIO(release.build(held).files["press-notice.docx"])).paragraphs[0].text
    assert first == "Embargo: not before 00:01 on 1 July 2027 (London time)"
