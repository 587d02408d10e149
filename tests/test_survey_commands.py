"""What a survey's officer does at a terminal: a report is checked, a form comes in and goes out."""

import json

import docx
import pytest
import typst
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal

SAYS = "152 councils were invited. 58 councils responded (33%). Of the respondents 55 (97%) are on target."
RIGHT = (
    "152 councils were invited and 58 councils responded. "
    "Of the respondents, 23 (40%) have a plan for everybody."
)
ARTICLE = "40% of councils have a plan for everybody."


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def written(folder, kind, says=SAYS):
    """The same sentences as a document of each kind."""
    path = folder / f"report.{kind}"
    match kind:
        case "txt":
            path.write_text(says)
        case "html":
            path.write_text(f"<html><body><p>{says}</p></body></html>")
        case "docx":
            made = docx.Document()
            made.add_paragraph(says)
            made.save(path)
        case "pdf":
            path.write_bytes(typst.compile(says.encode(), format="pdf"))
    return path


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "pdf"])
def test_a_report_of_each_kind_is_read_and_its_faults_are_told(tmp_path, kind):
    into = tmp_path / "found.json"
    found = run("claims", "check", written(tmp_path, kind), "--json", into)
    assert found.exit_code == 1
    assert "it would need 174 to 178" in found.output
    assert "No whole number has 55 as 97% of it" in found.output
    told = json.loads(into.read_text(encoding="utf-8"))
    assert told["document"] == f"report.{kind}"
    assert [base["value"] for base in told["bases"]][:2] == [152, 58]
    assert [(share["count"], share["fits"]) for share in told["shares"]] == [(58, []), (55, [])]
    assert [fault["kind"] for fault in told["faults"]] == ["percentage", "percentage"]


def test_a_base_that_is_given_is_what_a_share_must_fit(tmp_path):
    path = written(tmp_path, "txt", "40 (69%) have a plan.")
    assert "No base is stated" in run("claims", "check", path).output
    right = run("claims", "check", path, "--base", "58=respondents", "--all")
    assert (right.exit_code, "40 (69%): fits 58 (respondents)" in right.output) == (0, True)
    wrong = run("claims", "check", path, "--base", "152=respondents")
    assert (wrong.exit_code, "1 fault" in wrong.output) == (1, True)
    no_base = run("claims", "check", path, "--base", "respondents")
    assert isinstance(no_base.exception, Refusal) and "such as 58=respondents" in no_base.exception.says


def test_two_documents_are_compared(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    into = tmp_path / "found.json"
    found = run("claims", "compare", written(tmp_path, "txt", RIGHT), article, "--json", into)
    assert found.exit_code == 1
    assert [one["kind"] for one in json.loads(into.read_text(encoding="utf-8"))["faults"]] == ["base widened"]


def test_what_cannot_be_written_is_refused_in_words(tmp_path):
    path, nowhere = written(tmp_path, "txt", RIGHT), tmp_path / "nowhere" / "found.json"
    for command in (("check", path), ("compare", path, path)):
        found = run("claims", *command, "--json", nowhere)
        assert isinstance(found.exception, Refusal) and "cannot be written" in found.exception.says


def test_a_questionnaire_goes_out_as_a_form_and_comes_in_again(tmp_path):
    form, back = tmp_path / "form.xlsx", tmp_path / "form.toml"
    out = run("survey", "export", "personalisation-2011", form)
    assert (out.exit_code, "12 sections, 69 questions" in out.output) == (0, True)
    found = run("survey", "import", form, "--out", back, "--first", "2026-04-06")
    assert (found.exit_code, "Nothing was lost." in found.output) == (0, True)
    assert 'title = "Personal budgets: where your council stands"' in back.read_text(encoding="utf-8")


def test_what_of_a_form_is_lost_is_told_and_the_command_says_so(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "survey"
    for row in (("type", "name", "label"), ("text", "a", "A?"), ("geopoint", "where", "Where?")):
        book.active.append(row)
    book.save(tmp_path / "form.xlsx")
    found = run("survey", "import", tmp_path / "form.xlsx")
    assert found.exit_code == 1
    assert "lost  survey, row 3, type “geopoint”" in found.output and "1 thing was lost." in found.output
    nothing = run("survey", "export", "census", tmp_path / "out.xlsx")
    assert (
        isinstance(nothing.exception, Refusal)
        and "no questionnaire called “census”" in nothing.exception.says
    )
