"""Word's docx without who wrote it: properties, comments, tracked changes, paths, editing sessions."""

import re
from typing import Any

from lxml import etree

from wherewithal.core.file_kind import KINDS
from wherewithal.formats.handed_in.packed import XML, Parts, local, media, packed, remove, spelt, tree
from wherewithal.formats.handed_in.refused import CannotTake

MEDIA_TYPE = KINDS["docx"].media_type
TYPES, SOMEBODY = "[Content_Types].xml", "Author"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SESSIONS = {"rsids", "docVars", "attachedTemplate", "mailMerge", "presenceInfo"}
_NAMED_IN = re.compile(
    r"^\s*\"?(AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS|FILENAME|TEMPLATE)\b", re.I
)
_BOUND_TO = re.compile(r"coreProperties.*(creator|lastModifiedBy)|(Company|Manager)", re.S)
_A_PATH = re.compile(r"^(file:|[a-z]:[\\/]|\\\\)", re.I)
_PROPERTIES = ("coreProperties", "Properties")  # of the package, of the program, of whoever added some


def is_word(parts: Parts) -> bool:
    """Does it say that it is a docx, without macros?"""
    return f"{MEDIA_TYPE}.main+xml" in parts.get(TYPES, b"").decode("utf-8", "replace")


def take(parts: Parts) -> tuple[bytes, str]:
    """The document again, and its text. Raises CannotTake for a signed one, one with programs."""
    if any(name.startswith("_xmlsignatures") for name in parts):
        raise CannotTake("The document is signed, which tells by whom. Save a copy without the signature.")
    kept: Parts = {}
    said: list[str] = []
    for name, content in parts.items():
        if name.startswith("docProps/thumbnail"):
            continue
        if not name.lower().endswith(XML):
            kept[name] = media(content, name)
        else:
            root = tree(content, name)
            said += [_cleaned(root, name)]
            kept[name] = spelt(root)
    return packed(kept), "\n".join(filter(None, said))


def _cleaned(root: Any, name: str) -> str:
    """Take out of one part what tells who wrote it; give the text that stays."""
    if name.endswith(".rels"):
        _links(root)
        return ""
    is_store = name.startswith("customXml/item") and "Props" not in name  # what document stores know of it
    if is_store or local(root) in _PROPERTIES:
        for child in list(root):
            root.remove(child)
        root.text = None
        root.attrib.clear()
        return ""
    for element in list(root.iter()):
        if local(element) in _SESSIONS or (name.endswith("people.xml") and element.getparent() is root):
            remove(element)
            continue
        _attributes(element)
    _fields(root)
    return "".join(
        "\n" if local(one) == "p" else one.text or "" for one in root.iter(f"{_WORD}t", f"{_WORD}p")
    )


def _attributes(element: Any) -> None:
    for key, value in list(element.attrib.items()):
        named = etree.QName(key).localname
        if named.startswith("rsid") or named in ("providerId", "userId"):
            del element.attrib[key]
        elif named == "author":
            element.set(key, SOMEBODY)
        elif named == "initials" or (named in ("descr", "title", "name") and _A_PATH.match(value)):
            element.set(key, "")


def _fields(root: Any) -> None:
    """What a field puts in of who wrote it: emptied, in every way in which a field is written."""
    for control in root.iter(f"{_WORD}sdt"):  # as on a cover page
        bound = control.find(f"{_WORD}sdtPr/{_WORD}dataBinding")
        if bound is not None and _BOUND_TO.search(bound.get(f"{_WORD}xpath", "")):
            _empty(control.iter(f"{_WORD}t"))
    for field in root.iter(f"{_WORD}fldSimple"):
        if _NAMED_IN.match(field.get(f"{_WORD}instr", "")):
            _empty(field.iter(f"{_WORD}t"))
    inside: list[list[Any]] = []  # of each field that is open: its instruction so far, is it past it
    for one in root.iter(f"{_WORD}fldChar", f"{_WORD}instrText", f"{_WORD}t"):
        kind = one.get(f"{_WORD}fldCharType") if local(one) == "fldChar" else ""
        if kind == "begin":
            inside.append(["", False])
        elif kind == "separate" and inside:
            inside[-1][1] = True
        elif kind == "end" and inside:
            inside.pop()
        elif local(one) == "instrText" and inside:
            inside[-1][0] += one.text or ""
        elif local(one) == "t" and any(past and _NAMED_IN.match(says) for says, past in inside):
            one.text = ""


def _empty(texts: Any) -> None:
    for one in texts:
        one.text = ""


def _links(root: Any) -> None:
    for link in list(root):
        kind = link.get("Type", "").rsplit("/", 1)[-1]
        if kind in ("thumbnail", "attachedTemplate", "mailMergeSource", "mailMergeHeaderSource"):
            root.remove(link)
        elif link.get("TargetMode") == "External" and _A_PATH.match(link.get("Target", "")):
            link.set("Target", "about:blank")
