"""One row that asks something becomes a question."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from wherewithal.core.questions import (
    SILENT,
    Check,
    Choice,
    Condition,
    Given,
    Kind,
    Question,
)
from wherewithal.formats.xlsform.checks import with_constraint
from wherewithal.formats.xlsform.conditions import condition, of_tree, value
from wherewithal.formats.xlsform.expression import parse
from wherewithal.formats.xlsform.kinds import Asked
from wherewithal.formats.xlsform.names import Around, Names
from wherewithal.formats.xlsform.remark import NotCarried
from wherewithal.formats.xlsform.words import WITHIN, Words
from wherewithal.formats.xlsform.workbook import Line

YES, NO = ("yes", "true", "true()", "1"), ("no", "false", "false()", "0", "")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")
_PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?[0-9]+(?:\.[0-9]+)?)")
_OURS = {
    ("text", "longtext"), ("decimal", "money"), ("one", "likert"), ("one", "yes_no"), ("yes_no", "one"),
    ("yes_no", "likert"), ("whole_number", "decimal"),
}  # fmt: skip
"""What a form's type means, and the kind that our own forms say it is."""

Say = Callable[..., None]
"""``say(column, says, lost=True, line=...)``: a remark on the row, or on a line of the choices."""


@dataclass
class Reading:
    """What reading a row needs: the ``lists`` of choices, the ``names`` so far, the form's ``words``."""

    lists: Mapping[str, tuple[Line, ...]]
    names: Names
    words: Words


def question(id: str, asked: Asked, line: Line, reading: Reading, say: Say) -> Question:
    """The question of a row. Raises NotCarried where it cannot be asked at all."""
    text = reading.words.at(f"question.{id}.text", line.words("label"))
    hint = reading.words.at(f"question.{id}.hint", line.words("hint") if asked.kind != "calculated" else {})
    if not text and asked.kind != "calculated":
        say("name", "it has no label, so its hint or its name stands for one", lost=False)
    found = Question(id, text or hint or line.get("name"), asked.kind, hint=hint if text else "")
    found = _dressed(found, asked, line, reading, say)
    if found.kind not in SILENT:
        found = replace(found, required=_required(line, say))
        found = _constrained(found, line, reading, say)
    say_within(line, say)
    return found


def say_within(line: Line, say: Say, at: Line | None = None) -> None:
    """Name the words that an answer is to be put into; ``at`` is a line of the choices."""
    for column in ("label", "hint", "constraint_message"):
        if any(WITHIN.search(words) for words in line.words(column).values()):
            say(column, "an answer cannot be put into the words; its name stands in brackets", line=at)


def _dressed(found: Question, asked: Asked, line: Line, reading: Reading, say: Say) -> Question:
    """With its choices, its value, its range, and the kinds that only we know apart."""
    if asked.kind == "calculated":
        return replace(found, value=value(line.get("calculation"), Around(reading.names)))
    if line.get("calculation"):
        say("calculation", "only a row of type calculate is worked out; this one is asked")
    if asked.kind == "file":
        files = tuple(line.get("ww_files").split()) or asked.files
        found = replace(found, check=replace(found.check, files=files))
    if asked.list:
        found = _with_choices(found, asked, line, reading, say)
    elif asked.kind == "several":
        found = replace(found, choices=(Choice("OK", "OK"),))
    if line.get("type").lower() == "range":
        found = _ranging(found, line.get("parameters"))
    kind = line.get("ww_kind")
    if (found.kind, kind) in _OURS:
        found = replace(found, kind=kind)  # type: ignore[arg-type]  # one of the kinds, as just found
    looks = line.get("appearance").lower().split()
    if found.kind == "one" and "likert" in looks:
        found = replace(found, kind="likert")
    elif found.kind == "text" and "multiline" in looks:
        found = replace(found, kind="longtext")
    elif looks and not {"likert", "multiline"} & set(looks):
        say("appearance", "how it looks is not carried")
    return replace(
        found,
        short=reading.words.at(f"question.{found.id}.short", line.words("ww_short")),
        outcome=line.get("ww_outcome"),
        outcome_from_points=_whole(line.get("ww_outcome_from_points")),
        published=tuple(line.get("ww_published").split()),
        worker=line.get("ww_worker"),
        worker_hint=line.get("ww_worker_hint"),
        own_view=line.get("ww_own_view") == "yes",
        bands=_numbers(line, "ww_bands", say),
        identifies=line.get("ww_identifies") == "yes",
    )


def _with_choices(found: Question, asked: Asked, line: Line, reading: Reading, say: Say) -> Question:
    shown_where = _filter(line, found, reading, say)
    choices: dict[str, Choice] = {}
    for entry in reading.lists.get(asked.list, ()):
        name = entry.get("name")
        shown = shown_where(entry)
        if shown is False or not name:
            continue
        if name in choices:
            say("name", f"“{name}” stands twice in its list; the first is kept", line=entry)
            continue
        where = f"choice.{found.id}.{name}"
        choices[name] = Choice(
            value=name,
            text=reading.words.at(f"{where}.text", entry.words("label"), otherwise=name),
            points=_whole(entry.get("ww_points")) or 0,
            hint=reading.words.at(f"{where}.hint", reading.words.numbered(entry, "ww_hint")),
            alone=entry.get("ww_alone") == "yes",
            relevant=None if shown is True else shown,
            worker=entry.get("ww_worker"),
            pole=entry.get("ww_pole"),
        )
        say_within(entry, say, at=entry)
        for column in ("image", "audio", "video", "big-image"):
            if entry.get(column):
                say(column, "pictures and sound are not carried", line=entry)
    if asked.other and "other" not in choices:
        choices["other"] = Choice("other", "Other")
    return replace(found, choices=tuple(choices.values()), kind=_kind(asked, choices, say))


def _kind(asked: Asked, choices: Mapping[str, Choice], say: Say) -> Kind:
    filtered = any(choice.relevant for choice in choices.values())
    if not choices:
        raise NotCarried("its list has no choices, so it is left out")
    if len(choices) == 1 and asked.kind in ("one", "rank"):
        say("type", "its list has one choice, so it is a box to tick", lost=False)
        return "several"
    return (
        "yes_no" if asked.kind == "one" and sorted(choices) == ["no", "yes"] and not filtered else asked.kind
    )


def _filter(line: Line, found: Question, reading: Reading, say: Say) -> Callable[[Line], Condition | bool]:
    """When a choice is shown: always, where the form says nothing or what it says cannot be carried."""
    written = line.get("choice_filter")
    if not written:
        return lambda entry: True
    try:
        tree = parse(written)
        entries = reading.lists.get(line.get("type").split()[-1], ())
        shown = {
            entry.number: of_tree(tree, Around(reading.names, columns=_columns(entry))) for entry in entries
        }
    except NotCarried as why:
        say("choice_filter", f"{why}; every choice is shown")
        return lambda entry: True
    if found.kind == "rank" and any(one is not True for one in shown.values()):
        say("choice_filter", "a rank always shows every choice")
        return lambda entry: True
    return lambda entry: shown.get(entry.number, True)


def _columns(entry: Line) -> dict[str, str]:
    return {head.written: text for head, text in entry.cells.items()} | {
        head.column: text for head, text in entry.cells.items()
    }


def _ranging(found: Question, parameters: str) -> Question:
    given = {key: float(number) for key, number in _PARAMETER.findall(parameters)}
    numbers = {"start": 1.0, "end": 10.0, "step": 1.0} | given
    whole = all(number.is_integer() for number in numbers.values())
    low, high, step = (int(number) if number.is_integer() else number for number in numbers.values())
    if not (low <= high and step > 0 and math.isfinite(step)):
        raise NotCarried("its range does not go up from start to end, so it is left out")
    return replace(found, kind="whole_number" if whole else "decimal", check=Check(low, high, step))


def _required(line: Line, say: Say) -> bool:
    written = line.get("required").lower()
    if written not in YES + NO:
        say("required", "an answer is required always or never; here it is never")
    return written in YES


def _constrained(found: Question, line: Line, reading: Reading, say: Say) -> Question:
    says = reading.words.at(f"question.{found.id}.says", line.words("constraint_message"))
    found = replace(found, check=replace(found.check, says=says))
    if written := line.get("constraint"):
        try:
            name = line.get("name")
            return with_constraint(found, name, written, Around(reading.names, itself=(name, found)))
        except NotCarried as why:
            say("constraint", f"{why}; the answer is not held to it")
    return found


def other_words(of: Question, id: str) -> Question:
    """What is asked of somebody who chose “Other”."""
    return Question(id, "What is it?", "text", relevant=Given(of.id, ("other",)))


def relevant(line: Line, names: Names, say: Say) -> Condition | bool:
    """When a row is asked; always, where what is written cannot be carried."""
    if not (written := line.get("relevant")):
        return True
    try:
        found = condition(written, Around(names))
    except NotCarried as why:
        say("relevant", f"{why}; it is always asked")
        return True
    if found is False:
        say("relevant", "it is never asked, so it is left out", lost=False)
    return found


def _numbers(line: Line, column: str, say: Say) -> tuple[int | float, ...]:
    given = line.get(column).split()
    if not all(_NUMBER.fullmatch(one) for one in given):
        say(column, "not all of these are numbers, so none is kept")
        return ()
    return tuple(int(one) if "." not in one else float(one) for one in given)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
