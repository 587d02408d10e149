"""A project out, as ``.qdpx``: the same project gives the same bytes.

The zip holds ``project.qde`` (UTF-8, no byte-order mark) and a file for each text below ``sources/``, named
by its GUID; its times are fixed, and nothing in it depends on when or where it is written.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from wherewithal.core.refusal import Refusal
from wherewithal.formats.refi_qda.model import Project, Text, Value
from wherewithal.formats.refi_qda.shape import (
    INTERNAL,
    PROJECT,
    SHAPES,
    Parts,
    References,
    Spelling,
    Words,
    tag,
)

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell
_UNIX = 3
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class CannotWrite(Refusal):
    """Words that the format has no way to hold; ``says`` names them."""


def write(project: Project) -> bytes:
    """The whole ``.qdpx``. Raises CannotWrite for a character that XML cannot hold, or a CR in a text."""
    files = {"project.qde": _xml(_element(project, "Project"))}
    for one in (*project.sources, *project.notes):
        files[f"sources/{_file_of(one)}"] = _words_of(one)
    return _packed(files)


def _element(value: Any, name: str) -> etree._Element:
    made = etree.Element(tag(name), nsmap={None: PROJECT})
    shape = SHAPES[type(value)]
    for attribute in shape.attributes:
        held = getattr(value, attribute.field)
        if attribute.required or (held is not None and held != ""):
            made.set(attribute.name, _held(_spelled(held, attribute.spelling), attribute.name))
    if isinstance(value, Text):
        made.set("plainTextPath", f"{INTERNAL}{_file_of(value)}")
    for child in shape.children:
        held = getattr(value, child.field)
        if not held:
            continue
        *wrappers, last = child.path.split("/")
        into = made
        for wrapper in wrappers:
            into = etree.SubElement(into, tag(wrapper))
        match child:
            case Words():
                etree.SubElement(into, tag(last)).text = _held(held, last)
            case References():
                for guid in [held] if child.one else held:
                    etree.SubElement(into, tag(last)).set("targetGUID", guid)
            case Parts():
                into.extend(_element(one, last) for one in held)
    if isinstance(value, Value):
        etree.SubElement(made, tag(f"{value.kind}Value")).text = _held(value.text, value.kind)
    return made


def _spelled(held: Any, spelling: Spelling) -> str:
    match spelling:
        case "flag":
            return "true" if held else "false"
        case "time":
            return str(held.isoformat())
    return str(held)


def _held(text: str, where: str) -> str:
    """The text, if XML can hold it."""
    if found := _NEVER.search(text):
        raise CannotWrite(
            f"{where} “{text[:60]!r}” has the character {found.group()!r}, which XML cannot hold."
        )
    return text


def _file_of(text: Text) -> str:
    return f"{text.guid}.txt"


def _words_of(one: Text) -> bytes:
    if "\r" in one.text:
        raise CannotWrite(f"The text of “{one.name or one.guid}” has a CR. Lines must end in LF alone.")
    if one.text.startswith("\ufeff"):
        raise CannotWrite(f"The text of “{one.name or one.guid}” begins with a byte-order mark.")
    try:
        return one.text.encode()
    except UnicodeEncodeError as fault:
        raise CannotWrite(f"The text of “{one.name or one.guid}” has half a character: {fault}.") from fault


def _xml(root: etree._Element) -> bytes:
    etree.cleanup_namespaces(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def _packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _in_order(files):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return held.getvalue()


def _in_order(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The project first, as a reader looks for it, then its texts by name."""
    yield from sorted(files.items(), key=lambda file: (file[0] != "project.qde", file[0]))
