"""What a form says of itself: its title, id and version, and what only our own forms say."""

import re
from dataclasses import dataclass
from datetime import date

from wherewithal.formats.xlsform.workbook import Line, Sheet

HELD = (
    "form_title", "form_id", "version", "default_language", "allow_choice_duplicates", "omit_instanceid",
    "xml_root", "name",
)  # fmt: skip
"""Settings that are carried, or that say nothing to whoever answers."""
OURS = "wherewithal"
"""The sheet of what only our own forms say."""


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


def settings(sheet: Sheet | None, own: Sheet | None, stem: str, first: date) -> Settings:
    """From the form's sheet and our own; ``stem`` is the file's name without its ending, for a form without
    an id.
    """
    line, ours = (each.lines[0] if each and each.lines else Line(0, {}) for each in (sheet, own))
    id = re.sub(r"[^\w-]+", "-", line.get("form_id") or stem).strip("-") or "form"
    return Settings(
        id=id,
        version=line.get("version") or "1",
        title=line.get("form_title") or id,
        titles=ours.words("ww_title"),
        hints=ours.words("ww_hint"),
        about=ours.get("ww_about") or "survey",
        first=_day(ours.get("ww_first")) or first,
        last=_day(ours.get("ww_last")),
        source=ours.get("ww_source") or f"Brought in from the form {stem}",
        language=line.get("default_language"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
