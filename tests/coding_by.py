"""A closed survey whose answers in words are coded by two made-up coders, through the real actions."""

from collections.abc import Sequence

import surveying
from making import at, user

from wherewithal.actions import codebook, coding, survey_seal
from wherewithal.core.roles import Role
from wherewithal.records.models import Codebook, Coded, Reply, User, Wave

TEXTS = ("Brokers meet people early. Panels are slow.", "Nothing works.", "Early talks help; so do panels.")
QUESTION = "words"


def coders() -> tuple[User, User]:
    return user("Sol Surveyor", Role.SURVEYOR), user("Sky Second", Role.SURVEYOR)


def doing(by: User | None = None) -> dict:
    return {"by": by or coders()[0], "at": at(2026, 6, 1)}


def answered(texts: Sequence[str] = TEXTS, **more) -> Wave:
    """A closed coded wave with these answers in words."""
    wave, _ = surveying.opened(**more)
    for number, text in enumerate(texts):
        surveying.answer(surveying.one_of(wave, number), words=text)
    return survey_seal.close(wave=wave, **surveying.doing(surveying.LATE))


def book(wave: Wave, *labels: str) -> Codebook:
    """A codebook in use, with these codes for the question."""
    draft = codebook.begin(wave=wave, **doing())
    for label in labels or ("Early", "Panels"):
        codebook.save_code(
            book=draft, question=QUESTION, label=label, definition=f"Speaks of {label.lower()}", **doing()
        )
    codebook.put_in_use(book=draft, **doing())
    draft.refresh_from_db()
    return draft


def reply(wave: Wave, text: str) -> Reply:
    return next(one for one in wave.replies.select_related("wave") if one.answers[QUESTION] == text)


def put(wave: Wave, text: str, words: str, code: str, by: User | None = None, **more) -> Coded:
    """A code on these words of the answer that is ``text``."""
    start = text.index(words)
    return coding.code(
        reply=reply(wave, text), question=QUESTION, start=start, end=start + len(words), code=code,
        **more, **doing(by),
    )  # fmt: skip


def read(wave: Wave, *by: User, texts: Sequence[str] = TEXTS) -> None:
    for one in by or coders():
        for text in texts:
            coding.read(reply=reply(wave, text), question=QUESTION, **doing(one))
