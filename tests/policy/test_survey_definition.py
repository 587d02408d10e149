"""The survey of 2011 as it is asked again, and what an analyst may call the answers."""

import re
from datetime import date

import pytest
from samples import SAMPLES

from wherewithal.core.policy import NoPolicy
from wherewithal.core.questions import CHOOSING, WRITING, asked
from wherewithal.policy import codebook as reader
from wherewithal.policy.codebook import codebook
from wherewithal.policy.questionnaire import questionnaire

SURVEY = questionnaire("personalisation-2011", date(2011, 8, 1))
BOOK = codebook("personalisation-2011")
INSTRUMENT = SAMPLES / "survey-2011" / "instrument.yaml"


def test_the_survey_has_69_questions_in_ten_sections_with_a_profile_and_a_closing():
    assert len(SURVEY.questions) == 69
    assert [section.id for section in SURVEY.sections] == [
        "profile", "progress", "actions", "brokerage", "communication", "workforce", "restrictions", "risk",
        "outcomes", "accounts", "market", "closing",
    ]  # fmt: skip


def test_who_has_accounts_down_to_a_person_is_not_asked_for_plans_to_get_there():
    def ids(answers):
        return {question.id for question in asked(SURVEY, answers)}

    assert {"transition_plans", "transition_kinds"} <= ids({"individual_level": "no"})
    assert not {"transition_plans", "transition_kinds"} & ids({"individual_level": "yes"})
    assert "self_funder_route" not in ids({"brokerage_offered": "yes", "self_funders": "no"})
    assert "self_funder_route" in ids({"brokerage_offered": "yes", "self_funders": "yes"})


def test_no_choice_stands_for_no_answer():
    choices = [choice for one in SURVEY.questions.values() for choice in one.choices]
    assert not [choice.text for choice in choices if re.search("no answer|not applicable", choice.text, re.I)]


def test_every_code_says_what_it_means_and_gives_an_example():
    assert all(code.label and code.definition and all(code.examples) and code.examples for code in BOOK.codes)
    assert all(SURVEY.question(code.question).kind in WRITING for code in BOOK.codes)
    assert BOOK.questions["risk_status"][0].alone and not BOOK.questions["risk_types"][0].alone


def test_a_codebook_that_is_not_there_is_refused():
    with pytest.raises(NoPolicy, match="no codebook “census”"):
        codebook("census")


@pytest.mark.parametrize(
    ("frames", "says"),
    [
        ([{"question": "region", "codes": []}], None),
        ([{"question": "region", "codes": [["a", "A"]]}], "“region” is no question"),
        ([{"question": "actions", "codes": [["a", "A"], ["a", "B"]]}], "Two codes are called “a”"),
        ([{"question": "actions", "colour": "red", "codes": []}], "nothing here is called “colour”"),
    ],
)
def test_a_mistake_in_a_codebook_is_named(monkeypatch, frames, says):
    for frame in frames:
        frame["codes"] = [
            {"id": id, "label": label, "definition": "d", "examples": ["e"]} for id, label in frame["codes"]
        ]
    body = {"id": "x", "version": "1", "title": "X", "source": "Made up"}
    monkeypatch.setattr(reader, "table", lambda _: body | {"questionnaire": SURVEY.id, "frames": frames})
    if says is None:
        assert reader.codebook.__wrapped__(SURVEY.id).codes == ()
    else:
        with pytest.raises(NoPolicy, match=says):
            reader.codebook.__wrapped__(SURVEY.id)


@pytest.mark.skipif(
    not INSTRUMENT.is_file(), reason="the questions as they were worked out are not beside us"
)
def test_each_question_worked_out_from_the_report_is_asked_in_its_place_and_kind():
    text = (
        INSTRUMENT.read_text(encoding="utf-8").partition("\nquestions:")[2].partition("\ncalled_for_but")[0]
    )
    found = [
        (re.sub(r"^q\d+_(\d*[a-z]?_)?", "", id).replace("_codes", "_kinds"), kind, coder)
        for id, kind, coder in re.findall(
            r"- id: (\w+)\n.*?\n  type: (\w+)\n.*?  coded_by: (\w+)", text, re.DOTALL
        )
    ]
    assert [id for id, _, _ in found] == list(SURVEY.questions)
    filled_by_the_office = {"region", "type", "targeted", "received"}
    for id, kind, coder in found:
        ours = SURVEY.question(id).kind
        if coder == "analyst" and id not in filled_by_the_office:
            assert ours in WRITING and id in BOOK.questions | {"restriction_kinds": ()}
        elif kind in ("single_choice", "multiple_choice", "likert"):
            assert ours in CHOOSING
