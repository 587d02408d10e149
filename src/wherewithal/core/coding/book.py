"""A codebook: what the passages of a reply may be called, question by question, in one version."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property

from wherewithal.core.policy import fingerprint


@dataclass(frozen=True)
class Code:
    """What a passage of an answer to one ``question`` may be called.

    ``use`` and ``not_for`` say when and when not; ``examples`` are made up; ``within`` is the id of the code
    that it belongs under, if any (each is counted for itself); one that stands ``alone`` excludes the others
    of its question in an answer. ``was``: the ids of the version before from which it was renamed, split or
    put together.
    """

    id: str
    label: str
    definition: str
    question: str
    examples: tuple[str, ...] = ()
    use: str = ""
    not_for: str = ""
    within: str = ""
    alone: bool = False
    was: tuple[str, ...] = ()

    @property
    def means(self) -> tuple[str, str, str, bool]:
        """What a coder goes by: while it is the same, so is what was coded. Label and examples only help."""
        return self.definition, self.use, self.not_for, self.alone


@dataclass(frozen=True)
class Codebook:
    """One version; every code's ``id`` is its own within the book."""

    id: str
    version: str
    title: str
    questionnaire: str
    source: str
    codes: tuple[Code, ...]

    @cached_property
    def fingerprint(self) -> str:
        """Another whenever a word of it is."""
        return fingerprint(asdict(self))

    @cached_property
    def code(self) -> dict[str, Code]:
        """Codes by id."""
        return {code.id: code for code in self.codes}

    @cached_property
    def questions(self) -> dict[str, tuple[Code, ...]]:
        """The codes of each question that is coded, by its id."""
        ids = dict.fromkeys(code.question for code in self.codes)
        return {id: tuple(code for code in self.codes if code.question == id) for id in ids}

    @property
    def labels(self) -> dict[str, dict[str, str]]:
        """By question, the label of each code by its id, as tables take them."""
        return {
            question: {code.id: code.label for code in codes} for question, codes in self.questions.items()
        }

    @property
    def exclusive(self) -> list[str]:
        """The questions of which every code stands alone, so that an answer has one at most."""
        return [question for question, codes in self.questions.items() if all(code.alone for code in codes)]

    def tree(self, question: str) -> Iterator[tuple[int, Code]]:
        """A question's codes, each followed by those under it, with how deep it lies (0: under none)."""
        codes = self.questions.get(question, ())

        def below(id: str, depth: int) -> Iterator[tuple[int, Code]]:
            for code in codes:
                if code.within == id:
                    yield depth, code
                    yield from below(code.id, depth + 1)

        return below("", 0)


def mistakes(book: Codebook) -> tuple[str, ...]:
    """What is wrong with a codebook, each in words; nothing may be coded by one that has any."""
    return tuple(_mistakes(book))


def _mistakes(book: Codebook) -> Iterator[str]:
    for id, times in Counter(code.id for code in book.codes).items():
        if times > 1:
            yield f"Two codes are called “{id}”."
    for (question, label), times in Counter((code.question, code.label) for code in book.codes).items():
        if times > 1:
            yield f"Two codes of “{question}” have the label “{label}”."
    for code in book.codes:
        for name in ("id", "label", "definition", "question"):
            if not getattr(code, name).strip():
                yield f"The code “{code.id or code.label}” has no {name}."
        above = book.code.get(code.within)
        if code.within and above is None:
            yield f"“{code.id}” belongs under “{code.within}”, which is no code of the book."
        elif above is not None and above.question != code.question:
            yield f"“{code.id}” belongs under “{above.id}”, which is for another question."
        elif _is_under_itself(book, code):
            yield f"“{code.id}” belongs under itself."


def _is_under_itself(book: Codebook, code: Code) -> bool:
    seen: set[str] = set()
    above = code.within
    while above in book.code and above not in seen:
        if above == code.id:
            return True
        seen.add(above)
        above = book.code[above].within
    return False
