"""OpenDocument text, sheets and slides without who wrote them: properties, notes, tracked changes, paths."""

import re
from typing import Any

from lxml import etree

from wherewithal.core.file_kind import KINDS
from wherewithal.formats.handed_in.packed import XML, Parts, local, media, packed, remove, spelt, tree
from wherewithal.formats.handed_in.refused import CannotTake

_MEDIA = "application/vnd.oasis.opendocument."
_KINDS = {one.media_type: kind for kind, one in KINDS.items() if one.media_type.startswith(_MEDIA)}
MANIFEST = "META-INF/manifest.xml"
_META = (
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:version="1.2"><office:meta/></office:document-meta>'
)
_DROPPED = (
    "Thumbnails/",
    "Configurations2/",
    "ObjectReplacements/",
    "layout-cache",
    "META-INF/documentsignatures",
)
_PROGRAMS = ("Basic/", "Scripts/", "Dialogs/")
# Elements whose text is a person, as a note's or a change's author, or as a field in the text.
_PERSON = re.compile(
    r"^(creator|initial-creator|printed-by|creator-initials|author-name|author-initials|sender-.*)$"
)
_SETTING = re.compile(r"^(Printer.*|CurrentDatabase.*|Rsid.*)$")
_A_PATH = re.compile(r"^(file:|[a-z]:[\\/]|\\\\|\.\./)", re.I)
_BLOCKS = ("p", "h")


def is_odf(parts: Parts) -> bool:
    """Does it say that it is OpenDocument, of whatever kind?"""
    return parts.get("mimetype", b"").startswith(_MEDIA.encode())


def take(parts: Parts) -> tuple[str, bytes, str]:
    """Its kind (its ending), the document again, and its text. Raises CannotTake for another kind of
    OpenDocument, a locked one, one with programs.
    """
    kind = _KINDS.get(parts["mimetype"].decode("ascii", "replace").strip())
    if kind is None:
        raise CannotTake(
            "Of OpenDocument, text, sheets and slides are taken (odt, ods, odp). Save it as one."
        )
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise CannotTake("The document is locked by a password. Save a copy without one.")
    if any(name.startswith(_PROGRAMS) for name in parts):
        raise CannotTake("The document carries programs (macros). Save a copy without them.")
    kept: Parts = {}
    said: list[str] = []
    for name, content in parts.items():
        if name.startswith(_DROPPED) or name == MANIFEST:
            continue
        if name == "mimetype":
            kept[name] = content
        elif name.rsplit("/", 1)[-1] == "meta.xml":
            kept[name] = _META.encode()
        elif not name.lower().endswith(XML):
            kept[name] = media(content, name)
        else:
            root = tree(content, name)
            _clean(root)
            said.append(_text(root))
            kept[name] = spelt(root)
    kept[MANIFEST] = _manifest(parts, kept)
    return kind, packed(kept), "\n".join(filter(None, said))


def _clean(root: Any) -> None:
    for element in list(root.iter()):
        named = local(element)
        if named == "config-item" and _SETTING.match(_attribute(element, "name")):
            remove(element)
            continue
        if _PERSON.match(named):
            element.text = None
        for key, value in list(element.attrib.items()):
            if etree.QName(key).localname == "href" and _A_PATH.match(value):
                element.set(key, "")
            elif etree.QName(key).localname.startswith("rsid"):
                del element.attrib[key]


def _attribute(element: Any, named: str) -> str:
    return next(
        (str(value) for key, value in element.attrib.items() if etree.QName(key).localname == named), ""
    )


def _manifest(parts: Parts, kept: Parts) -> bytes:
    """The list of parts, without those that are gone."""
    root = tree(parts.get(MANIFEST, b""), MANIFEST)
    for entry in list(root):
        path = _attribute(entry, "full-path")
        if (not path.endswith("/") and path not in kept) or path.startswith(_DROPPED):
            root.remove(entry)
    return spelt(root)


def _text(root: Any) -> str:
    return "\n".join("".join(one.itertext()) for one in root.iter() if local(one) in _BLOCKS)
