"""Reads the words of a person's record: ``national/person.toml``, ``local/person.toml``."""

from dataclasses import dataclass
from functools import cache

from wherewithal.core.policy import NoPolicy, Used
from wherewithal.policy import parameters, table

NATIONAL = "national/person"
RETURN = "national/client-level-data"
LOCAL = "local/person"


@dataclass(frozen=True)
class WordList:
    """The words that a part of the record may hold; ``verified`` False: not read in the official list."""

    title: str
    words: tuple[str, ...]
    source: str
    verified: bool


@cache
def words(of: str) -> WordList:
    """The list for ``support_reason``, ``ethnicity`` or ``accommodation``. Raises NoPolicy for another."""
    asked = table(NATIONAL).get(of)
    if not isinstance(asked, dict):
        raise NoPolicy(f"There is no list of words called “{of}”.")
    borrowed = table(RETURN)
    found = borrowed["values"][asked["list"]]
    source = borrowed["sources"].get(found["source"], found["source"])
    return WordList(asked["title"], tuple(found["words"]), source, found.get("verified", True))


def languages(used: Used) -> tuple[str, ...]:
    """Languages to choose from; others may be written in."""
    return tuple(used.value(parameters(LOCAL), "languages"))


def reference(used: Used, number: int) -> str:
    """The council's own id for the ``number``-th person on record, counted from 1: ``EX10001``."""
    form = used.value(parameters(LOCAL), "reference")
    return f"{form['letters']}{form['first'] + number}"
