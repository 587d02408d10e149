"""From rows to the values of ``core/coding``: the codebook in use, answers in words, who called what what.

Nothing here decides anything. Late replies are kept apart, so they are not coded.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from wherewithal.core.coding import Code, Coding, Passage, Source, as_text
from wherewithal.core.coding import Codebook as Book
from wherewithal.records.models import Codebook, Coded, Reply, Wave


def as_book(row: Codebook) -> Book:
    return Book(
        id=row.wave.slug,
        version=str(row.version),
        title=row.title,
        questionnaire=row.wave.questionnaire,
        source=row.source,
        codes=tuple(as_code(code) for code in row.codes),
    )


def as_code(kept: dict[str, Any]) -> Code:
    return Code(**kept | {"examples": tuple(kept["examples"]), "was": tuple(kept["was"])})


def as_kept(codes: Iterable[Code]) -> list[dict[str, Any]]:
    """Codes as a row keeps them."""
    return [asdict(code) | {"examples": list(code.examples), "was": list(code.was)} for code in codes]


def draft_of(wave: Wave) -> Codebook | None:
    """The version that is being written, with its wave."""
    return wave.codebooks.filter(state=Codebook.State.DRAFT).select_related("wave").first()


def book_in_use(wave: Wave) -> Codebook | None:
    """What the wave is coded by now, with its wave."""
    return wave.codebooks.filter(state=Codebook.State.IN_USE).select_related("wave").first()


def key_of(reply: Any, question: str) -> str:
    """The key of a source: its own among all replies and questions."""
    return f"{reply}/{question}"


def place_of(key: str) -> tuple[str, str]:
    """The reply and the question of a source, by its key."""
    reply, _, question = key.partition("/")
    return reply, question


def source_of(reply: Reply, question: str) -> Source | None:
    """One reply's answer to a question; None where it came late or has no words."""
    return None if reply.late else as_source(reply.pk, question, reply.answers.get(question))


def as_source(reply: Any, question: str, answer: object) -> Source | None:
    """An answer as it is coded; None for one that is not in words."""
    if not isinstance(answer, str) or not as_text(answer).strip():
        return None
    return Source(key_of(reply, question), str(reply), question, as_text(answer))


def sources(wave: Wave, question: str) -> list[Source]:
    """Every answer in words to a question, in the order of the replies' random numbers."""
    rows = Reply.objects.filter(wave=wave, late=False).order_by("id")
    answers = rows.values_list("id", f"answers__{question}")
    found = (as_source(reply, question, text) for reply, text in answers)
    return [one for one in found if one is not None]


def as_coding(row: Coded) -> Coding:
    """``coder`` is the login's number, as text."""
    return coding_of(row.reply_id, row.question, row.start, row.end, row.code, row.coder_id, row.memo)


# A row's columns as ``coding_of`` takes them. Only the text of the reply's number is wanted, so it comes as
# text: Python need not make thousands of UUIDs first.
COLUMNS = (Cast("reply_id", TextField()), "question", "start", "end", "code", "coder_id", "memo")


def coding_of(reply: object, question: str, start: int, end: int, code: str, coder: int, memo: str) -> Coding:
    """What the ``COLUMNS`` of one row say, or its own fields."""
    return Coding(Passage(key_of(reply, question), start, end), code, str(coder), memo)
