"""XLSForm in and out, on small forms of our own: each feature, each refusal, each loss with its place."""

import tomllib
from datetime import date

import pytest
from every_kind import everything
from openpyxl import Workbook

from wherewithal.core.questions import (
    AnswerTo,
    Check,
    Choice,
    Compared,
    Every,
    Given,
    Question,
    Questionnaire,
    Section,
    SizeOf,
    Unless,
    Worked,
    asked,
    faults,
    worded,
)
from wherewithal.formats import xlsform
from wherewithal.policy.questionnaire import parse, questionnaires
from wherewithal.policy.questionnaire_text import text

FIRST = date(2026, 1, 1)
YES_NO = [["yn", "yes", "Yes"], ["yn", "no", "No"]]
FRUIT = [["fruit", "apple", "Apple"], ["fruit", "pear", "Pear"], ["fruit", "plum", "Plum"]]


@pytest.fixture
def form(tmp_path):
    """Write a form: rows of the survey as tables, rows of the choices as lists, and read it."""

    def made(*rows, choices=(), heads=("list_name", "name", "label"), settings=None, read=True):
        book = Workbook()
        survey = book.active
        survey.title = "survey"
        columns = list(dict.fromkeys(["type", "name", "label", *(key for row in rows for key in row)]))
        survey.append(columns)
        for row in rows:
            survey.append([row.get(column) for column in columns])
        lists = book.create_sheet("choices")
        for row in [heads, *(choices or [*YES_NO, *FRUIT])]:
            lists.append(list(row))
        if settings:
            sheet = book.create_sheet("settings")
            sheet.append(list(settings))
            sheet.append(list(settings.values()))
        path = tmp_path / "small.xlsx"
        book.save(path)
        return xlsform.read(path, first=FIRST) if read else path

    return made


def row(type, name, label="What?", **more):
    return {"type": type, "name": name, "label": label} | more


def only(brought):
    (section,) = brought.questionnaire.sections
    (question,) = section.questions
    return question


def lost(brought):
    return [str(remark) for remark in brought.remarks if remark.lost]


@pytest.mark.parametrize(
    "type, kind",
    [
        ("text", "text"),
        ("string", "text"),
        ("integer", "whole_number"),
        ("decimal", "decimal"),
        ("date", "date"),
        ("note", "note"),
        ("select_one fruit", "one"),
        ("select one from fruit", "one"),
        ("select_one yn", "yes_no"),
        ("select_multiple fruit", "several"),
        ("rank fruit", "rank"),
        ("acknowledge", "several"),
    ],
)
def test_each_type_becomes_a_kind(form, type, kind):
    brought = form(row(type, "q"))
    assert only(brought).kind == kind
    assert brought.is_whole


def test_a_range_is_a_number_with_steps(form):
    number = only(form(row("range", "q", parameters="start=0 end=10 step=2")))
    assert (number.kind, number.check) == ("whole_number", Check(0, 10, 2))
    decimal = only(form(row("range", "q", parameters="start=0 end=1 step=0.25")))
    assert (decimal.kind, decimal.check) == ("decimal", Check(0, 1, 0.25))


def test_likert_and_long_text_are_known_by_how_they_look(form):
    brought = form(
        row("select_one fruit", "a", appearance="likert"), row("text", "b", appearance="multiline")
    )
    assert [one.kind for one in brought.questionnaire.questions.values()] == ["likert", "longtext"]
    assert brought.is_whole


def test_groups_are_sections_and_a_group_within_one_joins_it_with_its_heading_as_a_note(form):
    brought = form(
        row("begin_group", "home", "Your home"),
        row("text", "street"),
        row("begin_group", "people", "Who lives there", relevant="${street} != ''"),
        row("integer", "how_many"),
        {"type": "end_group"},
        {"type": "end_group"},
        row("text", "more"),
    )
    (home, loose) = brought.questionnaire.sections
    assert (home.id, home.title) == ("home", "Your home")
    assert [(one.id, one.kind) for one in home.questions] == [
        ("street", "text"),
        ("people", "note"),
        ("how_many", "whole_number"),
    ]
    assert {one.relevant for one in home.questions[1:]} == {Given("street")}
    assert [one.id for one in loose.questions] == ["more"]
    assert brought.is_whole
    assert "survey, row 4, type “begin_group”: it stands within “home”" in str(brought.remarks[0])


def test_a_group_is_asked_where_it_is_relevant(form):
    brought = form(
        row("select_one yn", "garden"),
        row("begin_group", "outside", "Outside", relevant="${garden} = 'yes'"),
        row("text", "trees", relevant="${garden} = 'no'"),
        {"type": "end_group"},
    )
    assert brought.questionnaire.section("outside").relevant == Given("garden", ("yes",))
    assert brought.questionnaire.question("trees").relevant == Given("garden", ("no",))


def test_a_repeat_is_asked_once_and_that_is_said(form):
    brought = form(row("begin_repeat", "child", "Child"), row("text", "called"), {"type": "end_repeat"})
    assert [one.id for one in brought.questionnaire.questions.values()] == ["called"]
    assert lost(brought) == [
        "survey, row 2, type “begin_repeat”: it repeats; here its questions are asked once"
    ]


def test_what_is_calculated_is_worked_out(form):
    brought = form(
        row("integer", "a"),
        row("integer", "b"),
        {"type": "calculate", "name": "all", "calculation": "${a} + ${b} * 2"},
        row("text", "why", relevant="${all} > 3"),
    )
    total = brought.questionnaire.question("all")
    assert total.value == Worked("plus", (AnswerTo("a"), Worked("times", (AnswerTo("b"), 2))))
    assert [one.id for one in asked(brought.questionnaire, {"a": 1, "b": 2})] == ["a", "b", "all", "why"]
    assert [one.id for one in asked(brought.questionnaire, {"a": 1, "b": 1})] == ["a", "b", "all"]


@pytest.mark.parametrize(
    "written, required", [("yes", True), ("TRUE", True), ("true()", True), ("no", False)]
)
def test_required_is_yes_or_no(form, written, required):
    assert only(form(row("text", "q", required=written))).required is required


@pytest.mark.parametrize(
    "type, constraint, check, must",
    [
        ("integer", ". > 0 and . < 120", Check(1, 119), None),
        ("integer", "${q} >= 5", Check(5), None),
        ("integer", "18 <= .", Check(18), None),
        ("decimal", ". >= 0.5 and . <= 9", Check(0.5, 9), None),
        ("decimal", ". > 0.5", Check(), Compared(0.5, "less", AnswerTo("q"))),
        ("date", ". >= date('2026-04-06')", Check("2026-04-06"), None),
        ("date", ". < date('2026-04-06')", Check(None, "2026-04-05"), None),
        ("text", "string-length(.) <= 20", Check(longest=20), None),
        ("text", "string-length(.) > 4", Check(), Compared(4, "less", SizeOf("q"))),
        ("select_multiple fruit", "count-selected(.) <= 2", Check(None, 2), None),
        (
            "select_multiple fruit",
            "not(selected(., 'apple') and selected(., 'pear'))",
            Check(),
            Unless(Every((Given("q", ("apple",)), Given("q", ("pear",))))),
        ),
    ],
)
def test_a_constraint_becomes_limits_and_what_an_answer_must_be(form, type, constraint, check, must):
    question = only(form(row(type, "q", constraint=constraint)))
    assert (question.check, question.must) == (check, must)


def test_a_constraint_may_look_at_another_answer_and_says_what_is_wrong(form):
    brought = form(
        row("integer", "people"),
        row("integer", "children", constraint=". <= ${people}", constraint_message="Not more than people."),
    )
    assert brought.is_whole
    (fault,) = faults(brought.questionnaire, {"people": 2, "children": 3}, whole=True)
    assert (fault.question, fault.says) == ("children", "Not more than people.")
    assert faults(brought.questionnaire, {"people": 3, "children": 3}, whole=True) == ()


def test_choices_are_filtered_by_what_was_answered(form):
    towns = [["town", "exeter", "Exeter", "devon"], ["town", "truro", "Truro", "cornwall"]]
    counties = [["county", "devon", "Devon", ""], ["county", "cornwall", "Cornwall", ""]]
    brought = form(
        row("select_one county", "county"),
        row("select_one town", "town", choice_filter="in_county = ${county}"),
        choices=[*counties, *towns],
        heads=("list_name", "name", "label", "in_county"),
    )
    assert brought.is_whole
    shown = asked(brought.questionnaire, {"county": "cornwall"})[-1]
    assert [choice.value for choice in shown.choices] == ["truro"]
    (fault,) = faults(brought.questionnaire, {"county": "cornwall", "town": "exeter"}, whole=True)
    assert fault.question == "town"


def test_somebody_who_chose_other_is_asked_what_it_is(form):
    brought = form(row("select_one fruit or_other", "q"))
    assert [choice.value for choice in brought.questionnaire.question("q").choices][-1] == "other"
    assert brought.questionnaire.question("q_other").relevant == Given("q", ("other",))


def test_every_language_comes_along(form):
    brought = form(
        {
            "type": "select_one fruit",
            "name": "q",
            "label::English (en)": "Which?",
            "label::Welsh (cy)": "Pa un?",
            "hint::Welsh (cy)": "Dewiswch",
            "hint::English (en)": "Choose",
        },
        choices=[["fruit", "apple", "Apple", "Afal"], ["fruit", "pear", "Pear", "Gellygen"]],
        heads=("list_name", "name", "label::English (en)", "label::Welsh (cy)"),
        settings={
            "form_title": "Fruit",
            "form_id": "fruit",
            "version": "7",
            "default_language": "English (en)",
        },
    )
    found = brought.questionnaire
    assert (found.id, found.version, found.title, found.language) == ("fruit", "7", "Fruit", "English (en)")
    assert (found.question("q").text, found.question("q").hint) == ("Which?", "Choose")
    welsh = worded(found, "Welsh (cy)").question("q")
    assert (welsh.text, welsh.hint, welsh.choice["apple"].text) == ("Pa un?", "Dewiswch", "Afal")
    assert brought.is_whole


def test_names_that_are_no_ids_are_changed_and_found_by_their_old_name(form):
    brought = form(row("integer", "Age-now"), row("text", "why", relevant="${Age-now} > 17"))
    assert brought.questionnaire.question("why").relevant == Given("age_now", at_least=18)
    assert [str(one) for one in brought.remarks] == [
        "survey, row 2, name “Age-now”: here it is called “age_now”"
    ]


def test_a_file_and_a_picture_are_asked_for(form):
    brought = form(
        row("file", "paper", required="yes"), row("photo", "face"),
        row("text", "why", relevant="${paper} != ''"),
    )  # fmt: skip
    assert brought.is_whole
    paper, face, why = brought.questionnaire.questions.values()
    assert (paper.kind, paper.check.files, paper.required) == ("file", (), True)
    assert (face.kind, face.check.files) == ("file", ("png", "jpeg"))
    assert why.relevant == Given("paper")


LOSSES = [
    ([row("geopoint", "q")], "survey, row 3, type “geopoint”: there is no such question here"),
    ([row("audio", "q")], "survey, row 3, type “audio”: sound and film cannot be looked into"),
    ([row("image", "q", appearance="signature")], "type “image”: nothing is drawn or signed here"),
    (
        [row("file", "q"), row("text", "r", relevant="string-length(${q}) > 3")],
        "survey, row 4, relevant “string-length(${q}) > 3”: “q” has no text whose length is told",
    ),
    ([{"type": "start", "name": "q"}], "survey, row 3, type “start”: a device fills this in"),
    (
        [row("select_one_from_file a.csv", "q")],
        "“select_one_from_file a.csv”: its choices lie in another file",
    ),
    ([row("text", "q", default="me")], "survey, row 3, default “me”: an answer that is filled in beforehand"),
    ([row("text", "q", read_only="yes")], "survey, row 3, read_only “yes”: an answer that cannot be changed"),
    (
        [row("text", "q", appearance="thousands-sep")],
        "survey, row 3, appearance “thousands-sep”: how it looks",
    ),
    (
        [row("text", "q", required="${t} = 1")],
        "survey, row 3, required “${t} = 1”: an answer is required always",
    ),
    (
        [row("text", "q", relevant="regex(${t}, 'a')")],
        "relevant “regex(${t}, 'a')”: regex(...) is no condition",
    ),
    ([row("text", "q", relevant="${later} = 1"), row("integer", "later")], "which comes after it"),
    ([row("text", "q", relevant="../a = 1")], "“../a” is a path, and only ${...} is followed"),
    (
        [row("date", "q", constraint=". > today()")],
        "constraint “. > today()”: the day on which it is filled in",
    ),
    ([row("date", "q", constraint=". > '2026-01-01'")], "write date('2026-04-06')"),
    ([row("text", "q", constraint="regex(., '[a-z]+')")], "regex(...) is no condition that can be carried"),
    (
        [{"type": "calculate", "name": "q", "calculation": "concat(${t}, 'a')"}],
        "calculation “concat(${t}, 'a')”: concat(...) is not worked out here; it is left out",
    ),
    (
        [row("text", "q", "Hello ${t}")],
        "survey, row 3, label “Hello ${t}”: an answer cannot be put into the words",
    ),
    ([row("text", "q", relevant="${t}")], "“${t}” alone is no condition"),
    ([row("select_one fruit", "q", choice_filter="x=selected(${t}, 'a')")], "every choice is shown"),
    (
        [row("text", "q", guidance_hint="Slowly")],
        "survey, row 3, guidance_hint “Slowly”: guidance beside the hint",
    ),
    ([row("text", "q", **{"bind::odk:x": "1"})], "survey, row 3, bind::odk:x “1”: this is not carried"),
    ([row("text", "q", remark="mine")], "survey, remark: it is no column of a form"),
]


@pytest.mark.parametrize("rows, says", LOSSES, ids=[says for _, says in LOSSES])
def test_what_is_lost_is_named_with_its_place_and_what_stood_there(form, rows, says):
    brought = form(row("text", "t"), *rows)
    assert any(says in one for one in lost(brought)), lost(brought)
    assert "t" in brought.questionnaire.questions


def test_settings_and_sheets_that_are_not_carried_are_named(form):
    brought = form(row("text", "q"), settings={"form_id": "x", "style": "pages", "public_key": "abc"})
    assert lost(brought) == [
        "settings, row 2, style “pages”: this is not carried",
        "settings, row 2, public_key “abc”: this is not carried",
    ]


def test_a_question_that_is_never_asked_is_left_out_and_what_looks_at_it_sees_no_answer(form):
    brought = form(
        row("text", "a", relevant="false()"),
        row("text", "b", relevant="${a} = ''"),
        row("text", "c", relevant="${a} = 'x'"),
        row("text", "d"),
    )
    assert [one.id for one in brought.questionnaire.questions.values()] == ["b", "d"]
    assert brought.questionnaire.question("b").relevant is None
    assert brought.is_whole


@pytest.mark.parametrize(
    "rows, says",
    [
        (
            [row("geopoint", "q")],
            "small.xlsx holds nothing that can be asked. survey, row 2, type “geopoint”",
        ),
        ([row("text", "q"), row("text", "q")], "small.xlsx is not a valid XLSForm: [row : 3]"),
        ([row("song", "q")], "small.xlsx is not a valid XLSForm: Unknown question type 'song'."),
        ([row("text", "q", relevant="${moon} = 1")], "Could not find the name 'moon'."),
        ([row("select_one moon", "q")], "List name not in choices sheet: moon"),
        ([row("begin_group", "g")], "small.xlsx is not a valid XLSForm: "),
    ],
)
def test_a_form_that_is_not_valid_or_asks_nothing_is_refused(form, rows, says):
    with pytest.raises(xlsform.BadForm) as refused:
        form(*rows)
    assert says in refused.value.says


def test_what_is_no_workbook_is_refused(tmp_path):
    for name, content in {
        "a.xlsx": b"",
        "b.xlsx": b"PK\x03\x04",
        "c.xls": b"\xd0\xcf\x11\xe0",
        "d.xlsx": b"a",
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(xlsform.BadForm, match=f"{name} is no workbook that can be opened"):
            xlsform.read(tmp_path / name, first=FIRST)
    with pytest.raises(xlsform.BadForm, match="cannot be read: No such file"):
        xlsform.read(tmp_path / "none.xlsx", first=FIRST)


@pytest.mark.parametrize("form", [*questionnaires(), everything()], ids=lambda one: f"{one.id} {one.version}")
def test_a_questionnaire_goes_out_and_comes_in_the_same(form, tmp_path):
    xlsform.write(form, tmp_path / "out.xlsx")
    brought = xlsform.read(tmp_path / "out.xlsx", first=date(1999, 1, 1))
    assert brought.questionnaire == form
    assert brought.remarks == ()
    assert parse("x", tomllib.loads(text(form))) == form


@pytest.mark.parametrize(
    "question, says",
    [
        (
            Question("q", "?", "several", choices=(Choice("a b", "A"),)),
            "“q”: the choice “a b” has a blank in its value",
        ),
        (Question("q", "?", "whole_number", check=Check(step=2)), "“q”: a form takes steps only between"),
        (Question("q", "?\x07", "text"), "A text holds a character that no spreadsheet takes"),
        (
            Question("q", "?", "calculated", value='it\'s "it"'),
            "has both sorts of quotation marks",
        ),
        (Question("meta", "?", "text"), "This would not be a valid XLSForm: "),
    ],
)
def test_what_a_form_cannot_say_is_refused_and_nothing_is_left(question, says, tmp_path):
    form = Questionnaire("x", "1", "X", "test", FIRST, None, "Made up", (Section("meta", "S", (question,)),))
    with pytest.raises(xlsform.BadForm) as refused:
        xlsform.write(form, tmp_path / "out.xlsx")
    assert says in refused.value.says
    assert list(tmp_path.iterdir()) == []
