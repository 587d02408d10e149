"""What was coded here as a project for other programs, and a project's codings back by what is here.

GUIDs are made of our own keys (UUID version 5), so a code or an answer has the same one in every file, and
what comes back is told by them: no other program need know our keys.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wherewithal.core.coding import (
    CannotCode,
    Code,
    Codebook,
    Coding,
    Passage,
    Source,
    code_passage,
    passage,
)
from wherewithal.formats.refi_qda import model

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:wherewithal:refi-qda")
ORIGIN = "Wherewithal"


def guid(kind: str, *keys: str | int) -> model.Guid:
    """The GUID of something of ours: always the same for the same kind and keys."""
    return str(uuid.uuid5(_OURS, "\x1f".join((kind, *map(str, keys)))))


def as_project(
    book: Codebook,
    sources: Sequence[Source],
    codings: Iterable[Coding],
    *,
    questions: Mapping[str, str] | None = None,
    groups: Mapping[str, Mapping[str, str]] | None = None,
) -> model.Project:
    """Every answer as a source, every reply as a case, every question as a folder of its codes.

    ``questions`` gives their titles, ``groups`` each reply's by dimension (region, type), which become the
    case's variables. Each memo is a note. ``codings`` are of ``sources`` and by ``book``, of any coders.
    """
    coded = sorted(codings)
    by_source: dict[str, list[Coding]] = {}
    for one in coded:
        by_source.setdefault(one.passage.source, []).append(one)
    dimensions = sorted({name for of in (groups or {}).values() for name in of})
    return model.Project(
        name=book.title,
        origin=ORIGIN,
        users=tuple(
            model.User(guid("coder", coder), coder) for coder in sorted({one.coder for one in coded})
        ),
        codes=codes_of(book, questions=questions),
        variables=tuple(model.Variable(guid("dimension", name), name) for name in dimensions),
        cases=tuple(_cases(sources, groups or {})),
        sources=tuple(
            model.Text(
                guid("source", one.key), one.text, name=one.key,
                selections=tuple(_selections(book, by_source.get(one.key, ()))),
            )
            for one in sources
        ),
        notes=tuple(
            model.Text(_note(book, one), one.memo, by=guid("coder", one.coder)) for one in coded if one.memo
        ),
    )  # fmt: skip


def codes_of(book: Codebook, *, questions: Mapping[str, str] | None = None) -> tuple[model.Code, ...]:
    """The codebook as others have it: a folder for each question, the codes in it under each other."""

    def below(question: str, within: str) -> tuple[model.Code, ...]:
        return tuple(
            model.Code(
                guid("code", book.id, code.id), code.label, description=_described(code),
                codes=below(question, code.id),
            )
            for code in book.questions[question]
            if code.within == within
        )  # fmt: skip

    titles = questions or {}
    return tuple(
        model.Code(guid("question", book.id, id), titles.get(id, id), codable=False, codes=below(id, ""))
        for id in book.questions
    )


@dataclass(frozen=True)
class TakenBack:
    """``codings`` that stand by our book and answers, and what of the project does not, in words."""

    codings: tuple[Coding, ...]
    left_out: tuple[str, ...]


def take_back(project: model.Project, book: Codebook, sources: Iterable[Source]) -> TakenBack:
    """The codings of a project that began as ours, whatever program they were made in.

    A code or an answer is told by its GUID; else an answer by its key as its name, a code by its label among
    those of the question. A coder is told by name. A code on a whole source is on its whole text. What does
    not stand by the rules of coding is left out, and said.
    """
    answers = {one.key: one for one in sources}
    by_guid = {guid("source", key): one for key, one in answers.items()}
    back = _Back(project, book)
    for text in project.sources:
        source = by_guid.get(text.guid) or answers.get(text.name)
        count = sum(len(one.codings) for one in text.selections) + len(text.codings)
        if source is None or source.text != text.text:
            why = "is no answer here" if source is None else "has other words than the answer here"
            if count:
                back.left_out.append(f"“{text.name or text.guid}” {why}; {count} codings of it are left out.")
            continue
        back.take(source, text)
    return TakenBack(tuple(sorted(back.codings)), tuple(back.left_out))


class _Back:
    """Codings as they are taken back, and what is left out."""

    def __init__(self, project: model.Project, book: Codebook) -> None:
        self.book = book
        self.codings: list[Coding] = []
        self.left_out: list[str] = []
        self.memos = {one.guid: one.text for one in project.notes}
        self.coders = {one.guid: one.name or one.id or one.guid for one in project.users}
        self.names = {one.guid: one.name for one in _all_codes(project.codes)}
        self.ids = {guid("code", book.id, code.id): code.id for code in book.codes}

    def take(self, source: Source, text: model.Text) -> None:
        whole = model.Selection("", 0, len(text.text), codings=text.codings)
        here: list[Coding] = []
        for selection in (*text.selections, *([whole] if text.codings else [])):
            for one in selection.codings:
                try:
                    here.append(self._coding(source, selection, one, here))
                except CannotCode as refusal:
                    words = text.text[selection.start : selection.end]
                    self.left_out.append(f"{source.key}, “{_short(words)}”: {refusal.says}")
        self.codings += here

    def _coding(
        self, source: Source, selection: model.Selection, one: model.Coding, among: Iterable[Coding]
    ) -> Coding:
        name = self.names.get(one.code, "")
        labels = {code.label: code.id for code in self.book.questions.get(source.question, ())}
        coder = self.coders.get(one.by or selection.by)
        if coder is None:
            raise CannotCode(f"Nobody is named who called it “{name}”.", field="coder")
        return code_passage(
            source,
            passage(source, selection.start, selection.end),
            self.ids.get(one.code) or labels.get(name) or name,
            coder=coder,
            book=self.book,
            among=among,
            memo="\n".join(self.memos[note] for note in one.notes if note in self.memos),
        )


def _all_codes(codes: Iterable[model.Code]) -> Iterator[model.Code]:
    for code in codes:
        yield code
        yield from _all_codes(code.codes)


def _cases(sources: Sequence[Source], groups: Mapping[str, Mapping[str, str]]) -> Iterator[model.Case]:
    for reply in dict.fromkeys(one.reply for one in sources):
        yield model.Case(
            guid("reply", reply),
            reply,
            values=tuple(
                model.Value(guid("dimension", name), "Text", value)
                for name, value in sorted(groups.get(reply, {}).items())
            ),
            sources=tuple(guid("source", one.key) for one in sources if one.reply == reply),
        )


def _selections(book: Codebook, codings: Iterable[Coding]) -> Iterator[model.Selection]:
    """One for each passage, with every coding of it."""
    on: dict[Passage, list[Coding]] = {}
    for one in codings:
        on.setdefault(one.passage, []).append(one)
    for at, those in on.items():
        yield model.Selection(
            guid("passage", at.source, at.start, at.end),
            at.start,
            at.end,
            codings=tuple(
                model.Coding(
                    _coding_guid(book, one), guid("code", book.id, one.code), by=guid("coder", one.coder),
                    notes=(_note(book, one),) if one.memo else (),
                )
                for one in those
            ),
        )  # fmt: skip


def _coding_guid(book: Codebook, one: Coding) -> model.Guid:
    at = one.passage
    return guid("coding", at.source, at.start, at.end, book.id, one.code, one.coder)


def _note(book: Codebook, one: Coding) -> model.Guid:
    return guid("memo", _coding_guid(book, one))


def _described(code: Code) -> str:
    """All that a coder goes by, in the one place that the format has for it."""
    says = [code.definition]
    says += [f"When to use it: {code.use}"] if code.use else []
    says += [f"When not: {code.not_for}"] if code.not_for else []
    says += [f"Example: {example}" for example in code.examples]
    return "\n".join(says)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:37]}..."
