"""What comes next in a survey that is closed, up to its private packs; what ends with its keys."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wherewithal.core.survey import Mode


class Step(StrEnum):
    """In the order in which they come; each is done in a page of its own."""

    BEGIN_CODEBOOK = "begin codebook"
    CODE = "code"
    WRITE = "write"
    RELEASE = "release"
    WAIT = "wait"
    SEND_PACKS = "send packs"


@dataclass(frozen=True)
class Afterwards:
    """How far a closed wave has come. ``replies`` that came in time; ``in_words``: something was asked in
    words; ``unread``: answers in words that no coder has read, None without a codebook in use; ``packs``:
    letters with private packs that are still to be sent.
    """

    replies: int
    in_words: bool
    unread: int | None
    written: bool
    built: bool
    public: bool
    packs: int

    @property
    def step(self) -> Step | None:
        """None where nothing is left, or nobody answered."""
        if not self.replies:
            return None
        if self.built:
            return Step.WAIT if not self.public else Step.SEND_PACKS if self.packs else None
        if self.in_words and self.unread is None:
            return Step.BEGIN_CODEBOOK
        if self.unread:
            return Step.CODE
        return Step.RELEASE if self.written else Step.WRITE


def keys_are_due(*, mode: str, destroy_on: date | None, destroyed_on: date | None, on: date) -> bool:
    """Has the day come on which respondents were told that the keys go, and are they there still?"""
    return mode == Mode.CODED and destroyed_on is None and destroy_on is not None and destroy_on <= on


def too_early(*, public: bool, packs: int, councils: bool) -> tuple[str, ...]:
    """What could not be done any more if the keys of a coded wave went now, in sentences."""
    said = []
    if not public:
        said.append(
            "The report is not public yet. Who answered could not be asked what they meant, and what they "
            "would agree to be quoted with could not be noted any more."
        )
    if not public and councils:
        said.append("No council could be sent its private pack: packs go out after the release.")
    if public and packs:
        noun = "council has" if packs == 1 else "councils have"
        said.append(f"{packs:,} {noun} not been sent the private pack yet, and would get none.")
    return tuple(said)
