"""Documents that are a zip of parts (docx, OpenDocument): unpacked with care, packed again without dates."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from wherewithal.formats.handed_in import pictures
from wherewithal.formats.handed_in.refused import CannotTake

MOST_UNPACKED_BYTES, MOST_PARTS = 60_000_000, 3_000
XML = (".xml", ".rels", ".rdf")
FONTS = (".odttf", ".ttf", ".otf")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
_SVG = "{http://www.w3.org/2000/svg}"

Parts = dict[str, bytes]


def is_packed(content: bytes) -> bool:
    """Does it begin as a zip does?"""
    return content.startswith(b"PK\x03\x04")


def unpacked(content: bytes) -> Parts:
    """Every part by its name. Raises CannotTake for one that is damaged, locked or far too large inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = [one for one in packed.infolist() if not one.is_dir()]
            if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > MOST_UNPACKED_BYTES:
                raise CannotTake("The file is far larger inside than it looks. Make it smaller.")
            return {one.filename: packed.read(one) for one in infos}
    except CannotTake:
        raise
    except Exception as fault:  # what a damaged zip makes its reader raise is no list that one could name
        raise CannotTake(f"The file is damaged or locked, and cannot be read: {fault}.") from fault


def packed(parts: Mapping[str, bytes]) -> bytes:
    """One file again, all parts of one day; ``mimetype``, which comes first where there is one, as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in sorted(parts, key=lambda name: (name != "mimetype", name)):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(info, parts[name])
    return made.getvalue()


def tree(content: bytes, name: str) -> Any:
    """A part's XML, without its comments. Raises CannotTake where it is none, or brings entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise CannotTake(f"The file is damaged: its part {name} cannot be read.") from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotTake(f"The part {name} of the file defines words of its own, so it is not taken.")
    return root


def spelt(root: Any) -> bytes:
    """XML as bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(element: Any) -> str:
    """Its name without its namespace; '' for what has none (a processing instruction)."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def remove(element: Any) -> None:
    """Out of its tree, with all that is in it; the text after it stays."""
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def media(content: bytes, name: str) -> bytes:
    """A picture or a font in a document, without what it says of itself. Raises CannotTake for another
    file.
    """
    if content.startswith(pictures.PNG):
        return pictures.png(content, name)
    if content.startswith(pictures.JPEG):
        return pictures.jpeg(content, name)
    if name.lower().endswith(FONTS):
        return content
    if name.lower().endswith(".svg"):
        return _svg(content, name)
    raise CannotTake(
        f"“{name}” inside the file is of a kind that we cannot look into, so it may tell who made it. Take "
        "it out, or put a picture as PNG or JPEG in its place."
    )


def _svg(content: bytes, name: str) -> bytes:
    root = tree(content, name)
    for element in list(root.iter()):
        is_drawn = isinstance(element.tag, str) and element.tag.startswith(_SVG)
        if element is not root and (not is_drawn or local(element) in ("metadata", "script")):
            remove(element)
            continue
        for key, value in list(element.attrib.items()):
            is_link = etree.QName(key).localname == "href"
            if is_link and not value.startswith("#"):
                raise CannotTake(f"The picture “{name}” holds another one. Put a PNG in its place.")
            if not is_link and key.startswith("{"):
                del element.attrib[key]
    return spelt(root)
