"""Codebooks: what an analyst may call the passages of a reply, read from ``surveys/ID-codebook.toml``.

The layout of a file, beside its words; a code may have all that ``core.coding.Code`` has:

    questionnaire = "personalisation-2011"   # whose questions these are
    [[frames]]
    question = "risk_types"                  # one that is answered in words
    codes = [{ id = "to_person", label = "...", definition = "...", examples = ["..."], alone = true }]
"""

from collections.abc import Iterator
from functools import cache

from wherewithal.core.coding import Code, Codebook, mistakes
from wherewithal.core.policy import NoPolicy
from wherewithal.core.questions import WRITING
from wherewithal.policy import names, table
from wherewithal.policy.questionnaire import questionnaires
from wherewithal.policy.rows import Misspelt, Row

_ENDS = "-codebook"


@cache
def codebook(id: str) -> Codebook:
    """The codebook of a survey. Raises NoPolicy for one that is not there, or whose file has a mistake."""
    file = f"surveys/{id}{_ENDS}"
    if file not in names("surveys"):
        raise NoPolicy(f"There is no codebook “{id}”.")
    row = Row(f"{file}.toml", table(file))
    try:
        row.only("id version title questionnaire source frames")
        found = Codebook(
            id=row.text("id"),
            version=row.text("version"),
            title=row.text("title"),
            questionnaire=row.text("questionnaire"),
            source=row.text("source"),
            codes=tuple(code for frame in row.rows("frames", "frame") for code in _codes(frame)),
        )
    except Misspelt as fault:
        raise NoPolicy(str(fault)) from fault
    _look_over(file, found)
    return found


def books() -> list[Codebook]:
    """Every codebook that there is."""
    files = [name.removeprefix("surveys/") for name in names("surveys") if name.endswith(_ENDS)]
    return [codebook(file.removesuffix(_ENDS)) for file in files]


def _codes(frame: Row) -> Iterator[Code]:
    frame.only("question codes")
    question = frame.text("question")
    for row in frame.rows("codes", f"“{question}”, code"):
        row.only("id label definition examples use not_for within alone was")
        yield Code(
            id=row.text("id"),
            label=row.text("label"),
            definition=row.text("definition"),
            question=question,
            examples=row.texts("examples", ()),
            use=row.text("use", ""),
            not_for=row.text("not_for", ""),
            within=row.text("within", ""),
            alone=row.flag("alone", False),
            was=row.texts("was", ()),
        )


def _look_over(file: str, book: Codebook) -> None:
    """Raises NoPolicy for a mistake in the book, or where a question is none that is answered in words."""
    for mistake in mistakes(book):
        raise NoPolicy(f"{file}.toml: {mistake}")
    asked = [one for one in questionnaires() if one.id == book.questionnaire]
    written = {q.id for one in asked for q in one.questions.values() if q.kind in WRITING}
    for id in book.questions:
        if id not in written:
            raise NoPolicy(f"{file}.toml: “{id}” is no question of “{book.questionnaire}” answered in words.")
