"""A questionnaire as a form: a workbook with the sheets survey, choices and settings.

What a form has no column for stands in columns that begin with ``ww_`` and in a sheet of our own; other
programs pass them over, and ``reading`` brings them back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.worksheet import Worksheet

from wherewithal.core.file_kind import PICTURES
from wherewithal.core.questions import CHOOSING, LISTING, Choice, Condition, Question, Questionnaire, Section
from wherewithal.formats.xlsform.remark import BadForm
from wherewithal.formats.xlsform.settings import OURS
from wherewithal.formats.xlsform.spelling import Spelling, number
from wherewithal.formats.xlsform.verdict import verdict

_TYPES = {
    "one": "select_one", "likert": "select_one", "yes_no": "select_one", "several": "select_multiple",
    "rank": "rank", "text": "text", "longtext": "text", "whole_number": "integer", "decimal": "decimal",
    "money": "decimal", "date": "date", "note": "note", "calculated": "calculate",
    "file": "file",
}  # fmt: skip
_LOOKS = {"likert": "likert", "longtext": "multiline"}
Row = dict[str, str]


def write(questionnaire: Questionnaire, path: Path) -> None:
    """Write the form. Raises BadForm for what a form cannot say, with its question, and where pyxform finds
    that what was written is not valid.
    """
    out = _Out(questionnaire)
    sheets = {
        "survey": _table(("type", "name", *out.labels()), list(out.survey())),
        "choices": _table(("list_name", "name", *out.labels()), list(out.choices())),
        "settings": _table((), [out.settings()]),
        OURS: _table((), [out.ours()]),
    }
    book = Workbook()
    book.remove(book.worksheets[0])
    try:
        for name, rows in sheets.items():
            _fill(book.create_sheet(name), rows)
        book.save(path)
    except IllegalCharacterError as error:
        raise BadForm("A text holds a character that no spreadsheet takes.") from error
    except OSError as error:
        raise BadForm(f"{path} cannot be written: {error.strerror or error}.") from error
    if found := verdict(path):
        path.unlink()
        raise BadForm(f"This would not be a valid XLSForm: {found}")


def _table(first: Sequence[str], rows: Sequence[Row]) -> list[list[str]]:
    """The headings that are always there come first, then every other that a row has."""
    headings = list(dict.fromkeys([*first, *(heading for row in rows for heading in row)]))
    return [headings, *([row.get(heading, "") for heading in headings] for row in rows)]


def _fill(sheet: Worksheet, rows: list[list[str]]) -> None:
    """Text stays text, whatever it begins with."""
    for down, row in enumerate(rows, 1):
        for along, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(down, along, text)
                cell.data_type = "s"


@dataclass(frozen=True)
class _Out:
    of: Questionnaire

    def survey(self) -> Iterator[Row]:
        for section in self.of.sections:
            yield from self.section(section)

    def labels(self) -> list[str]:
        """The headings of the labels, the questionnaire's own language first."""
        languages = [self.of.language, *(wording.language for wording in self.of.translations)]
        return [_in("label", language) for language in languages]

    def section(self, section: Section) -> Iterator[Row]:
        taken = section.id in self.of.questions  # a name in a form is one thing only
        name = f"section_{section.id}" if taken else section.id
        where = f"section.{section.id}"
        yield _set(
            {"type": "begin_group", "name": name}
            | self.words("label", f"{where}.title", section.title)
            | {"relevant": self.condition(section.relevant), "ww_id": section.id if taken else ""}
            | self.words("ww_hint", f"{where}.hint", section.hint)
            | {"ww_worker": section.worker, "ww_worker_hint": section.worker_hint}
        )
        for question in section.questions:
            yield _set(self.question(question))
        yield {"type": "end_group", "name": name}

    def question(self, of: Question) -> Row:
        where = f"question.{of.id}"
        ranges = of.check.step is not None
        kind = "image" if of.check.files == PICTURES else _TYPES[of.kind]
        return (
            {"type": f"{kind} {of.id}" if of.kind in CHOOSING else "range" if ranges else kind, "name": of.id}
            | self.words("label", f"{where}.text", of.text)
            | self.words("hint", f"{where}.hint", of.hint)
            | {
                "required": "yes" if of.required else "",
                "relevant": self.condition(of.relevant),
                "constraint": Spelling(self.of.questions, of.id).constraint(of),
            }
            | self.words("constraint_message", f"{where}.says", of.check.says)
            | {
                "calculation": "" if of.value is None else Spelling(self.of.questions).value(of.value),
                "choice_filter": self.filter(of),
                "appearance": _LOOKS.get(of.kind, ""),
                "parameters": _parameters(of) if ranges else "",
                "ww_kind": of.kind,
                "ww_files": "" if kind == "image" else " ".join(of.check.files),
            }
            | self.words("ww_short", f"{where}.short", of.short)
            | {
                "ww_outcome": of.outcome,
                "ww_outcome_from_points": _digits(of.outcome_from_points),
                "ww_published": " ".join(of.published),
                "ww_worker": of.worker,
                "ww_worker_hint": of.worker_hint,
                "ww_own_view": "yes" if of.own_view else "",
                "ww_bands": " ".join(map(str, of.bands)),
                "ww_identifies": "yes" if of.identifies else "",
            }
        )

    def filter(self, of: Question) -> str:
        """Each condition of its choices has a number, which stands beside the choices that it shows."""
        if not (conditions := _conditions(of)):
            return ""
        shown = [
            f"(ww_shown = '{place}' and {self.condition(one)})" for place, one in enumerate(conditions, 1)
        ]
        return " or ".join(["ww_shown = 'always'", *shown])

    def choices(self) -> Iterator[Row]:
        for question in self.of.questions.values():
            conditions = _conditions(question)
            for choice in question.choices:
                yield _set(self.choice(question, choice) | _shown(choice, conditions))

    def choice(self, question: Question, of: Choice) -> Row:
        if question.kind in LISTING and " " in of.value:
            raise BadForm(
                f"“{question.id}”: the choice “{of.value}” has a blank in its value, and a form parts what"
                " was chosen by blanks. Write it with “_”."
            )
        where = f"choice.{question.id}.{of.value}"
        return (
            {"list_name": question.id, "name": of.value}
            | self.words("label", f"{where}.text", of.text)
            | {"ww_points": _digits(of.points or None), "ww_alone": "yes" if of.alone else ""}
            | {"ww_hint": of.hint, "ww_worker": of.worker, "ww_pole": of.pole}
            | self.numbered("ww_hint", f"{where}.hint")
        )

    def numbered(self, column: str, place: str) -> Row:
        """A column of the choices in each other language, by its number: a name with “::” breaks pyxform."""
        said = (dict(wording.texts).get(place, "") for wording in self.of.translations)
        return {f"{column}_{nth}": text for nth, text in enumerate(said, 1)}

    def settings(self) -> Row:
        of = self.of
        return _set(
            {
                "form_title": of.title,
                "form_id": of.id,
                "version": of.version,
                "default_language": of.language,
            }
        )

    def ours(self) -> Row:
        """What only we say of the whole, in a sheet of its own, which other programs pass over."""
        of = self.of
        return _set(
            {
                "ww_about": of.about,
                "ww_first": of.first.isoformat(),
                "ww_last": of.last.isoformat() if of.last else "",
                "ww_source": of.source,
            }
            | self.words("ww_title", "title", of.title)
            | self.words("ww_hint", "hint", of.hint)
        )

    def words(self, column: str, place: str, own: str) -> Row:
        """A column in each language that has words there."""
        found = {_in(column, self.of.language): own}
        for wording in self.of.translations:
            found[_in(column, wording.language)] = dict(wording.texts).get(place, "")
        return found

    def condition(self, of: Condition | None) -> str:
        return "" if of is None else Spelling(self.of.questions).condition(of)


def _in(column: str, language: str) -> str:
    return f"{column}::{language}" if language else column


def _conditions(of: Question) -> list[Condition]:
    return list(dict.fromkeys(choice.relevant for choice in of.choices if choice.relevant is not None))


def _shown(choice: Choice, conditions: list[Condition]) -> Row:
    if not conditions:
        return {}
    return {"ww_shown": str(conditions.index(choice.relevant) + 1) if choice.relevant else "always"}


def _parameters(of: Question) -> str:
    check = of.check
    if (
        check.least is None
        or check.most is None
        or isinstance(check.least, str)
        or isinstance(check.most, str)
    ):
        raise BadForm(f"“{of.id}”: a form takes steps only between a least and a most. Give it both.")
    assert check.step is not None
    return f"start={number(check.least)} end={number(check.most)} step={number(check.step)}"


def _digits(of: int | None) -> str:
    return "" if of is None else str(of)


def _set(row: Mapping[str, str]) -> Row:
    return {heading: text for heading, text in row.items() if text}
