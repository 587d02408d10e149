"""Key messages of surveys that anybody may read, since a release printed them, and what each stands on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wherewithal.records.coding import as_book, book_in_use
from wherewithal.records.models import KeyMessage, Release, Wave
from wherewithal.records.release import released

PUBLIC = (KeyMessage.State.AGREED, KeyMessage.State.ACTED_ON)


@dataclass(frozen=True)
class PrintedMessage:
    """``questions`` are those that it stands on, by its figures and by the codes of their answers."""

    says: str
    wave: Wave
    questions: frozenset[str]


def printed_messages(at: datetime) -> list[PrintedMessage]:
    """Of the newest release of each survey that is public at a moment. A message that was written, or worded
    otherwise, after that release is none of them.
    """
    return [one for release in released(at) for one in _of(release)]


def _of(release: Release) -> Iterator[PrintedMessage]:
    texts = list(_texts(release.content))
    codes = _questions_of_codes(release.wave)
    for one in release.wave.key_messages.filter(state__in=PUBLIC):
        says = one.says.rstrip(".")
        # A release prints a message with what it stands on in brackets after it.
        if any(text.startswith(f"{says} (") for text in texts):
            asked = {figure.partition("=")[0] for figure in one.figures}
            asked |= {codes[code] for code in one.themes if code in codes}
            yield PrintedMessage(f"{says}.", release.wave, frozenset(asked))


def _questions_of_codes(wave: Wave) -> dict[str, str]:
    """The question of each code that the wave is coded by."""
    book = book_in_use(wave)
    return {code.id: code.question for code in as_book(book).codes} if book else {}


def _texts(content: Any) -> Iterator[str]:
    """Every text in what a release says."""
    match content:
        case str():
            yield content
        case dict():
            for part in content.values():
                yield from _texts(part)
        case list():
            for part in content:
                yield from _texts(part)
