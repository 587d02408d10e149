"""What is wrong with a definition: looked for when it is loaded, so that no one meets it in a form."""

import re
from collections.abc import Iterable, Iterator, Mapping

from wherewithal.core.file_kind import KINDS as FILES
from wherewithal.core.questions.banding import BANDED, cuts
from wherewithal.core.questions.checking import PATTERNS
from wherewithal.core.questions.conditions import AnswerTo, Condition, Given, SizeOf, Value
from wherewithal.core.questions.definition import (
    CHOOSING,
    KINDS,
    LISTING,
    POLES,
    SILENT,
    WRITING,
    Check,
    Question,
    Questionnaire,
    Section,
)
from wherewithal.core.questions.routing import compared, parts, worked_from
from wherewithal.core.questions.wording import places

_ID = re.compile(r"[a-z][a-z0-9_]*")  # no hyphen: a date is posted as id-day, id-month, id-year
_LIMITED: Mapping[str, type | tuple[type, ...]] = {
    "several": int, "whole_number": int, "decimal": (int, float), "money": int, "date": str
}  # fmt: skip
_LIMITS_CALLED = {"date": "dates", "decimal": "numbers"}
_FROM_POSITIVE = ("positive", "", "negative")
_NUMBERS = ("whole_number", "decimal")


def mistakes(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Every mistake in the definition, each naming its section and question; none when it is sound."""
    found = []
    if questionnaire.last is not None and questionnaire.last < questionnaire.first:
        found.append("it ends before it starts")
    found += _repeated("section", (section.id for section in questionnaire.sections))
    found += _repeated(
        "question", (question.id for section in questionnaire.sections for question in section.questions)
    )
    earlier: dict[str, Question] = {}
    for section in questionnaire.sections:
        found += [f"section “{section.id}”: {says}" for says in _in_section(section, earlier)]
        for question in section.questions:
            where = f"section “{section.id}”, question “{question.id}”"
            found += [f"{where}: {says}" for says in _in_question(question, earlier)]
            earlier[question.id] = question
    found += _in_translations(questionnaire)
    return tuple(found)


def _in_translations(questionnaire: Questionnaire) -> Iterator[str]:
    if not questionnaire.translations:
        return
    known = places(questionnaire)
    yield from _repeated("translation", (wording.language for wording in questionnaire.translations))
    for wording in questionnaire.translations:
        for place, _ in wording.texts:
            if not known.get(place):
                yield f"translation “{wording.language}”: nothing is written at “{place}” to translate"


def _in_section(section: Section, earlier: Mapping[str, Question]) -> Iterator[str]:
    if not _ID.fullmatch(section.id):
        yield "an id is small letters, digits and “_”"
    if not section.title:
        yield "it has no title"
    if not section.questions:
        yield "it has no questions"
    yield from _in_routing(section.relevant, earlier)


def _in_question(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    if not _ID.fullmatch(question.id):
        yield "an id is small letters, digits and “_”"
    if not question.text:
        yield "it has no text"
    if question.kind not in KINDS:
        yield f"there is no kind “{question.kind}”; the kinds are {', '.join(KINDS)}"
        return
    if question.kind in SILENT and question.required:
        yield f"a {question.kind} takes no answer, so it cannot be required"
    if (question.kind == "calculated") != (question.value is not None):
        yield "a calculated question has a value, and no other has one"
    if question.kind in SILENT and question.must is not None:
        yield "it takes no answer, so there is nothing that its answer must be"
    yield from _in_choices(question, earlier)
    yield from _in_check(question.kind, question.check)
    yield from _in_bands(question)
    yield from _in_outcome(question)
    yield from (_in_routing if question.takes_answer else _in_condition)(question.relevant, earlier)
    yield from _in_condition(question.must, {**earlier, question.id: question})
    if question.value is not None:
        yield from _in_value(question.value, earlier)


def _in_choices(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    if question.kind not in CHOOSING:
        if question.choices:
            yield f"a question of kind “{question.kind}” has no choices"
        return
    values = [choice.value for choice in question.choices]
    if question.kind == "yes_no":
        if sorted(values) != ["no", "yes"]:
            yield "the choices of a yes_no question are “yes” and “no”"
    elif len(values) < (1 if question.kind == "several" else 2):
        yield "it needs at least two choices"
    yield from _repeated("choice", values)
    yield from _in_poles(question)
    for choice in question.choices:
        if not choice.value or not choice.text:
            yield "each choice needs a value and a text"
        if choice.points < 0:
            yield f"choice “{choice.value}”: points cannot be less than 0"
        if choice.alone and question.kind != "several":
            yield f"choice “{choice.value}”: only a choice among several can stand alone"
        if choice.points and question.kind == "rank":
            yield f"choice “{choice.value}”: a rank has every choice, so points would tell nothing"
        if choice.relevant is not None and question.kind in ("rank", "yes_no"):
            yield f"choice “{choice.value}”: the choices of a {question.kind} are always shown"
        for says in _in_routing(choice.relevant, earlier):
            yield f"choice “{choice.value}”: {says}"


def _in_poles(question: Question) -> Iterator[str]:
    """A scale runs from one pole to the other, with what is neither between them."""
    poles = [choice.pole for choice in question.choices]
    if not any(poles):
        return
    if question.kind != "likert":
        yield "only the choices of a likert have a pole"
    elif not {*poles} <= {"", *POLES}:
        yield f"a pole is {' or '.join(POLES)}"
    elif poles not in (ranked := sorted(poles, key=_FROM_POSITIVE.index), ranked[::-1]):
        yield "its poles are not in order: one end is positive, the other negative, what is neither between"


def _in_check(kind: str, check: Check) -> Iterator[str]:
    limits = [limit for limit in (check.least, check.most) if limit is not None]
    if limits and kind not in _LIMITED:
        yield f"a question of kind “{kind}” has no min and max"
    elif any(not isinstance(limit, _LIMITED[kind]) for limit in limits):
        yield f"min and max must be {_LIMITS_CALLED.get(kind, 'whole numbers')}"
    elif len(limits) == 2 and limits[0] > limits[1]:  # type: ignore[operator]  # of one type, as just checked
        yield "min is more than max"
    if check.step is not None and kind not in _NUMBERS:
        yield "only a number goes by steps"
    elif check.step is not None and not (check.step > 0 and isinstance(check.step, _LIMITED[kind])):
        yield f"step must be {'a whole number' if kind == 'whole_number' else 'a number'} above 0"
    if (check.longest is not None or check.pattern) and kind not in WRITING:
        yield "only a text has a longest and a pattern"
    if check.files and kind != "file":
        yield "only a question that asks for a file says of which kinds"
    for one in check.files:
        if one not in FILES:
            yield f"there is no kind of file “{one}”; the kinds are {', '.join(FILES)}"
    if check.longest is not None and check.longest < 1:
        yield "longest must be 1 or more"
    if check.pattern and check.pattern not in PATTERNS:
        yield f"there is no pattern “{check.pattern}”; the patterns are {', '.join(PATTERNS)}"


def _in_bands(question: Question) -> Iterator[str]:
    bands = question.bands
    if not bands:
        return
    if question.kind not in BANDED:
        yield "only a number is told in bands"
    elif not all(isinstance(one, _LIMITED[question.kind]) and not isinstance(one, bool) for one in bands):
        yield f"bands must be {_LIMITS_CALLED.get(question.kind, 'whole numbers')}"
    elif [*bands] != sorted({*bands}):
        yield "bands begin one above the other"


def _in_outcome(question: Question) -> Iterator[str]:
    threshold = question.outcome_from_points
    if bool(question.outcome) != (threshold is not None):
        yield "an outcome and the points that suggest it belong together"
    if threshold is not None and not any(choice.points >= threshold for choice in question.choices):
        yield f"no choice reaches the {threshold} points that suggest its outcome"


def _in_routing(condition: Condition | None, earlier: Mapping[str, Question]) -> Iterator[str]:
    """Of whom it is asked, or what is shown to them, which tables tell."""
    yield from _in_condition(condition, earlier)
    if condition is not None:
        yield from cuts(condition, earlier)


def _in_condition(condition: Condition | None, earlier: Mapping[str, Question]) -> Iterator[str]:
    if condition is None:
        return
    for given in parts(condition):
        asked = earlier.get(given.question)
        if asked is None:
            yield f"its condition looks at “{given.question}”, which is no question before it"
        elif asked.kind == "note":
            yield f"its condition looks at “{given.question}”, which takes no answer"
        else:
            yield from _in_given(given, asked)
    for value in compared(condition):
        yield from _in_value(value, earlier)


def _in_value(value: Value, earlier: Mapping[str, Question]) -> Iterator[str]:
    for looked_at in worked_from(value):
        if not isinstance(looked_at, AnswerTo | SizeOf):
            yield from _in_condition(looked_at, earlier)
            continue
        id = looked_at.answer_to if isinstance(looked_at, AnswerTo) else looked_at.size_of
        if id not in earlier:
            yield f"it is worked out from “{id}”, which is no question before it"
        elif earlier[id].kind == "note":
            yield f"it is worked out from “{id}”, which takes no answer"
        elif earlier[id].kind == "file":
            yield f"it is worked out from “{id}”, which is a file: only whether it was given is known"


def _in_given(given: Given, asked: Question) -> Iterator[str]:
    if given.among and asked.kind not in CHOOSING:
        yield f"its condition wants a choice of “{asked.id}”, which has none"
    for value in given.among if asked.kind in CHOOSING else ():
        if value not in asked.choice:
            yield f"its condition wants “{value}”, which is no choice of “{asked.id}”"
    limits = [limit for limit in (given.at_least, given.at_most) if limit is not None]
    wanted = None if asked.kind in LISTING else _LIMITED.get(asked.kind)
    if limits and (wanted is None or not all(isinstance(limit, wanted) for limit in limits)):
        yield f"its condition has a limit that the answer to “{asked.id}” cannot be compared with"


def _repeated(what: str, ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            yield f"two {what}s are called “{id}”"
        seen.add(id)
