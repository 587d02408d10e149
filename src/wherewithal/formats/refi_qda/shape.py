"""Where each field of the model stands in the XML, once for both ways, in the order that the schema wants.

Source: REFI-QDA 1.5 (project schema 1.0 of 18 March 2019), qdasoftware.org, MIT licence.
"""

from dataclasses import dataclass
from typing import Literal

from wherewithal.formats.refi_qda.model import (
    Case,
    Code,
    Coding,
    Link,
    Project,
    Selection,
    Set,
    Text,
    User,
    Value,
    Variable,
)

PROJECT = "urn:QDA-XML:project:1.0"
INTERNAL = "internal://"  # before the name of a file in the folder of sources
KINDS_OF_VALUE = ("Text", "Boolean", "Integer", "Float", "Date", "DateTime")

Spelling = Literal["text", "guid", "whole", "flag", "time"]
Referred = Literal["user", "code", "variable", "source", "selection", "note", "anything"]

REFERRED: dict[str, Referred] = {
    "User": "user", "Code": "code", "Variable": "variable", "TextSource": "source",
    "PlainTextSelection": "selection", "Note": "note",
}  # fmt: skip
"""What an element is, when something refers to it."""


@dataclass(frozen=True)
class Attribute:
    """``to``: what a GUID in it refers to, '' for its own."""

    field: str
    name: str
    spelling: Spelling = "text"
    required: bool = False
    to: Referred | Literal[""] = ""


@dataclass(frozen=True)
class Words:
    """An element that holds nothing but text."""

    field: str
    path: str


@dataclass(frozen=True)
class References:
    """Elements with a ``targetGUID``; ``one``: just one."""

    field: str
    path: str
    to: Referred
    one: bool = False


@dataclass(frozen=True)
class Parts:
    """Elements of a type, below others (``Users/User``) that are there only for them."""

    field: str
    path: str
    of: type


Child = Words | References | Parts


@dataclass(frozen=True)
class Shape:
    """One element's attributes, and its children in the schema's order."""

    attributes: tuple[Attribute, ...]
    children: tuple[Child, ...] = ()


_GUID = Attribute("guid", "guid", "guid", required=True)
_NAME = Attribute("name", "name")
_NAMED = Attribute("name", "name", required=True)
_BY = Attribute("by", "creatingUser", "guid", to="user")
_AT = Attribute("at", "creationDateTime", "time")
_CHANGED_AT = Attribute("changed_at", "modifiedDateTime", "time")
_WRITTEN = (_BY, _AT, Attribute("changed_by", "modifyingUser", "guid", to="user"), _CHANGED_AT)
_COLOR = Attribute("color", "color")
_CODABLE = Attribute("codable", "isCodable", "flag", required=True)

_DESCRIPTION = Words("description", "Description")
_NOTES = References("notes", "NoteRef", "note")
_CODINGS = Parts("codings", "Coding", Coding)
_VALUES = Parts("values", "VariableValue", Value)

SHAPES: dict[type, Shape] = {
    Project: Shape(
        (
            _NAMED, Attribute("origin", "origin"), Attribute("by", "creatingUserGUID", "guid", to="user"),
            _AT, Attribute("changed_by", "modifyingUserGUID", "guid", to="user"), _CHANGED_AT,
        ),
        (
            Parts("users", "Users/User", User), Parts("codes", "CodeBook/Codes/Code", Code),
            Parts("variables", "Variables/Variable", Variable), Parts("cases", "Cases/Case", Case),
            Parts("sources", "Sources/TextSource", Text), Parts("notes", "Notes/Note", Text),
            Parts("links", "Links/Link", Link), Parts("sets", "Sets/Set", Set), _DESCRIPTION,
            References("about", "NoteRef", "note"),
        ),
    ),
    User: Shape((_GUID, _NAME, Attribute("id", "id"))),
    Code: Shape((_GUID, _NAMED, _CODABLE, _COLOR), (_DESCRIPTION, _NOTES, Parts("codes", "Code", Code))),
    Variable: Shape((_GUID, _NAMED, Attribute("kind", "typeOfVariable", required=True)), (_DESCRIPTION,)),
    Value: Shape((), (References("variable", "VariableRef", "variable", one=True),)),
    Case: Shape(
        (_GUID, _NAME),
        (
            _DESCRIPTION, References("codes", "CodeRef", "code"), _VALUES,
            References("sources", "SourceRef", "source"),
            References("selections", "SelectionRef", "selection"),
        ),
    ),
    Coding: Shape((_GUID, _BY, _AT), (References("code", "CodeRef", "code", one=True), _NOTES)),
    Selection: Shape(
        (
            _GUID, _NAME, Attribute("start", "startPosition", "whole", required=True),
            Attribute("end", "endPosition", "whole", required=True), *_WRITTEN,
        ),
        (_DESCRIPTION, _CODINGS, _NOTES),
    ),
    Text: Shape(
        (_GUID, _NAME, *_WRITTEN),
        (_DESCRIPTION, Parts("selections", "PlainTextSelection", Selection), _CODINGS, _NOTES, _VALUES),
    ),
    Link: Shape(
        (
            _GUID, _NAME, Attribute("direction", "direction"), _COLOR,
            Attribute("origin", "originGUID", "guid", to="anything"),
            Attribute("target", "targetGUID", "guid", to="anything"),
        ),
        (_NOTES,),
    ),
    Set: Shape(
        (_GUID, _NAMED),
        (
            _DESCRIPTION, References("codes", "MemberCode", "code"),
            References("sources", "MemberSource", "source"), References("notes", "MemberNote", "note"),
        ),
    ),
}  # fmt: skip
"""``Text`` has its words besides, in a file; ``Value`` what it is, in an element named after its kind."""


def tag(name: str) -> str:
    """The name as lxml has it."""
    return f"{{{PROJECT}}}{name}"
