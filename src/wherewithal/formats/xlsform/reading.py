"""A form becomes a questionnaire, row by row, and what became of it otherwise is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from wherewithal.core.questions import Condition, Every, Question, Questionnaire, Section, mistakes, places
from wherewithal.formats.xlsform import rows
from wherewithal.formats.xlsform.kinds import Asked, Frame, Unasked, kind_of
from wherewithal.formats.xlsform.names import Names
from wherewithal.formats.xlsform.remark import BadForm, NotCarried, NothingAsked, NotValid, Remark
from wherewithal.formats.xlsform.settings import OURS, Settings, settings
from wherewithal.formats.xlsform.unheld import remarks_on_cells, remarks_on_sheets
from wherewithal.formats.xlsform.verdict import verdict
from wherewithal.formats.xlsform.words import words_of
from wherewithal.formats.xlsform.workbook import Line, Sheet, open_workbook

_EMPTY = Sheet("", (), ())


@dataclass(frozen=True)
class Brought:
    """A questionnaire that came in, and what is to be said of it. ``is_whole`` when nothing was lost."""

    questionnaire: Questionnaire
    remarks: tuple[Remark, ...]

    @property
    def is_whole(self) -> bool:
        return not any(remark.lost for remark in self.remarks)


def read(path: Path, *, first: date) -> Brought:
    """The questionnaire in a form (xlsx or xls), in force from ``first`` unless the form says when.

    Raises BadForm for what is no workbook, NotValid where pyxform does not find the form valid, and
    NothingAsked.
    """
    sheets = open_workbook(path)
    if found := verdict(path):
        raise NotValid(f"{path.name} is not a valid XLSForm: {found}")
    survey = sheets.get("survey") or (next(iter(sheets.values())) if len(sheets) == 1 else _EMPTY)
    return _Form(path, survey, sheets, first).read()


@dataclass
class _Group:
    """A group that is open: when what is in it is asked, and whether its rows are passed over."""

    name: str
    relevant: Condition | None
    passed_over: bool
    counts_as: str = "gone"  # what the names of rows that are passed over become


@dataclass
class _Part:
    """A section as it grows."""

    id: str
    title: str
    hint: str = ""
    relevant: Condition | None = None
    questions: list[Question] = field(default_factory=list)
    is_loose: bool = False
    worker: str = ""
    worker_hint: str = ""


class _Form:
    def __init__(self, path: Path, survey: Sheet, sheets: dict[str, Sheet], first: date) -> None:
        self.file = path.name
        self.survey = survey
        self.choices = sheets.get("choices", _EMPTY)
        self.remarks: list[Remark] = list(remarks_on_sheets(sheets, survey, self.choices))
        self.settings: Settings = settings(sheets.get("settings"), sheets.get(OURS), path.stem, first)
        words = words_of((survey, self.choices, sheets.get(OURS, _EMPTY)), self.settings.language)
        lists: dict[str, tuple[Line, ...]] = {}
        for line in self.choices.lines:
            lists[line.get("list_name")] = (*lists.get(line.get("list_name"), ()), line)
        names = Names(later=frozenset(line.get("name") for line in survey.lines) - {""})
        self.reading = rows.Reading(lists, names, words)
        self.groups: list[_Group] = []
        self.parts: list[_Part] = []
        self.ids: set[str] = set()

    def read(self) -> Brought:
        for line in self.survey.lines:
            self.line = line
            self.row(line)
        return self.whole()

    def whole(self) -> Brought:
        sections = tuple(
            Section(
                part.id,
                part.title,
                tuple(part.questions),
                part.hint,
                part.relevant,
                part.worker,
                part.worker_hint,
            )
            for part in self.parts
            if part.questions
        )
        if not sections:
            said = "; ".join(str(remark) for remark in self.remarks if remark.sheet == self.survey.name)
            raise NothingAsked(f"{self.file} holds nothing that can be asked. {said}".strip())
        words = self.reading.words
        said_by = self.settings
        made = Questionnaire(
            id=said_by.id,
            version=said_by.version,
            title=words.at("title", {words.own: said_by.title} | said_by.titles),
            about=said_by.about,
            first=said_by.first,
            last=said_by.last,
            source=said_by.source,
            sections=sections,
            hint=words.at("hint", said_by.hints),
            language=words.own,
        )
        known = places(made)
        made = replace(made, translations=words.translations(place for place, text in known.items() if text))
        if wrong := mistakes(made):
            raise BadForm(f"{self.file} cannot become a questionnaire: {'; '.join(wrong[:3])}.")
        return Brought(made, tuple(self.remarks))

    def say(self, column: str, says: str, *, lost: bool = True, line: Line | None = None) -> None:
        sheet, line = (self.choices, line) if line else (self.survey, self.line)
        remark = Remark(sheet.name, line.number, column, line.get(column), says, lost)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def row(self, line: Line) -> None:
        written = line.get("type")
        if line.get("disabled").lower() in rows.YES:
            return
        if not written:
            self.say("type", "a row without a type asks nothing")
            return
        kind = kind_of(written, line.get("appearance"))
        if isinstance(kind, Frame):
            self.frame(kind, line)
            return
        if self.groups and self.groups[-1].passed_over:
            self.leave_out(line, self.groups[-1].counts_as)
            return
        if isinstance(kind, Unasked):
            self.say("type", kind.why)
            self.leave_out(line, "gone")
            return
        self.asked(kind, line)

    def leave_out(self, line: Line, how: str) -> None:
        names = self.reading.names
        (names.never.add if how == "never" else names.gone.add)(line.get("name"))

    def asked(self, kind: Asked, line: Line) -> None:
        on = rows.relevant(line, self.reading.names, self.say)
        if on is False:
            self.leave_out(line, "never")
            return
        id = self.id_of(line.get("name"))
        try:
            made = rows.question(id, kind, line, self.reading, self.say)
        except NotCarried as why:
            self.ids.discard(id)
            column = "calculation" if kind.kind == "calculated" else "type"
            self.say(column, f"{why}; it is left out" if column == "calculation" else str(why))
            self.leave_out(line, "gone")
            return
        made = replace(made, relevant=_every([*self.within(), *([] if on is True else [on])]))
        self.remarks += remarks_on_cells(self.survey, line, made)
        self.add(made, line.get("name"))
        if kind.other:
            named = f"{line.get('name')}_other"
            extra = rows.other_words(made, self.id_of(named))
            self.add(replace(extra, relevant=_every([*self.within(), extra.relevant])), named)

    def within(self) -> list[Condition]:
        """The conditions of groups within a group; those of the outermost one are the section's."""
        return [group.relevant for group in self.groups[1:] if group.relevant is not None]

    def add(self, made: Question, name: str) -> None:
        if not self.groups and not (self.parts and self.parts[-1].is_loose):
            id = self.id_of("questions", quiet=True)
            title = self.reading.words.at(f"section.{id}.title", {"": self.settings.title})
            self.parts.append(_Part(id, title, is_loose=True))
        self.parts[-1].questions.append(made)
        if name and made.kind != "note":
            self.reading.names.known[name] = made

    def frame(self, frame: Frame, line: Line) -> None:
        if not frame.begins:
            if self.groups:
                self.groups.pop()
            return
        outer = self.groups[-1] if self.groups else None
        if outer and outer.passed_over:
            self.groups.append(_Group(line.get("name"), None, True, outer.counts_as))
            return
        if frame.what == "loop":
            self.say("type", "a loop is not carried, nor what is in it")
            self.groups.append(_Group(line.get("name"), None, True))
            return
        if frame.what == "repeat":
            self.say("type", "it repeats; here its questions are asked once")
        on = rows.relevant(line, self.reading.names, self.say)
        self.remarks += remarks_on_cells(self.survey, line, None)
        rows.say_within(line, self.say)
        group = _Group(line.get("name"), None if isinstance(on, bool) else on, on is False, "never")
        if not outer:
            self.section(line, group)
        self.groups.append(group)
        if outer and not group.passed_over:
            self.say(
                "type", f"it stands within “{outer.name}”, so its questions join that section", lost=False
            )
            self.heading(line)

    def section(self, line: Line, group: _Group) -> None:
        id = self.id_of(line.get("ww_id") or line.get("name") or "group", sections=True)
        words = self.reading.words
        title = words.at(f"section.{id}.title", line.words("label"), otherwise=line.get("name") or id)
        hint = words.at(f"section.{id}.hint", line.words("ww_hint"))
        part = _Part(id, title, hint, group.relevant)
        part.worker, part.worker_hint = line.get("ww_worker"), line.get("ww_worker_hint")
        self.parts.append(part)

    def heading(self, line: Line) -> None:
        """The heading of a group within a group is kept as a note."""
        if not line.words("label"):
            return
        id = self.id_of(line.get("name") or "heading")
        text = self.reading.words.at(f"question.{id}.text", line.words("label"))
        self.add(Question(id, text, "note", relevant=_every(self.within())), "")

    def id_of(self, name: str, *, quiet: bool = False, sections: bool = False) -> str:
        """An id in small letters that nothing else has; a section may be called as a question is."""
        id = re.sub(r"[^a-z0-9_]", "_", name.lower())
        id = id if re.match(r"[a-z]", id) else f"q_{id}"
        taken = {part.id for part in self.parts} if sections or quiet else self.ids
        made, number = id, 1
        while made in taken:
            number += 1
            made = f"{id}_{number}"
        if made != name and not quiet:
            self.say("name", f"here it is called “{made}”", lost=False)
        if not sections and not quiet:
            self.ids.add(made)
        return made


def _every(found: Sequence[Condition | None]) -> Condition | None:
    conditions = [one for one in found if one is not None]
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    return Every(tuple(conditions))
