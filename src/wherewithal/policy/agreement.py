"""Reads the words of a council's direct payment agreement: ``local/agreement.toml``."""

from dataclasses import dataclass

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "local/agreement"


@dataclass(frozen=True)
class AgreementWords:
    """What each side agrees to, sentence by sentence; when it is reviewed; when the council may stop it."""

    you_agree: tuple[str, ...]
    we_agree: tuple[str, ...]
    reviews: str
    council_may_stop: str


def agreement_words(used: Used, file: str = FILE) -> AgreementWords:
    """The words in force on the day; raises NoPolicy."""
    found = used.value(parameters(file), "agreement")
    return AgreementWords(
        tuple(found["you_agree"]), tuple(found["we_agree"]), found["reviews"], found["council_may_stop"]
    )
