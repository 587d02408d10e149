"""Codebooks: what an analyst may call the passages of a reply, read from ``surveys/ID-codebook.toml``.

The layout of a file, beside its words:

    questionnaire = "personalisation-2011"   # whose questions these are
    [[frames]]
    question = "risk_types"                  # one that is answered in words
    codes = [{ id = "to_person", label = "...", definition = "...", example = "...", alone = false }]
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from wherewithal.core.policy import NoPolicy, fingerprint
from wherewithal.core.questions import WRITING
from wherewithal.policy import names, table
from wherewithal.policy.questionnaire import questionnaires
from wherewithal.policy.rows import Misspelt, Row

_ENDS = "-codebook"


@dataclass(frozen=True)
class Code:
    """``example`` is a made-up passage; a code that stands ``alone`` excludes the others of its question."""

    id: str
    label: str
    definition: str
    example: str
    question: str
    alone: bool = False


@dataclass(frozen=True)
class Codebook:
    """One version; every code's ``id`` is its own within the book. ``fingerprint`` tells versions apart."""

    id: str
    version: str
    title: str
    questionnaire: str
    source: str
    codes: tuple[Code, ...]
    fingerprint: str

    @cached_property
    def code(self) -> dict[str, Code]:
        """Codes by id."""
        return {code.id: code for code in self.codes}

    @cached_property
    def questions(self) -> dict[str, tuple[Code, ...]]:
        """The codes of each question that is coded, by its id."""
        ids = dict.fromkeys(code.question for code in self.codes)
        return {id: tuple(code for code in self.codes if code.question == id) for id in ids}


@cache
def codebook(id: str) -> Codebook:
    """The codebook of a survey. Raises NoPolicy for one that is not there, or whose file has a mistake."""
    file = f"surveys/{id}{_ENDS}"
    if file not in names("surveys"):
        raise NoPolicy(f"There is no codebook “{id}”.")
    body = table(file)
    row = Row(f"{file}.toml", body)
    try:
        row.only("id version title questionnaire source frames")
        found = Codebook(
            id=row.text("id"),
            version=row.text("version"),
            title=row.text("title"),
            questionnaire=row.text("questionnaire"),
            source=row.text("source"),
            codes=tuple(code for frame in row.rows("frames", "frame") for code in _codes(frame)),
            fingerprint=fingerprint(body),
        )
    except Misspelt as fault:
        raise NoPolicy(str(fault)) from fault
    _look_over(file, found)
    return found


def _codes(frame: Row) -> Iterator[Code]:
    frame.only("question codes")
    question = frame.text("question")
    for row in frame.rows("codes", f"“{question}”, code"):
        row.only("id label definition example alone")
        yield Code(
            row.text("id"), row.text("label"), row.text("definition"), row.text("example"), question,
            row.flag("alone", False),
        )  # fmt: skip


def _look_over(file: str, book: Codebook) -> None:
    """Raises NoPolicy where a code is there twice, or its question is none that is answered in words."""
    asked = [one for one in questionnaires() if one.id == book.questionnaire]
    written = {q.id for one in asked for q in one.questions.values() if q.kind in WRITING}
    if len(book.code) < len(book.codes):
        twice = next(code.id for code in book.codes if book.code[code.id] is not code)
        raise NoPolicy(f"{file}.toml: two codes are called “{twice}”.")
    for id in book.questions:
        if id not in written:
            raise NoPolicy(f"{file}.toml: “{id}” is no question of “{book.questionnaire}” answered in words.")
