"""A project of qualitative analysis as REFI-QDA has it: each noun of its schema that is about text.

A ``Guid`` is 36 characters in small letters, without braces. Lists of them refer to what has them. Times may
lack a zone, as they do in other programs' files.
"""

from dataclasses import dataclass
from datetime import datetime

Guid = str


@dataclass(frozen=True)
class User:
    """A coder."""

    guid: Guid
    name: str = ""
    id: str = ""


@dataclass(frozen=True)
class Code:
    """``codable`` is false for what only groups the ``codes`` in it."""

    guid: Guid
    name: str
    codable: bool = True
    color: str = ""
    description: str = ""
    notes: tuple[Guid, ...] = ()
    codes: tuple["Code", ...] = ()


@dataclass(frozen=True)
class Variable:
    """``kind`` is Text, Boolean, Integer, Float, Date or DateTime."""

    guid: Guid
    name: str
    kind: str = "Text"
    description: str = ""


@dataclass(frozen=True)
class Value:
    """What a variable is, in ``text`` as XML spells a value of its ``kind``."""

    variable: Guid
    kind: str
    text: str


@dataclass(frozen=True)
class Coding:
    """That a selection, or a whole source, is called by a code; ``by`` a user."""

    guid: Guid
    code: Guid
    by: Guid = ""
    at: datetime | None = None
    notes: tuple[Guid, ...] = ()


@dataclass(frozen=True)
class Selection:
    """``text[start:end]`` of its source; see the package on what others may mean by the end."""

    guid: Guid
    start: int
    end: int
    name: str = ""
    description: str = ""
    codings: tuple[Coding, ...] = ()
    notes: tuple[Guid, ...] = ()
    by: Guid = ""
    at: datetime | None = None
    changed_by: Guid = ""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Text:
    """A source in words, or a note. ``text`` has LF alone at the end of a line, and no byte-order mark."""

    guid: Guid
    text: str
    name: str = ""
    description: str = ""
    selections: tuple[Selection, ...] = ()
    codings: tuple[Coding, ...] = ()
    notes: tuple[Guid, ...] = ()
    values: tuple[Value, ...] = ()
    by: Guid = ""
    at: datetime | None = None
    changed_by: Guid = ""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Case:
    """Whom or what sources belong to, with its variables."""

    guid: Guid
    name: str = ""
    description: str = ""
    codes: tuple[Guid, ...] = ()
    values: tuple[Value, ...] = ()
    sources: tuple[Guid, ...] = ()
    selections: tuple[Guid, ...] = ()


@dataclass(frozen=True)
class Set:
    """Codes, sources and notes that somebody put together."""

    guid: Guid
    name: str
    description: str = ""
    codes: tuple[Guid, ...] = ()
    sources: tuple[Guid, ...] = ()
    notes: tuple[Guid, ...] = ()


@dataclass(frozen=True)
class Link:
    """From anything to anything; ``direction`` is Associative, OneWay or Bidirectional, or is not told."""

    guid: Guid
    name: str = ""
    direction: str = ""
    color: str = ""
    origin: Guid = ""
    target: Guid = ""
    notes: tuple[Guid, ...] = ()


@dataclass(frozen=True)
class Project:
    """All of a project that is about text. ``about`` are the notes on the project as a whole."""

    name: str
    origin: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    sets: tuple[Set, ...] = ()
    description: str = ""
    about: tuple[Guid, ...] = ()
    by: Guid = ""
    at: datetime | None = None
    changed_by: Guid = ""
    changed_at: datetime | None = None
