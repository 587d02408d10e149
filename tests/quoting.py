"""Quotations for the tests: a closed survey whose answers are quoted by the made-up surveyors."""

from coding_by import QUESTION, answered, coders, doing, reply

from wherewithal.actions import quotation
from wherewithal.records.models import Quotation, User, Wave

CLEAN = "Brokers meet people early. Panels are slow."
NAMED = "We learned it from Kent, for 43 people."
SAID = (CLEAN, NAMED, "Early talks help; so do panels.")


def wave(**more) -> Wave:
    return answered(SAID, **more)


def picked(of: Wave, text: str = CLEAN, words: str = "", by: User | None = None) -> Quotation:
    """These words of the answer that is ``text``, or all of it."""
    return quotation.pick(**place(of, text, words), **doing(by))


def place(of: Wave, text: str = CLEAN, words: str = "") -> dict:
    start = text.index(words or text)
    given = {"reply": reply(of, text), "question": QUESTION}
    return given | {"start": start, "end": start + len(words or text)}


def second() -> User:
    return coders()[1]


def signed(of: Wave) -> Quotation:
    return quotation.sign_off(quotation=picked(of), **doing(second()))


def agreed(row: Quotation, consent: str = "given", **more) -> Quotation:
    day = doing()["at"].date()
    given = {
        "asked_on": day,
        "answered_on": None if consent == "asked" else day,
        "answered_by": "Head of service",
    }
    return quotation.note_consent(quotation=row, consent=consent, **given | more, **doing(second()))
