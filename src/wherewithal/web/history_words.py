"""A change of the record in words: money, days, names and choices as people write them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.questions import changes
from wherewithal.policy.questionnaire import NoQuestionnaire, questionnaire_version
from wherewithal.records.history import Change, Difference
from wherewithal.records.models import (
    Commitment,
    Example,
    Invitation,
    Person,
    Response,
    Run,
    Team,
    User,
)
from wherewithal.web.history_codes import KEYS, Codes, codes_of
from wherewithal.web.templating import amount, plural, when

NAMED = (User, Team, Person, Example)
# Of a noun of which a history has very many, each row is told by what tells it apart, after the noun.
BY_NAME: Mapping[type[Model], Callable[[Any], str]] = {
    Commitment: lambda row: f" of {pounds(row.pence)} for {written(row.first)} to {written(row.last)}",
    Invitation: lambda row: f" of {row.name}",
    Run: lambda row: f" {row.number}",
}
LONGEST, BEFORE = 300, 40  # letters of one value, and of what is alike before the first difference
NOUNS = {
    "caring": "unpaid care",
    "destroyed key": "destroyed copy of the key",
    "household": "member of the household",
    "actual": "card line",
    "representation": "representative",
    "run": "payment run",
    "edition": "words to be published",
    "tool": "file",
    "talk": "note",
    "look": "second look",
}
CALLED = {
    "nhs number": "NHS number",
    "ref": "reference",
    "pence": "amount",
    "pence per week": "a week",
    "pence per year": "a year",
    "cause": "caused as the law asks",
    "checked": "answered before it was agreed",
    "decided under": "policy that was used",
    "limb": "why",
    "seen": "how far each outcome is met",
}
# The columns that hold a code: of all others, what was typed stands as it was typed.
CODED = frozenset(
    ("code", "kind", "mitigation", "outcome", "questionnaire", "relation", "scheme", "trigger", "why_not")
)
_CODE, _DAY = re.compile(r"[a-z]+(_[a-z]+)+"), re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(rf"{_DAY.pattern}T\d\d:\d\d.*[+-]\d\d:\d\d")  # as it is kept in JSON
Names = Mapping[tuple[type[Model], Any], str]


@dataclass(frozen=True)
class Told:
    """A change: ``what`` ("Plan line added"), ``done`` (as Change says), rows (label, before, after; '' for
    nothing).
    """

    what: str
    done: str
    rows: list[tuple[str, str, str]]

    @property
    def tells(self) -> bool:
        """A row that came or went always tells; one that changed, where a column says something."""
        return self.done != "changed" or bool(self.rows)


def told(change: Change, names: Names) -> Told:
    """``names``: what people, teams and logins are called."""
    codes = codes_of(change)
    rows: list[tuple[str, str, str]] = []
    for one in change.differences:
        if change.noun is Response and one.field.name == "answers":
            rows += _answers(change, one)
        elif one.field.related_model is None or one.field.related_model in NAMED:
            label = capfirst(_called(str(one.field.verbose_name)))
            before = _value(one, _unlike(one.before, one.after), names, codes)
            rows.append((label, before, _value(one, _unlike(one.after, one.before), names, codes)))
    noun = str(change.noun._meta.verbose_name)
    which = BY_NAME[change.noun](change.row) if change.noun in BY_NAME else ""
    what = capfirst(f"{NOUNS.get(noun, noun)}{which} {change.done}")
    # What differs stays, even where both sides come to the same words: two people of one name, two seconds.
    return Told(what, change.done, [_short(*row) for row in rows if row[1] or row[2]])


def in_words(value: Any, name: str, codes: Codes) -> str:
    """A value that was kept as JSON under ``name``: a mapping by its names, a list one after another."""
    match value:
        case None | []:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() if "pence" in name:
            return pounds(value)
        case str():
            return _text(value, codes.get(name, {}))
        case dict() if "value" in value and "source" in value:  # a value of the policy
            title = codes.get(KEYS, {}).get(value["name"]) or _called(value["name"].replace("_", " "))
            return f"{title}, from {_text(value['from'], {})}"
        case dict():
            return ", ".join(_entries(value, codes))
        case [{"says": _}, *_]:
            return plural(len(value), "line")
        case list():
            return ("; " if isinstance(value[0], dict) else ", ").join(
                in_words(part, name, codes) for part in value
            )
    return str(value)


def _value(one: Difference, value: Any, names: Names, codes: Codes) -> str:
    if value is None:
        return ""
    if one.field.related_model in NAMED:
        return names.get((one.field.related_model, value), "")
    if one.field.choices:
        return str(dict(one.field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return written(value)
    if isinstance(value, str):
        name = one.field.name
        return _text(value, codes.get(name, {})) if name in CODED else value
    if isinstance(value, dict):
        return "; ".join(_entries(value, codes))
    return in_words(value, one.field.name, codes)


def _unlike(value: Any, other: Any) -> Any:
    """What ``value`` holds that ``other`` does not: of JSON entries and lines that differ, else all."""
    match value, other:
        case {"value": _, "source": _}, _:  # a value of the policy is told whole
            return value
        case dict(), dict():
            return {
                key: _unlike(part, other.get(key)) for key, part in value.items() if other.get(key) != part
            }
        case [dict(), *_], [dict(), *_]:
            alone = [part for part in value if part not in other]
            moved = not alone and all(part in value for part in other)
            return [_line(part) for part in (value if moved else alone)]
    return value


def _line(part: Any) -> Any:
    """A line of workings that changed: what it says, of which answer, its amount; anything else as it is."""
    match part:
        case {"says": says, "value": value, "unit": unit, "answer": answer}:
            return ": ".join(filter(None, (says, answer, amount(value, unit))))
    return part


def _entries(value: Mapping[str, Any], codes: Codes) -> Iterable[str]:
    for key, part in value.items():
        if said := in_words(part, key, codes):
            label = codes.get(KEYS, {}).get(key) or _called(key.replace("_", " "))
            yield f"{label} {said}" if label.endswith("?") else f"{label}: {said}"


def _text(value: str, names: Mapping[str, str]) -> str:
    if value in names:
        return names[value]
    try:
        if _DAY.fullmatch(value):
            return written(date.fromisoformat(value))
        if _MOMENT.fullmatch(value):
            return when(datetime.fromisoformat(value))
    except ValueError:  # 30 February: typed, so it stands as it was typed
        return value
    return value.replace("_", " ") if _CODE.fullmatch(value) else value


def _called(name: str) -> str:
    name = CALLED.get(name, name)
    return name.replace(" pence per week", " a week").replace(" pence", "").strip()


def _short(label: str, before: str, after: str) -> tuple[str, str, str]:
    """A row whose sides are at most LONGEST letters; where they part later, from shortly before there."""
    pairs = enumerate(zip(before, after, strict=False))
    alike = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = alike - BEFORE if before and after and alike > LONGEST - BEFORE else 0
    return label, _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    text = f"…{text[start:]}" if start else text
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _answers(change: Change, one: Difference) -> list[tuple[str, str, str]]:
    """Each answer that changed, by its question."""
    try:
        asked = questionnaire_version(change.row.questionnaire, change.row.version, change.row.view)
    except NoQuestionnaire:
        before, after = (plural(len(side), "answer") if side else "" for side in (one.before, one.after))
        return [("Answers", before, after)]
    return [
        (each.text, each.before_text, each.after_text)
        for each in changes(asked, one.before or {}, one.after or {})
    ]
