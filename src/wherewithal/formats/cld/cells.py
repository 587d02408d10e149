"""The cells of Client Level Data: from text to a Python value, with what is to be said of it, and back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from wherewithal.core.refusal import Refusal
from wherewithal.formats.cld.fields import MADE_UP_COUNCIL, Field, bare
from wherewithal.formats.spreadsheet import harmless
from wherewithal.policy.councils import every_council
from wherewithal.policy.spelling import nearest

Level = Literal["refused", "error", "warning"]


@dataclass(frozen=True)
class Said:
    """What is to be said of a cell. Cells with the same ``like`` are told together, as the first one was;
    ``now`` is as what it is read, where it is another spelling.
    """

    level: Level
    expected: str
    like: str
    now: str = ""


@dataclass(frozen=True)
class Cell:
    """The value of a cell, None for a blank or for what cannot be used, and what is to be said of it."""

    value: Any = None
    said: Said | None = None


BLANK = Cell()


def parse(field: Field, raw: str) -> Cell:
    """One cell of a column, judged by itself."""
    text = without_guard(raw)
    if not text.strip():
        return BLANK
    if field.name == "LA_Code":
        return _council(text.strip())
    if field.kind == "text":
        return Cell(text)
    return _list(field, text.strip()) if field.kind == "list" else _PARSERS[field.kind](field, text.strip())


def expected_in(field: Field) -> str:
    """What may stand in the field, in words."""
    if field.kind == "list" and field.words:
        shown = ", ".join(f"“{word}”" for word in field.words[:4])
        return f"one of {shown}" + (" and others" if len(field.words) > 4 else "")
    return {
        "date": "a date like 31/03/2026",
        "money": "an amount in pounds like 214.50",
        "number": "a number like 14 or 3.5",
        "whole": "a whole number",
    }.get(field.kind, "a value")


@cache
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """Names by code in social care collections, and those codes by the code in national statistics."""
    councils = every_council()
    names = {council.code: council.name for council in councils} | {MADE_UP_COUNCIL: "made up"}
    return names, {council.ons: council.code for council in councils if council.ons}


class NoSuchCouncil(Refusal):
    """A code that no council has."""


def council_code(code: str) -> str:
    """The code, if a council has it in social care collections. Raises NoSuchCouncil."""
    if said := _council(code).said:
        raise NoSuchCouncil(f"“{code}” is no council’s code here; expected {said.expected}.")
    return code


def _council(code: str) -> Cell:
    names, ons = _codes()
    if code in names:
        return Cell(code)
    expected = "a council’s code in social care collections, such as 102"
    if code in ons:
        expected = f"{ons[code]}, which is the code of {names[ons[code]]} in social care collections"
    return Cell(None, Said("refused", expected, code))


@cache
def _spellings(field: Field) -> dict[str, str]:
    return {bare(word): word for word in field.words} | {bare(was): now for was, now in field.was.items()}


def _list(field: Field, text: str) -> Cell:
    if text in field.words:
        return Cell(text)
    if now := _spellings(field).get(bare(text)):
        return Cell(now, Said("warning", f"“{now}”, the word of release 2", text, now))
    if not field.complete:
        return Cell(text, Said("warning", _usual(field), text) if field.others_told else None)
    near = nearest(text, field.words)
    expected = f"“{near[0]}” or another word of the list" if near else expected_in(field)
    return Cell(None, Said("error", expected, text))


def _usual(field: Field) -> str:
    """The words that are known of a list that may have others."""
    *words, last = (f"“{word}”" for word in field.words)
    kept = "it stays as it stands" + (", and makes no group in figures" if field.name in _OF_GROUPS else "")
    return f"{', '.join(words)} or {last}; {kept}"


_OF_GROUPS = ("Gender",)  # of the lists that may have others, that by which figures are told
_AT_MIDNIGHT = re.compile(r"(.+?)[ T]00:00(:00(\.0+)?)?", re.ASCII)
_KINDS_OF_DAY: tuple[tuple[str, str], ...] = (
    (r"\d{2}/\d{2}/\d{4}", "; the day first, then the month, and a day that there is"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "; day and month with two digits each"),
    (r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", "; the year with four digits"),
    (r"\d{1,6}(\.\d+)?", "; a bare number is how a spreadsheet keeps a day: format the column as a date"),
    (r".*\d\d:\d\d.*", "; without the time of day"),
)


def _date(field: Field, text: str) -> Cell:
    at_midnight = _AT_MIDNIGHT.fullmatch(text)
    day = at_midnight[1] if at_midnight else text
    try:
        if found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", day, re.ASCII):
            value = date(int(found[3]), int(found[2]), int(found[1]))
            if not at_midnight:
                return Cell(value)
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII):
            value = date.fromisoformat(day)
        else:
            return _no_date(field, text)
    except ValueError:
        return _no_date(field, text)
    return Cell(value, Said("warning", expected_in(field), _shape(text), written(value)))


def _no_date(field: Field, text: str) -> Cell:
    hint = next((says for kind, says in _KINDS_OF_DAY if re.fullmatch(kind, text, re.ASCII)), "")
    return Cell(None, Said("refused", expected_in(field) + hint, _shape(text)))


def _shape(text: str) -> str:
    """Dates of one kind look alike: ``31 Mar 26`` and ``02 Jan 24`` are both ``00 a 00``."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "0", text[:40]))


def _decimal(field: Field, text: str) -> Cell:
    return Cell(Decimal(text)) if re.fullmatch(r"\d{1,7}(\.\d{1,2})?", text, re.ASCII) else _none(field, text)


def _whole(field: Field, text: str) -> Cell:
    return Cell(int(text)) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else _none(field, text)


def _none(field: Field, text: str) -> Cell:
    return Cell(None, Said("refused", expected_in(field), text))


_PARSERS: Mapping[str, Callable[[Field, str], Cell]] = {
    "date": _date,
    "money": _decimal,
    "number": _decimal,
    "whole": _whole,
}


def written(value: Any) -> str:
    """A value as the file has it: dates as dd/mm/yyyy, and no cell that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"'{text}" if _would_run(text) else text


def without_guard(cell: str) -> str:
    """The cell without the apostrophe that ``written`` puts before what a spreadsheet would run."""
    return cell[1:] if cell.startswith("'") and _would_run(cell) else cell


def _would_run(text: str) -> bool:
    """Whether the text, under any apostrophes, is a formula: so that taking one off undoes putting one on."""
    under = text.lstrip("'")
    return harmless(under) != under
