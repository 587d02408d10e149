"""Names as people write them, made comparable: folded, and cut into overlapping threes."""

import unicodedata
from collections.abc import Iterable

# Letters that have no accent to take off, spelt with the letters that people type for them.
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def fold(name: str) -> str:
    """Lower case, no accents or apostrophes; a hyphen parts two words: ``O’Brien-Łoś`` -> ``obrien los``."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_SPELT))
    kept = (letter for letter in bare if letter.isalnum() or letter.isspace() or letter in "-.,/")
    return " ".join("".join(" " if letter in "-.,/" else letter for letter in kept).split())


def words(*names: str) -> list[str]:
    """The folded words of several names, each once, in order."""
    return list(dict.fromkeys(word for name in names for word in fold(name).split()))


def grams(names: Iterable[str]) -> list[str]:
    """Every three letters in a row of each word, its start and end counting as a space; sorted, each once.

    ``Ann`` gives `` an``, ``ann``, ``nn ``. Two names with no three in common are never found by one
    another: that is the limit of the search (Kay and Cai).
    """
    found: set[str] = set()
    for word in words(*names):
        padded = f" {word} "
        found.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return sorted(found)
