"""From rows to the values of ``core/coding``: the codebook in use, answers in words, who called what what.

Nothing here decides anything. Late replies are kept apart, so they are not coded.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

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


def book_in_use(wave: Wave) -> Codebook | None:
    """What the wave is coded by now, with its wave."""
    return wave.codebooks.filter(state=Codebook.State.IN_USE).select_related("wave").first()


def key_of(reply: Any, question: str) -> str:
    """The key of a source: its own among all replies and questions."""
    return f"{reply}/{question}"


def source_of(reply: Reply, question: str) -> Source | None:
    """One reply's answer to a question; None where it came late or has no words."""
    text = reply.answers.get(question)
    if reply.late or not isinstance(text, str) or not text.strip():
        return None
    return Source(key_of(reply.pk, question), str(reply.pk), question, as_text(text))


def sources(wave: Wave, question: str) -> list[Source]:
    """Every answer in words to a question, in the order of the replies' random numbers."""
    rows = Reply.objects.filter(wave=wave, late=False).order_by("id")
    return [
        Source(key_of(reply, question), str(reply), question, as_text(text))
        for reply, text in rows.values_list("id", f"answers__{question}")
        if isinstance(text, str) and text.strip()
    ]


def as_coding(row: Coded) -> Coding:
    """``coder`` is the login's number, as text."""
    return Coding(
        Passage(key_of(row.reply_id, row.question), row.start, row.end),
        row.code,
        str(row.coder_id),
        row.memo,
    )
