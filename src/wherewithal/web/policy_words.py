"""The policy files as a page shows them: what is in force on a day, from when, by which source."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.core.period import written
from wherewithal.core.policy import Dated, NoPolicy, Parameter
from wherewithal.policy import names, parameters, table, title
from wherewithal.web.templating import amount

KINDS = {
    "national": "The law and national rules",
    "local": "What this council has decided",
    "schemes": "Schemes by which budgets are worked out",
    "questionnaires": "Questionnaires",
    "surveys": "What the sector is asked",
    "measures": "How figures are counted",
    "disclosure": "How people are kept from being recognised in figures",
}
NOT_SHOWN = ("title", "source", "version", "verified", "id")
SAYS = ("title", "says", "asks", "text", "label")  # beside one of these an id tells nobody anything


@dataclass(frozen=True)
class Value:
    """One dated value in words; ``value`` is text, or a nested list or mapping for the page to lay out."""

    value: Any
    first: date
    last: date | None
    source: str
    verified: bool
    in_force: bool


@dataclass(frozen=True)
class Entry:
    """A named thing in a policy file with all its values, the newest first."""

    name: str
    title: str
    unit: str
    values: tuple[Value, ...]

    @property
    def now(self) -> Value | None:
        return next((value for value in self.values if value.in_force), None)

    @property
    def others(self) -> list[Value]:
        return [value for value in self.values if not value.in_force]


@dataclass(frozen=True)
class Policy:
    """A file: dated entries, and under ``rest`` what in it has no dates of its own (a questionnaire)."""

    name: str
    title: str
    version: str
    source: str
    verified: bool
    entries: tuple[Entry, ...]
    rest: dict[str, Any]


def files() -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """(kind in words, its files as (title, name, is something in it unverified?)); empty kinds left out."""
    found = []
    for folder, kind in KINDS.items():
        listed = [(title(name), name, unverified(table(name))) for name in names(folder)]
        if listed:
            found.append((kind, listed))
    return found


def read(name: str, on: date) -> Policy | None:
    """The file of that name as it stands on ``on``; None when there is none."""
    if name.split("/")[0] not in KINDS or name not in names(name.split("/")[0]):
        return None
    whole = table(name)
    dated = parameters(name)
    entries = tuple(_entry(parameter, on) for parameter in dated.values())
    rest = {key: value for key, value in whole.items() if key not in dated and key not in NOT_SHOWN}
    return Policy(
        name, title(name), str(whole.get("version", "")), str(whole.get("source", "")),
        whole.get("verified", True), entries, words(rest),
    )  # fmt: skip


def unverified(value: Any) -> bool:
    """Does anything in it say that it was not read in the original?"""
    if isinstance(value, dict):
        return value.get("verified") is False or any(unverified(part) for part in value.values())
    return isinstance(value, list) and any(unverified(part) for part in value)


def words(value: Any, unit: str = "") -> Any:
    """Text for the page; lists and mappings keep their shape, their keys as words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return written(value)
    if isinstance(value, int) and unit.startswith("pence"):
        return amount(value, unit)
    if isinstance(value, dict):
        told = any(key in value for key in SAYS)
        return {
            str(key).replace("_", " "): words(part, "pence" if "pence" in str(key) else unit)
            for key, part in value.items()
            if not (told and key == "id")
        }
    if isinstance(value, list):
        return [words(part, unit) for part in value]
    return str(value) if " " in str(value) else str(value).replace("_", " ")


def _entry(parameter: Parameter, on: date) -> Entry:
    try:
        current: Dated | None = parameter.at(on)
    except NoPolicy:
        current = None
    values = [
        Value(words(dated.value, parameter.unit), dated.first, dated.last, dated.source,
              dated.verified and not unverified(dated.value), dated is current)
        for dated in reversed(parameter.values)
    ]  # fmt: skip
    unit = "" if parameter.unit.startswith("pence") else parameter.unit.replace("_", " ")
    return Entry(parameter.name, parameter.title, unit, tuple(values))
