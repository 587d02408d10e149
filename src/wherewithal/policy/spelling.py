"""What was probably meant by a word that is none of a list's."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

ALIKE = 60  # of 100, by the letters that both have in the same order
LONGEST = 200  # letters that are looked at: a cell may hold a letter


def nearest(text: str, words: Iterable[str], most: int = 1, alike: int = ALIKE) -> list[str]:
    """The words that are most like the text, the likest first and of equals the first of the list; none where
    none is ``alike``. Capitals and marks between words do not count.
    """
    found = process.extract(
        text[:LONGEST],
        list(words),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=alike,
        limit=most,
    )
    return [word for word, *_ in found]
