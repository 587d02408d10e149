"""Two made-up coders begin to code a wave's answers: one question, part of the answers, not always alike."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from wherewithal.actions import codebook as codebooks
from wherewithal.actions import coding
from wherewithal.core.coding import Code, Source
from wherewithal.records.coding import as_book, sources
from wherewithal.records.models import Reply, User, Wave

ANSWERS = 16  # as many as both have read so far
MISSED = 0.15  # how often a coder sees no code where the words were written for one
MEMO = "Could be read either way"


def begin(wave: Wave, coders: Sequence[User], at: datetime, rng: Random) -> None:
    """The codebook that comes with the questions is put in use; both coders read the first answers to the
    question that is coded most finely, though not too finely, among those that enough councils answered.
    """
    draft = codebooks.begin(wave=wave, by=coders[0], at=at)
    codebooks.put_in_use(book=draft, by=coders[0], at=at)
    book = as_book(draft)
    answers = {id: sources(wave, id) for id in book.questions}
    enough = min(ANSWERS, max(map(len, answers.values())))

    def fits(id: str) -> tuple[bool, bool, int]:
        many = len(book.questions[id])
        return len(answers[id]) >= enough, many < 9, many

    question = max(book.questions, key=fits)
    for source in answers[question][:ANSWERS]:
        for coder in coders:
            _code(source, book.questions[question], coder, at, rng)


def _code(source: Source, codes: Sequence[Code], coder: User, at: datetime, rng: Random) -> None:
    reply = Reply.objects.select_related("wave").get(pk=source.reply)
    for code in codes:
        for example in code.examples:
            start = source.text.find(example)
            if start >= 0 and rng.random() > MISSED:
                end = start + len(example) - rng.choice((0, 0, 1))  # with its full stop, or without
                memo = MEMO if rng.random() < MISSED else ""
                coding.code(
                    reply=reply, question=source.question, start=start, end=end, code=code.id, memo=memo,
                    by=coder, at=at,
                )  # fmt: skip
    coding.read(reply=reply, question=source.question, by=coder, at=at)
