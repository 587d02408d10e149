"""The fields of Client Level Data, and their cells: from a Python value to text and back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any

from wherewithal.formats.spreadsheet import harmless
from wherewithal.policy import table


@dataclass(frozen=True)
class Field:
    """One field; ``words`` are those of release 2, ``was`` spellings of release 1 and what they became."""

    name: str
    kind: str
    needed: str | tuple[str, ...]
    words: tuple[str, ...]
    complete: bool
    was: Mapping[str, str]

    def needed_in(self, row: Mapping[str, Any]) -> bool:
        """Whether this row must have the field; a carer known by association has no event."""
        if self.needed == "events":
            return row.get("Client_Type") != "Unpaid carer known by association"
        return self.needed == "rows" or row.get("Event_Type") in self.needed


@cache
def fields() -> tuple[Field, ...]:
    """Every field, in file order."""
    policy = table("national/client-level-data")
    found = []
    for row in policy["fields"]:
        words = policy["values"].get(row["name"], {})
        needed = row.get("needed", ())
        found.append(
            Field(
                row["name"],
                row["kind"],
                needed if isinstance(needed, str) else tuple(needed),
                tuple(words.get("words", ())),
                words.get("complete", False),
                words.get("was", {}),
            )
        )
    return tuple(found)


def parse(field: Field, cell: str) -> tuple[Any, str]:
    """The value of a cell and, when it has none, what was expected."""
    text = _without_guard(cell)
    if not text.strip():
        return None, ""
    if field.kind == "text":
        return text, ""
    if field.kind == "list":
        return _word(field, text.strip())
    try:
        return _PARSERS[field.kind](text.strip()), ""
    except ValueError:
        return None, expected_in(field)


def _word(field: Field, text: str) -> tuple[str | None, str]:
    if text in field.words:
        return text, ""
    spellings = {bare(word): word for word in field.words} | {
        bare(was): now for was, now in field.was.items()
    }
    if bare(text) in spellings:
        return spellings[bare(text)], ""
    if not field.complete:
        return text, ""
    near = get_close_matches(text, field.words, 1)
    return None, f"“{near[0]}” or another word of the list" if near else expected_in(field)


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


def _date(text: str) -> date:
    if found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text, re.ASCII):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return date.fromisoformat(text)
    raise ValueError(text)


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,7}(\.\d{1,2})?", text, re.ASCII):
        raise ValueError(text)
    return Decimal(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


_PARSERS: Mapping[str, Callable[[str], Any]] = {
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


def _without_guard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _would_run(cell) else cell


def _would_run(text: str) -> bool:
    """Whether the text, under any apostrophes, is a formula: so that taking one off undoes putting one on."""
    bare = text.lstrip("'")
    return harmless(bare) != bare


def bare(text: str) -> str:
    """Letters and digits alone, in small letters: how spellings are compared."""
    return re.sub(r"[^0-9a-z]", "", text.casefold())
