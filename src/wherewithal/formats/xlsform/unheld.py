"""What stands in a form's cells and sheets and a questionnaire does not hold: named, cell by cell."""

from collections.abc import Iterator, Mapping

from wherewithal.core.questions import CHOOSING, Question
from wherewithal.formats.xlsform.remark import Remark
from wherewithal.formats.xlsform.settings import HELD
from wherewithal.formats.xlsform.workbook import Line, Sheet

_SAID = {
    "default": "an answer that is filled in beforehand is not carried",
    "read_only": "an answer that cannot be changed is not carried",
    "trigger": "what makes it be worked out again is not carried",
    "parameters": "these are not carried",
    "repeat_count": "it is asked once",
    "guidance_hint": "guidance beside the hint is not carried",
    "required_message": "a missing answer is told in the usual words",
    "image": "pictures and sound are not carried",
    "audio": "pictures and sound are not carried",
    "video": "pictures and sound are not carried",
    "big-image": "pictures and sound are not carried",
    "autoplay": "pictures and sound are not carried",
}
_PREFIXES = ("bind::", "body::", "control::", "instance::", "media::", "sms_", "save_to", "intent")
_OF_A_GROUP = ("appearance",)
_KNOWN = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
    "calculation", "choice_filter", "appearance", "disabled",
)  # fmt: skip
_SHEETS = {
    "external_choices": "choices in a sheet of their own are not carried",
    "entities": "entities are not carried",
    "osm": "questions of a map are not carried",
    "columns": "a loop's columns are not carried",
}


def remarks_on_cells(survey: Sheet, line: Line, question: Question | None) -> Iterator[Remark]:
    """Cells of a row that say something which is not carried; ``question`` is None for a group."""
    for head, text in line.cells.items():
        says = _SAID.get(head.column, "")
        if head.column == "parameters" and line.get("type").lower() == "range":
            says = ""
        if question is None and head.column in _OF_A_GROUP:
            says = "how it looks is not carried"
        if head.column == "choice_filter" and (question is None or question.kind not in CHOOSING):
            says = "only choices are filtered"
        if head.column.startswith(_PREFIXES):
            says = "this is not carried"
        if says:
            yield Remark(survey.name, line.number, head.written, text, says)


def remarks_on_sheets(sheets: Mapping[str, Sheet], survey: Sheet, choices: Sheet) -> Iterator[Remark]:
    """Sheets and settings that are not carried."""
    for name, sheet in sheets.items():
        if name in _SHEETS and sheet.lines:
            yield Remark(sheet.name, 0, "sheet", "", _SHEETS[name])
    for head in survey.headings:
        held = head.column in _KNOWN or head.column in _SAID or head.column.startswith((*_PREFIXES, "ww_"))
        if not held and any(head in line.cells for line in survey.lines):
            yield Remark(survey.name, 0, head.written, "", "it is no column of a form, and is not carried")
    for line in sheets["settings"].lines[:1] if "settings" in sheets else ():
        for head, text in line.cells.items():
            if head.column not in HELD:
                yield Remark("settings", line.number, head.written, text, "this is not carried")
