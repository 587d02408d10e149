"""Reads what a council can do about each of the seven key messages of 2011: ``policy/guidance/*.toml``.

The layout of the file:

    title = "..."
    first = 2026-11-29           # from when it is given
    source = "Ours"
    [[message]]
    number = 1                   # of the seven
    in_short = "..."             # what it asks for, as a heading
    can_do = ["...", "..."]      # what a council can do, a sentence each
    themes = ["..."]             # of the compendium: what belongs here of what councils handed in
    questions = ["ni130"]        # of surveys: a key message that stands on one of them belongs here
    [[message.shows]]            # which page or measure tells whether it works
    says = "..."
    page = "measure"             # its name among the addresses
    of = "ni130-revised"         # what stands in the address, where something does
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from wherewithal.core.policy import NoPolicy
from wherewithal.policy import table
from wherewithal.policy.rows import Misspelt, Row

FILE = "guidance/key-messages-2011"
SEVEN = tuple(range(1, 8))


@dataclass(frozen=True)
class Shows:
    """A page that tells whether it works; ``of`` is '' where nothing stands in its address."""

    says: str
    page: str
    of: str


@dataclass(frozen=True)
class Advice:
    """What answers one key message."""

    number: int
    in_short: str
    can_do: tuple[str, ...]
    themes: tuple[str, ...]
    questions: tuple[str, ...]
    shows: tuple[Shows, ...]


@dataclass(frozen=True)
class Guidance:
    """Of all seven, in their order."""

    title: str
    first: date
    source: str
    messages: tuple[Advice, ...]


@cache
def guidance() -> Guidance:
    """Raises NoPolicy naming the place of a fault, and where a message has no answer or two."""
    row = Row(f"{FILE}.toml", table(FILE))
    try:
        row.only("title first source message")
        first: date = row.get("first", date)
        messages = tuple(map(_advice, row.rows("message", "message")))
        found = Guidance(row.text("title"), first, row.text("source"), messages)
    except Misspelt as fault:
        raise NoPolicy(f"{fault}.") from None
    if tuple(one.number for one in found.messages) != SEVEN:
        raise NoPolicy(f"{row.where}: the key messages must be 1 to 7, each once and in order.")
    return found


def _advice(row: Row) -> Advice:
    row.only("number in_short can_do themes questions shows")
    number: int = row.get("number", int)
    return Advice(
        number, row.text("in_short"), row.texts("can_do"), row.texts("themes"), row.texts("questions"),
        tuple(map(_shows, row.rows("shows", "page"))),
    )  # fmt: skip


def _shows(row: Row) -> Shows:
    row.only("says page of")
    return Shows(row.text("says"), row.text("page"), row.text("of", ""))
