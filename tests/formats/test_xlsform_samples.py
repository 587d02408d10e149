"""XLSForm on forms of others, where they lie beside the project; skipped where they do not."""

import json
import re
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from random import Random

import pytest
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert
from samples import SAMPLES
from xform import XForm
from xform_answers import as_a_form_holds, by_chance

from wherewithal.core.questions import asked
from wherewithal.formats import xlsform
from wherewithal.formats.xlsform.verdict import verdict
from wherewithal.formats.xlsform.workbook import open_workbook
from wherewithal.policy.questionnaire import parse
from wherewithal.policy.questionnaire_text import text

FORMS = SAMPLES / "xlsform"
OUTCOMES = FORMS / "pyxform_outcomes.json"
KNOWN = json.loads(OUTCOMES.read_text()) if OUTCOMES.exists() else []
FIRST = date(2026, 1, 1)
# Three have no sheet called “survey”, so whoever wrote the outcomes down did not ask pyxform. It takes the
# only sheet of a workbook for the survey, and so do we: what it says of them is asked here, file by file. One
# is a form, two are answers that were sent out as a table.
UNJUDGED = "not-xlsform"
OF_ONE_SHEET = {
    "survey_no_name.xlsx": "",
    "transportation_export.xls": "required column headers were not found: 'type'",
    "transportation_export.xlsx": "required column headers were not found: 'type'",
}
pytestmark = pytest.mark.skipif(not KNOWN, reason="the forms of others are not here")


def test_every_form_of_others_is_looked_at():
    """144, and of each pyxform's verdict: 141 as it was written down, three as it says now."""
    assert len(KNOWN) == 144
    assert Counter(one["status"] for one in KNOWN) == {"pyxform-ok": 105, "pyxform-error": 36, UNJUDGED: 3}
    assert [one["file"] for one in KNOWN if not (FORMS / one["file"]).is_file()] == []
    assert len({one["file"] for one in KNOWN}) == 144
    assert {(FORMS / one["file"]).name for one in KNOWN if one["status"] == UNJUDGED} == set(OF_ONE_SHEET)


def named(known):
    return [pytest.param(one, id=one["file"]) for one in known]


def pyxform_takes(known) -> bool:
    """As it was written down; of who has one sheet, by running it on the file now."""
    if known["status"] != UNJUDGED:
        return known["status"] == "pyxform-ok"
    try:
        convert(FORMS / known["file"], validate=False)
    except PyXFormError as refusal:
        assert OF_ONE_SHEET[(FORMS / known["file"]).name] in str(refusal)
        return False
    return True


def survey_of(known):
    sheets = open_workbook(FORMS / known["file"])
    return sheets["survey"] if known["status"] != UNJUDGED else next(iter(sheets.values()))


VALID = [one for one in KNOWN if pyxform_takes(one)]
ROUTED = [one for one in VALID if "relevant" in one.get("features", ())]


@cache
def brought(file):
    """The form as it comes in, or the refusal."""
    try:
        return xlsform.read(FORMS / file, first=FIRST)
    except xlsform.BadForm as refusal:
        return refusal


@pytest.mark.parametrize("known", named(KNOWN))
def test_our_verdict_is_that_of_pyxform(known):
    found = brought(known["file"])
    valid = not isinstance(found, xlsform.BadForm) or isinstance(found, xlsform.NothingAsked)
    assert valid == pyxform_takes(known)
    if isinstance(found, xlsform.BadForm):
        assert (FORMS / known["file"]).name in found.says


@pytest.mark.parametrize("known", named(VALID))
def test_everything_that_is_lost_is_named_by_its_place(known):
    found = brought(known["file"])
    if isinstance(found, xlsform.BadForm):
        assert isinstance(found, xlsform.NothingAsked)
        return
    sheets = {sheet.name: {line.number: line for line in sheet.lines}
              for sheet in open_workbook(FORMS / known["file"]).values()}  # fmt: skip
    for remark in found.remarks:
        assert remark.sheet.lower() in map(str.lower, sheets)
        assert remark.says
        if remark.row:
            sheet = next(lines for name, lines in sheets.items() if name.lower() == remark.sheet.lower())
            assert not remark.stood or remark.stood in sheet[remark.row].cells.values()
    rows = {line.number for line in sheets.get("survey", {}).values()}
    said = {remark.row for remark in found.remarks if remark.lost}
    assert said <= rows | {0} | {line for lines in sheets.values() for line in lines}


@pytest.mark.parametrize("known", named(VALID))
def test_no_row_is_left_out_without_a_word(known):
    """Each row that asks or says something is a question, or a remark names it or a group around it."""
    found = brought(known["file"])
    if isinstance(found, xlsform.BadForm):
        assert isinstance(found, xlsform.NothingAsked)
        return
    told = {remark.row for remark in found.remarks}
    around: list[bool] = []
    for line in survey_of(known).lines:
        type = (line.get("type") or "").replace("_", " ").strip().lower()
        if re.match(r"begin (group|repeat|loop)", type):
            around.append(line.number in told)
        elif re.match(r"end (group|repeat|loop)", type):
            around.pop()
        elif type:
            name = re.sub(r"[^a-z0-9_]", "_", (line.get("name") or "").lower())
            is_there = any(id == name or id.startswith(f"{name}_") for id in found.questionnaire.questions)
            assert is_there or line.number in told or any(around), f"row {line.number}: {type} {name}"


@pytest.mark.slow
@pytest.mark.parametrize("known", named(VALID))
def test_what_came_in_goes_out_and_comes_in_the_same(known, tmp_path):
    found = brought(known["file"])
    if isinstance(found, xlsform.BadForm):
        assert isinstance(found, xlsform.NothingAsked)
        return
    assert parse("x", tomllib.loads(text(found.questionnaire))) == found.questionnaire
    xlsform.write(found.questionnaire, tmp_path / "out.xlsx")
    assert verdict(tmp_path / "out.xlsx") == ""
    again = xlsform.read(tmp_path / "out.xlsx", first=FIRST)
    assert again.questionnaire == found.questionnaire
    assert again.remarks == ()


@pytest.mark.parametrize("known", named(ROUTED))
def test_what_is_asked_is_what_xpath_finds_relevant(known):
    """Question by question, for those whose condition came along whole and whose name stands once."""
    found = brought(known["file"])
    if isinstance(found, xlsform.BadForm):
        assert isinstance(found, xlsform.NothingAsked)
        return
    form = XForm(FORMS / known["file"])
    lines = {line.number: line for line in open_workbook(FORMS / known["file"])["survey"].lines}
    lost = {lines[one.row].get("name") for one in found.remarks if one.lost and one.column == "relevant"}
    paths = {}
    for leaf in form.leaves():
        if not lost & set(leaf.split("/")):
            paths.setdefault(re.sub(r"[^a-z0-9_]", "_", leaf.rsplit("/", 1)[1].lower()), []).append(leaf)
    compared = {id: leaves[0] for id, leaves in paths.items() if len(leaves) == 1}
    compared = {id: leaf for id, leaf in compared.items() if id in found.questionnaire.questions}
    rng = Random(1)
    for _ in range(15):
        answers = by_chance(found.questionnaire, rng)
        questions = found.questionnaire.questions
        held = {compared[id]: as_a_form_holds(questions[id], given)
                for id, given in answers.items() if id in compared}  # fmt: skip
        relevant = form.asked(held)
        ours = {one.id for one in asked(found.questionnaire, answers)}
        assert {id: id in ours for id in compared} == {id: leaf in relevant for id, leaf in compared.items()}
