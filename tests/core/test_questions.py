"""The questionnaire engine, on a small questionnaire, on any answers, and on those that the policy holds."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.core.questions import (
    CHOOSING,
    AnswerTo,
    Attached,
    Check,
    Choice,
    Compared,
    Given,
    NoSuchQuestion,
    Question,
    Questionnaire,
    Section,
    SizeOf,
    Worked,
    asked,
    carried,
    changes,
    counted,
    differences,
    faults,
    for_worker,
    holds,
    mistakes,
    most_points,
    places,
    progress,
    read,
    score,
    shown,
    worded,
    work_out,
)
from wherewithal.policy import questionnaire as reader
from wherewithal.policy.eligibility import rules
from wherewithal.policy.questionnaire_text import text

TODAY = date(2026, 4, 6)
ALL = reader.questionnaires()
ADULT = reader.questionnaire("sds-adult", TODAY)
CARER = reader.questionnaire("sds-carer", TODAY)


def small(*questions, **more):
    whole = {"id": "small", "version": "1", "title": "Small", "about": "test", "first": date(2026, 1, 1)}
    whole |= {"last": None, "source": "Made up", "sections": (Section("only", "Only", questions),)}
    return Questionnaire(**(whole | more))


def question(id="q", kind="one", **more):
    if kind in ("one", "several", "likert", "rank"):
        more.setdefault("choices", (Choice("a", "A", 1), Choice("b", "B", 2)))
    return Question(id, f"What about {id}?", kind, **more)


def body(*questions, **more):
    """A sound definition as TOML reads it, with the questions given."""
    sections = [{"id": "s", "title": "S", "questions": list(questions)}]
    return {"id": "x", "version": "1", "title": "X", "about": "test", "first": date(2026, 1, 1),
            "source": "Made up", "sections": sections} | more  # fmt: skip


def written(id="q", **more):
    return {"id": id, "text": "What?", "kind": "text"} | more


# Answers of every sort, good and bad, to the adult questionnaire: what a program might send.
VALUES = sorted({choice.value for one in ADULT.questions.values() for choice in one.choices})
ANSWERS = st.dictionaries(
    st.sampled_from(list(ADULT.questions)),
    st.one_of(
        st.none(),
        st.sampled_from(VALUES),
        st.integers(),
        st.text(max_size=30),
        st.lists(st.sampled_from(VALUES), max_size=4),
    ),
)


@st.composite
def good_answers(draw):
    """Answers that the adult questionnaire takes, as a person might give them, some to hidden questions."""
    answers = {}
    for one in ADULT.questions.values():
        values = [choice.value for choice in one.choices]
        if one.kind == "note" or not draw(st.booleans()):
            continue
        if one.kind == "several":
            answers[one.id] = [draw(st.sampled_from(values))]
        elif one.kind in CHOOSING:
            answers[one.id] = draw(st.sampled_from(values))
        else:
            answers[one.id] = 7 if one.kind == "whole_number" else "words"
    return answers


@settings(deadline=None)
@given(ANSWERS)
def test_any_answers_are_asked_checked_scored_and_compared_without_an_error(answers):
    wrong = {fault.question for fault in faults(ADULT, answers, whole=True)}
    assert wrong <= set(ADULT.questions)
    assert sum(line.points for line in score(ADULT, answers).lines) == score(ADULT, answers).points
    assert sum(one.asked for one in progress(ADULT, answers)) == sum(
        one.kind != "note" for one in asked(ADULT, answers)
    )
    assert changes(ADULT, answers, answers) == ()
    json.dumps(counted(ADULT, answers))


@settings(deadline=None)
@given(ANSWERS)
def test_what_is_wrong_while_saving_is_also_wrong_when_handing_in(answers):
    saving = {fault.question for fault in faults(ADULT, answers, whole=False)}
    assert saving <= {fault.question for fault in faults(ADULT, answers, whole=True)}


@settings(deadline=None)
@given(good_answers())
def test_an_answer_to_a_question_that_is_not_asked_changes_nothing(answers):
    seen = counted(ADULT, answers)
    assert asked(ADULT, seen) == asked(ADULT, answers)
    assert score(ADULT, seen) == score(ADULT, answers)
    assert progress(ADULT, seen) == progress(ADULT, answers)
    assert faults(ADULT, seen, whole=True) == faults(ADULT, answers, whole=True)


@settings(deadline=None)
@given(good_answers())
def test_the_score_never_passes_the_most_points(answers):
    assert 0 <= score(ADULT, answers).points <= most_points(ADULT)


@settings(deadline=None)
@given(good_answers(), good_answers())
def test_changes_back_are_changes_forth_turned_round(before, after):
    forth, back = changes(ADULT, before, after), changes(ADULT, after, before)
    assert [one.question for one in forth] == [one.question for one in back]
    assert [one.points_change for one in forth] == [-one.points_change for one in back]
    gained = score(ADULT, after).points - score(ADULT, before).points
    assert sum(one.points_change for one in forth) == gained
    assert set(differences(ADULT, before, after)) <= set(forth)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*ADULT.questions, "csrf", "helped_hours-day"]),
        st.one_of(st.text(max_size=40), st.lists(st.one_of(st.text(max_size=9), st.sampled_from(VALUES)))),
    )
)
def test_whatever_a_form_posts_what_is_heard_has_no_fault(posted):
    heard = read(ADULT, posted)
    assert faults(ADULT, heard.answers, whole=False) == ()
    assert {fault.question for fault in heard.faults}.isdisjoint(heard.answers)
    assert "\x00" not in json.dumps(heard.answers, ensure_ascii=False)


@settings(deadline=None)
@given(good_answers())
def test_good_answers_are_carried_over_as_they_count(answers):
    assert carried(ADULT, answers) == counted(ADULT, answers)


def test_a_page_reads_only_the_questions_that_it_showed():
    heard = read(ADULT, {"lives_alone": "no", "home_kind": "own"}, only=["lives_alone", "lives_with"])
    assert heard.answers == {"lives_alone": "no", "lives_with": None}


def test_a_page_cannot_show_a_question_that_is_not_there():
    with pytest.raises(NoSuchQuestion, match="no question called “moon”"):
        read(ADULT, {}, only=["moon"])


@pytest.mark.parametrize("text", ["9" * 5000, "£" + "9" * 5000, "1_0", "١", "1e3", "--1", ""])
def test_no_number_is_too_strange_to_be_refused(text):
    form = small(question("n", "whole_number"), question("m", "money"), question("d", "date"))
    heard = read(form, {"n": text, "m": text, "d-day": text, "d-month": "4", "d-year": "2026"})
    assert {fault.question for fault in heard.faults} >= ({"n", "d"} if text else {"d"})
    assert all(len(fault.says) < 120 for fault in heard.faults)


@pytest.mark.parametrize(
    "kind, answer",
    [
        ("one", ["a"]), ("one", 1), ("several", "a"), ("several", ["a", "a"]), ("several", [["a"]]),
        ("whole_number", True), ("whole_number", "3"), ("money", 2.5), ("date", "20260406"), ("date", 3),
        ("text", 3), ("longtext", ["a"]), ("note", "a"), ("rank", "a"), ("rank", ["a", "a"]), ("rank", ["a"]),
        ("file", "plan.pdf"), ("file", 3), ("file", ["a"]), ("file", "g" * 32 + " plan.pdf"),
        ("decimal", "2.5"), ("decimal", True), ("decimal", float("nan")), ("whole_number", 2.0),
    ],
)  # fmt: skip
def test_an_answer_of_the_wrong_type_is_a_fault(kind, answer):
    assert [one.question for one in faults(small(question("q", kind)), {"q": answer}, whole=False)] == ["q"]


def test_a_section_that_is_not_relevant_asks_nothing():
    tea = Section("tea", "Tea", (question("milk", required=True),), relevant=Given("drink", ("a",)))
    form = small(sections=(Section("first", "First", (question("drink"),)), tea))
    assert [one.id for one in asked(form, {"drink": "b", "milk": "a"})] == ["drink"]
    assert progress(form, {"drink": "b"})[1].state == "not asked"
    assert faults(form, {"drink": "b"}, whole=True) == ()
    assert [one.question for one in faults(form, {"drink": "a"}, whole=True)] == ["milk"]


def test_the_words_of_a_check_are_said_instead_of_the_usual_ones():
    form = small(question("n", "whole_number", check=Check(least=1, most=3, says="One to three, please.")))
    assert [one.says for one in faults(form, {"n": 4}, whole=False)] == ["One to three, please."]


def test_how_many_of_several_may_be_chosen_can_be_limited():
    choices = tuple(Choice(value, value) for value in "abc")
    form = small(question("q", "several", choices=choices, check=Check(least=2, most=2)))
    assert faults(form, {"q": ["a", "b"]}, whole=False) == ()
    assert faults(form, {"q": ["a"]}, whole=False)[0].says == "Choose at least 2."
    assert faults(form, {"q": ["a", "b", "c"]}, whole=False)[0].says == "Choose no more than 2."


def test_a_new_version_starts_from_what_still_fits():
    old = {"q": "a", "gone": "a", "n": 9}
    new = small(question("q"), question("n", "whole_number", check=Check(most=5)), question("added"))
    assert carried(new, old) == {"q": "a"}


def test_each_answer_is_looked_at_a_fixed_number_of_times():
    """So the work grows with the number of questions and no faster."""

    class Counting(dict):
        looks = 0

        def get(self, *args):
            Counting.looks += 1
            return super().get(*args)

    chain = [question("q0")]
    chain += [question(f"q{n}", relevant=Given(f"q{n - 1}", ("a",))) for n in range(1, 2_000)]
    answers = Counting({one.id: "a" for one in chain})
    assert len(asked(small(*chain), answers)) == 2_000
    assert Counting.looks == 2_000


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Other"}, {"version": "2"}, {"last": date(2027, 1, 1)},
        {"sections": (Section("only", "Only", (question(required=True),)),)},
        {"sections": (Section("only", "Only", (question(choices=(Choice("a", "A"), Choice("b", "B"))),)),)},
        {"sections": (Section("only", "Only", (question(),), relevant=Given("z")),)},
    ],
)  # fmt: skip
def test_the_fingerprint_changes_with_any_word_point_or_route(changed):
    form = small(question())
    assert replace(form).fingerprint == form.fingerprint
    assert replace(form, **changed).fingerprint != form.fingerprint


def test_all_and_any_of_the_same_parts_have_different_fingerprints():
    both = [{"question": "a", "answered": True}, {"question": "b", "answered": True}]
    forms = [reader.parse("f", body(written("a"), written("b"), written("c", relevant={how: both})))
             for how in ("all", "any")]  # fmt: skip
    assert forms[0].fingerprint != forms[1].fingerprint


@pytest.mark.parametrize(
    "id, fingerprint",
    [
        ("review", "37f79d7bbf54de17ca6b8244c5206da5357b36321d9721e4d44587a1c3ecf44b"),
        ("sds-adult", "6dc0e84307d2ce6ef416355ed48d4906f5e2c6e165874de8e07e8d81da42795a"),
        ("sds-carer", "a518f3b9ad68b3f5e690d8652dc4d768ab8146abaf293c258768754743d91ec8"),
    ],
)
def test_a_version_answered_before_the_worker_had_words_of_their_own_keeps_its_fingerprint(id, fingerprint):
    assert reader.questionnaire_version(id, "1").fingerprint == fingerprint


def test_the_worker_is_asked_in_words_for_them_and_not_what_is_for_the_person_alone():
    choices = (Choice("a", "I can", 1, worker="They can"), Choice("b", "I cannot", 2))
    form = small(
        question("who", own_view=True),
        question("q", choices=choices, hint="You", worker="How are they?", worker_hint="They"),
        question("same"),
    )
    seen = for_worker(form)
    assert [(one.id, one.text, one.hint) for one in asked(seen, {})] == [
        ("q", "How are they?", "They"), ("same", "What about same?", ""),
    ]  # fmt: skip
    assert [choice.text for choice in seen.question("q").choices] == ["They can", "I cannot"]
    assert score(seen, {"who": "b", "q": "b"}).points == 2
    assert replace(form, sections=seen.sections).fingerprint != form.fingerprint


def test_a_part_that_is_for_the_person_alone_is_no_part_for_the_worker():
    alone = Section("alone", "Alone", (question("who", own_view=True),))
    both = Section("both", "About you", (question(),), worker="About them", worker_hint="Ask")
    seen = for_worker(small(sections=(alone, both)))
    assert [(one.id, one.title, one.hint) for one in seen.sections] == [("both", "About them", "Ask")]


@pytest.mark.parametrize("id", ["sds-adult", "sds-carer"])
def test_the_worker_is_never_asked_as_if_they_were_the_person(id):
    newest = reader.questionnaire(id, TODAY)
    seen = reader.questionnaire_version(id, newest.version, "worker")
    texts = [text for one in seen.sections for text in (one.title, one.hint)]
    texts += [text for one in seen.questions.values() for text in (one.hint, one.text)]
    texts += [choice.text for one in seen.questions.values() for choice in one.choices]
    about_you = "What you found, in your words", "What worries them, the people close to them, or you?"
    as_them = re.compile(r"\b(I|me|my|mine|myself|you|your|yourself)\b", re.IGNORECASE)
    assert [text for text in texts if as_them.search(text) and text not in about_you] == []


def after(**condition):
    return written("r", relevant=condition)


def chosen(**more):
    """A question of two choices, the first with something odd about it."""
    return written(kind="one", choices=[{"value": "a", "text": "A"} | more, {"value": "b", "text": "B"}])


ONE = {"kind": "one", "choices": [{"value": "a", "text": "A", "points": 1}, {"value": "b", "text": "B"}]}


@pytest.mark.parametrize(
    "questions, says",
    [
        ([written(), written()], "two questions are called “q”"),
        ([written(relevant={"question": "moon", "is": "a"})], "“moon”, which is no question before it"),
        (
            [written("p", relevant={"question": "q", "is": "a"}), written("q", **ONE)],
            "section “s”, question “p”: its condition looks at “q”, which is no question before it",
        ),
        ([written(relevant={"question": "q", "answered": True})], "which is no question before it"),
        ([written(**ONE), after(**{"question": "q", "is": "c"})], "“c”, which is no choice of “q”"),
        ([written(), after(**{"question": "q", "is": "c"})], "a choice of “q”, which has none"),
        ([written(), after(question="q", at_least=3)], "cannot be compared with"),
        ([written(kind="note"), after(question="q", answered=True)], "takes no answer"),
        ([written(), after(question="q")], "write a condition like"),
        ([written(), after(all=[])], "write a condition like"),
        ([written(), after(question="q", any_of=[1])], "each of “any_of” must be text"),
        ([written(), after(question="q", equals=1)], "nothing here is called “equals”"),
        ([written(kind="one")], "section “s”, question “q”: it needs at least two choices"),
        ([written(kind="one", choices=[{"text": "A"}])], "“value” is missing"),
        ([written(**(ONE | {"choices": ONE["choices"] * 2}))], "two choices are called “a”"),
        ([written(choices=ONE["choices"])], "a question of kind “text” has no choices"),
        ([written(kind="yes_no", choices=ONE["choices"])], "are “yes” and “no”"),
        ([written(**ONE, outcome="a")], "an outcome and the points that suggest it belong together"),
        ([written(**ONE, outcome="a", outcome_from_points=4)], "no choice reaches the 4 points"),
        ([chosen(points=-1)], "choice “a”: points cannot be less than 0"),
        ([chosen(points=True)], "“points” must be a whole number"),
        ([chosen(alone=True)], "only a choice among several can stand alone"),
        (
            [written(**ONE, own_view=True), after(**{"question": "q", "is": "a"})],
            "“q”, which is no question before it",
        ),
        ([written(kind="song")], "there is no kind “song”"),
        ([written(kind="note", required=True)], "a note takes no answer"),
        ([written(id="A-1")], "an id is small letters"),
        ([written(text="")], "it has no text"),
        ([written(check={"min": 3})], "a question of kind “text” has no min and max"),
        ([written(kind="whole_number", check={"min": 3, "max": 2})], "min is more than max"),
        ([written(kind="whole_number", check={"min": date(2026, 1, 1)})], "must be whole numbers"),
        ([written(kind="date", check={"min": 3})], "min and max must be dates"),
        ([written(kind="money", check={"longest": 3})], "only a text has a longest and a pattern"),
        ([written(check={"longest": 0})], "longest must be 1 or more"),
        ([written(check={"pattern": "tune"})], "there is no pattern “tune”"),
        ([written(check={"step": 2})], "only a number goes by steps"),
        ([written(kind="whole_number", check={"step": 0.5})], "step must be a whole number above 0"),
        ([written(kind="decimal", check={"step": 0})], "step must be a number above 0"),
        ([written(kind="calculated")], "a calculated question has a value"),
        ([written(value=3)], "a calculated question has a value, and no other has one"),
        ([written(kind="calculated", value={"answer_to": "moon"})], "worked out from “moon”"),
        ([written(kind="calculated", value={"sing": 1})], "write a value like"),
        ([written(kind="calculated", value=1, required=True)], "a calculated takes no answer"),
        ([written(kind="note", must={"question": "q", "answered": True})], "nothing that its answer must be"),
        ([written(must={"question": "moon", "answered": True})], "“moon”, which is no question before it"),
        ([written(), after(value={"size_of": "moon"}, is_=1)], "write a condition like"),
        ([written(), after(**{"value": {"size_of": "moon"}, "is": 1})], "worked out from “moon”"),
        ([chosen(relevant={"question": "q", "is": "a"})], "choice “a”: its condition looks at “q”"),
        ([written(kind="rank", choices=ONE["choices"])], "a rank has every choice"),
        ([written(kinds="text")], "nothing here is called “kinds”"),
        ([written(required="yes")], "“required” must be true or false"),
        (["not a table"], "each of “questions” must be a table"),
        ([], "section “s”: it has no questions"),
    ],
)  # fmt: skip
def test_a_definition_with_a_mistake_is_refused_with_its_place(questions, says):
    with pytest.raises(reader.BadQuestionnaire) as refused:
        reader.parse("questionnaires/x", body(*questions))
    assert refused.value.says.startswith("questionnaires/x.toml: ")
    assert says in refused.value.says


FILE = question("f", "file")


@pytest.mark.parametrize(
    ("questions", "says"),
    [
        ([question("f", "file", check=Check(files=("exe",)))], "there is no kind of file “exe”; the kinds"),
        ([question("f", "file", check=Check(longest=3))], "only a text has a longest and a pattern"),
        ([question("f", "file", check=Check(least=1))], "a question of kind “file” has no min and max"),
        ([question("t", "text", check=Check(files=("pdf",)))], "only a question that asks for a file says"),
        ([FILE, question("c", "calculated", value=AnswerTo("f"))], "only whether it was given"),
        ([FILE, question("c", "calculated", value=SizeOf("f"))], "only whether it was given"),
        ([FILE, question("t", "text", relevant=Given("f", at_least=1))], "cannot be compared"),
    ],
)
def test_a_question_that_asks_for_a_file_has_mistakes_of_its_own(questions, says):
    assert says in "; ".join(mistakes(small(*questions)))


def test_a_file_leads_to_more_only_by_having_been_given():
    form = small(question("f", "file"), question("t", "text", relevant=Given("f")))
    given = Attached("0" * 32, "plan.pdf").answer
    assert mistakes(form) == ()
    assert [one.id for one in asked(form, {"f": given})] == ["f", "t"]
    assert [one.id for one in asked(form, {})] == ["f"]
    assert shown(form.question("f"), given) == "plan.pdf"


def test_the_files_that_a_check_names_are_part_of_the_fingerprint_and_none_leave_it_as_it_was():
    plain, named = (small(question("f", "file", check=check)) for check in (Check(), Check(files=("pdf",))))
    assert plain.fingerprint != named.fingerprint


def test_only_a_survey_asks_for_files(monkeypatch):
    monkeypatch.setattr(
        reader, "table", lambda name: body(written("q"), written("f", kind="file", choices=[]))
    )
    with pytest.raises(reader.BadQuestionnaire, match="question “f”: only a survey asks for files"):
        reader._of_people("questionnaires/mine")


def test_all_mistakes_are_told_at_once():
    with pytest.raises(reader.BadQuestionnaire) as refused:
        reader.parse(
            "x", body(written(kind="one"), written("r", check={"longest": 0}), last=date(2025, 1, 1))
        )
    assert refused.value.says.count(";") == 2


@pytest.mark.parametrize("missing", ["id", "version", "title", "about", "first", "source", "sections"])
def test_a_definition_without_one_of_its_parts_is_refused(missing):
    whole = body(written())
    del whole[missing]
    with pytest.raises(reader.BadQuestionnaire, match=f"“{missing}” is missing"):
        reader.parse("x", whole)


def test_every_sort_of_condition_and_check_can_be_written():
    yes = {"question": "y", "is": "yes"}
    form = reader.parse(
        "x",
        body(
            written("a", **ONE),
            written("n", kind="whole_number", check={"min": 1, "max": 9, "says": "1 to 9"}),
            written("d", kind="date", check={"min": date(2026, 1, 1)}),
            written("y", kind="yes_no"),
            written("c1", relevant={"all": [{"question": "a", "any_of": ["a", "b"]}, yes]}),
            written("c2", relevant={"not": {"question": "n", "at_least": 3, "at_most": 5}}),
            written("c3", relevant={"question": "d", "at_least": date(2026, 4, 6)}),
        ),
    )  # fmt: skip
    answers = {"a": "b", "n": 4, "d": "2026-04-06", "y": "yes"}
    assert [one.id for one in asked(form, answers)] == ["a", "n", "d", "y", "c1", "c3"]


EVERYTHING = body(
    written("a", **ONE, short="A?", hint="Think."),
    written("s", kind="several", choices=[{"value": "a", "text": "A \"b\"\\\n\x07", "alone": True}]),
    written("n", kind="whole_number", check={"min": 1, "max": 9, "step": 2, "says": "Odd, please"}),
    written("x", kind="decimal", check={"min": 0.5, "step": 0.1}, required=True),
    written("d", kind="date", check={"min": date(2026, 1, 1)}, relevant={"question": "n", "at_least": 3}),
    written("y", kind="yes_no", relevant={"not": {"question": "d", "at_most": date(2026, 4, 6)}}),
    written("r", kind="rank", choices=[{"value": "a", "text": "A"},
                                       {"value": "b", "text": "B", "hint": "?"}]),
    written("t", check={"pattern": "postcode", "longest": 9}, relevant={"all": [
        {"any": [{"question": "a", "any_of": ["a", "b"]}, {"question": "y", "answered": True}]},
        {"value": {"size_of": "s"}, "less_than": {"plus": [{"answer_to": "n"}, 1.5, {"over": [1, 3]}]}}]}),
    written("c", kind="calculated", value={
        "when": {"value": {"answer_to": "x"}, "at_most": 3}, "then": {"answer_to": "a"}, "otherwise": ""}),
    written("o", **ONE | {"choices": [
        {"value": "a", "text": "A", "relevant": {"question": "y", "is": "yes"}},
        {"value": "b", "text": "B"}]},
        must={"value": {"answer_to": "o"}, "is": {"answer_to": "a"}}),
    language="English (en)", hint="Hm",
    translations={"Welsh (cy)": {"title": "X!", "question.a.text": "Beth?", "choice.a.a.text": "Â",
                                 "question.n.says": "Od", "section.s.title": "S!"}},
)  # fmt: skip


@pytest.mark.parametrize(
    "form", [*ALL, reader.parse("x", EVERYTHING)], ids=lambda form: f"{form.id} {form.version}"
)
def test_a_definition_is_read_back_from_its_text_the_same(form):
    assert reader.parse("x", tomllib.loads(text(form))) == form


def test_a_questionnaire_is_worded_in_another_language():
    form = reader.parse("x", EVERYTHING)
    welsh = worded(form, "Welsh (cy)")
    changed = {place: words for place, words in places(welsh).items() if places(form)[place] != words}
    assert changed == dict(form.translations[0].texts)
    assert worded(form, "Cornish (kw)") == form


def test_a_translation_of_what_is_not_there_is_refused():
    with pytest.raises(reader.BadQuestionnaire, match=r"nothing is written at “question\.moon\.text”"):
        reader.parse("x", EVERYTHING | {"translations": {"Welsh (cy)": {"question.moon.text": "Lleuad"}}})


def test_a_rank_in_another_order_is_a_change():
    form = small(question("r", "rank", choices=(Choice("a", "A"), Choice("b", "B"))))
    assert [one.after_text for one in changes(form, {"r": ["a", "b"]}, {"r": ["b", "a"]})] == ["B, A"]


@pytest.mark.parametrize("number", [10**400, -(10**400), 1e308, 5e-324])
def test_no_number_is_too_large_to_be_worked_with(number):
    times = Worked("times", (AnswerTo("n"), AnswerTo("n"), 10.0))
    assert work_out(times, {"n": number}) in ("", 0)
    assert not holds(Compared(times, "is", 1), {"n": number})


def test_two_versions_cannot_start_on_one_day_or_share_a_number():
    form = small(question())
    later = replace(form, version="2", first=date(2027, 1, 1))
    assert [one.version for one in reader.in_order([later, form])] == ["1", "2"]
    for same in (replace(form, version="2"), replace(later, version="1")):
        with pytest.raises(reader.BadQuestionnaire, match="Two versions of “small” have the same"):
            reader.in_order([form, same])


def test_a_questionnaire_is_read_once():
    assert reader.questionnaire("sds-adult", TODAY) is ADULT
    assert reader.questionnaire_version("sds-adult", "2") is ADULT
    with pytest.raises(reader.NoQuestionnaire, match="no version 99"):
        reader.questionnaire_version("sds-adult", "99")


@pytest.mark.parametrize("form", ALL, ids=lambda form: f"{form.id} {form.version}")
def test_a_questionnaire_of_the_policy_is_sound_and_can_be_handed_in(form):
    assert mistakes(form) == ()
    answers = {}
    for _ in form.questions:  # the answers lead to further questions, which want answers too
        for fault in faults(form, answers, whole=True):
            one = form.question(fault.question)
            first = one.choices[0].value if one.choices else None
            texts = {"several": [first], "whole_number": 7}
            answers[one.id] = texts.get(one.kind, first or "words")
    assert faults(form, answers, whole=True) == ()
    assert all(one.complete for one in progress(form, answers))


@pytest.mark.parametrize("form", ALL, ids=lambda form: f"{form.id} {form.version}")
def test_points_rise_with_need(form):
    for one in form.questions.values():
        points = [choice.points for choice in one.choices]
        if one.is_scored:
            assert points == sorted(set(points)), one.id
            assert points[0] == 0, one.id


@pytest.mark.parametrize("form", ALL, ids=lambda form: f"{form.id} {form.version}")
def test_a_nine_year_old_can_read_it(form):
    """Flesch-Kincaid grade of all that the person reads. Grade 4 is read at nine; most of this is short
    answers, which weigh a grade down, so the bar is 2. A survey is read by those whose work it is about: 3.
    """
    bar = 3 if form.about == "survey" else 2
    texts = [form.title, form.hint, *(text for one in form.sections for text in (one.title, one.hint))]
    for one in form.questions.values():
        texts += [one.text, one.hint, *(choice.text for choice in one.choices)]
    sentences = [part for text in texts for part in re.split(r"[.?!:]", text) if part.strip()]
    words = [word for part in sentences for word in re.findall(r"[A-Za-z']+", part)]
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    assert 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 <= bar


@pytest.mark.parametrize("form, kind", [(ADULT, "adult"), (CARER, "carer")])
def test_the_questions_bear_on_every_outcome_of_the_rule_and_on_no_other(form, kind):
    rule = rules(kind, TODAY)
    bears_on = {one.outcome for one in form.questions.values()} - {""}
    assert bears_on == {one.code for one in (*rule.outcomes, *rule.enough_alone)}
