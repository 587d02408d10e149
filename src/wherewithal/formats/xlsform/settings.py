"""What a form says of itself: its title, id and version, and what only our own forms say."""

import re
from dataclasses import dataclass
from datetime import date

from wherewithal.formats.xlsform.workbook import Line, Sheet

HELD = (
    "form_title", "form_id", "version", "default_language", "ww_title", "ww_hint", "ww_about", "ww_first",
    "ww_last", "ww_source", "allow_choice_duplicates", "omit_instanceid", "xml_root", "name",
)  # fmt: skip
"""Settings that are carried, or that say nothing to whoever answers."""


@dataclass(frozen=True)
class Settings:
    """``titles`` and ``hints`` are by language."""

    id: str
    version: str
    title: str
    titles: dict[str, str]
    hints: dict[str, str]
    about: str
    first: date
    last: date | None
    source: str
    language: str


def settings(sheet: Sheet, stem: str, first: date) -> Settings:
    """``stem`` is the file's name without its ending, for a form that has no id."""
    line = sheet.lines[0] if sheet.lines else Line(0, {})
    id = re.sub(r"[^\w-]+", "-", line.get("form_id") or stem).strip("-") or "form"
    return Settings(
        id=id,
        version=line.get("version") or "1",
        title=line.get("form_title") or id,
        titles=line.words("ww_title"),
        hints=line.words("ww_hint"),
        about=line.get("ww_about") or "survey",
        first=_day(line.get("ww_first")) or first,
        last=_day(line.get("ww_last")),
        source=line.get("ww_source") or f"Brought in from the form {stem}",
        language=line.get("default_language"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
