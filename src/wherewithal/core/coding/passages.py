"""A passage of an answer gets a code from a coder: what is right about it, and how it is underlined.

Places in a text are counted in Unicode code points from 0, half open: ``text[start:end]``. Lines end in LF
alone, so that a place is the same here, in a browser that sends CRLF, and in a file for another program.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from wherewithal.core.coding.book import Codebook
from wherewithal.core.refusal import Refusal


class CannotCode(Refusal):
    """A passage or a code that does not stand; ``field`` is ``passage`` or ``code``."""


@dataclass(frozen=True)
class Source:
    """What one reply answered to one question in words. ``key`` is its own among all; ``text`` has no CR."""

    key: str
    reply: str
    question: str
    text: str

    def __post_init__(self) -> None:
        if "\r" in self.text:
            raise ValueError(f"The text of {self.key} must go through as_text first: it holds a CR.")


def as_text(answer: str) -> str:
    """An answer as it is coded, or a memo: every line ends in LF, and no byte-order mark begins it."""
    return answer.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, order=True)
class Passage:
    """``text[start:end]`` of a source, never empty, with no white space at either end."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, order=True)
class Coding:
    """That a coder calls a passage by a code, with what they noted about it."""

    passage: Passage
    code: str
    coder: str
    memo: str = ""


def passage(source: Source, start: int, end: int) -> Passage:
    """The passage from one place to another, without the white space at its ends, which marking takes along.

    Raises CannotCode for places outside the text or around nothing.
    """
    if not 0 <= start <= end <= len(source.text):
        raise CannotCode(
            f"The passage goes from {start} to {end}, but the answer has {len(source.text)} characters.",
            field="passage",
        )
    marked = source.text[start:end]
    words = marked.strip()
    if not words:
        raise CannotCode("Mark at least one word.", field="passage")
    begins = start + len(marked) - len(marked.lstrip())
    return Passage(source.key, begins, begins + len(words))


def passage_of(source: Source, words: str) -> Passage:
    """Where words that somebody copied stand in the answer; without any, the whole of it.

    Raises CannotCode where they do not stand there, or more than once.
    """
    wanted = as_text(words).strip()
    if not wanted:
        return passage(source, 0, len(source.text))
    start = source.text.find(wanted)
    if start < 0:
        raise CannotCode("The answer does not say this. Copy the words as they stand there.", field="passage")
    if source.text.find(wanted, start + 1) >= 0:
        raise CannotCode("The answer says this more than once. Copy a few words more.", field="passage")
    return passage(source, start, start + len(wanted))


def code_passage(
    source: Source,
    on: Passage,
    code: str,
    *,
    coder: str,
    book: Codebook,
    among: Iterable[Coding],
    memo: str = "",
) -> Coding:
    """A coding that may stand beside those there are (``among``; other coders' and sources' do not matter).

    Raises CannotCode for a passage that is not of the source, a code that is not of the book and question or
    that the coder put there already, and one that stands alone beside another.
    """
    if on != passage(source, on.start, on.end):
        raise CannotCode("The passage is not one of this answer.", field="passage")
    found = book.code.get(code)
    if found is None:
        raise CannotCode(f"“{code}” is no code of version {book.version} of “{book.title}”.", field="code")
    if found.question != source.question:
        raise CannotCode(f"“{found.label}” is for answers to another question.", field="code")
    own = [one for one in among if one.coder == coder and one.passage.source == source.key]
    if any(one.passage == on and one.code == code for one in own):
        raise CannotCode(f"You have called this passage “{found.label}” already.", field="code")
    check_alone(book, code, {one.code for one in own} - {code})
    return Coding(on, code, coder, as_text(memo))


def check_alone(book: Codebook, code: str, beside: Iterable[str]) -> None:
    """Raises CannotCode where ``code``, or one of those ``beside`` it in the answer, stands alone."""
    found = book.code[code]
    for other in (book.code[id] for id in sorted(beside) if id in book.code):
        if found.alone or other.alone:
            lone, more = (found, other) if found.alone else (other, found)
            raise CannotCode(
                f"“{lone.label}” stands alone: an answer has it or “{more.label}”, not both. "
                "Take one of them off first.",
                field="code",
            )


@dataclass(frozen=True)
class Run:
    """``text[start:end]``, every character of which the same ``codings`` cover; none where it is bare."""

    start: int
    end: int
    codings: tuple[Coding, ...]


def runs(text: str, codings: Iterable[Coding]) -> tuple[Run, ...]:
    """The whole text cut where any of its codings begins or ends, so that overlaps need no nesting."""
    over = sorted(codings)
    edges = {0, len(text)}.union(*((one.passage.start, one.passage.end) for one in over))
    return tuple(
        Run(start, end, tuple(one for one in over if one.passage.start <= start and end <= one.passage.end))
        for start, end in pairwise(sorted(edges))
    )
