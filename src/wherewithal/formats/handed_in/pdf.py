"""A PDF without who wrote it: properties, notes' authors, what programs noted in it, pictures' own notes."""

import io
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from wherewithal.formats.handed_in import pictures
from wherewithal.formats.handed_in.refused import CannotTake

_NOTES = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/CreatorInfo")
_OF_THE_WHOLE = ("/OpenAction", "/Collection", "/AF", "/Perms", "/DSS", "/URI", "/Legal")
_PROGRAMS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE")


def take(content: bytes) -> tuple[bytes, str]:
    """The document again, and its text. Raises CannotTake for a damaged, locked or signed one, and for one
    with other files in it.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise CannotTake("The PDF is locked by a password. Save a copy without one.")
        made = _without(reader)
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    except CannotTake:
        raise
    except Exception as fault:  # what a damaged PDF makes its reader raise is no list that one could name
        raise CannotTake(f"The file cannot be read as PDF: {fault}.") from fault
    return made, text


def _without(reader: pypdf.PdfReader) -> bytes:
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.metadata = None
    root = writer.root_object
    for key in _OF_THE_WHOLE:
        root.pop(NameObject(key), None)
    names = root.get("/Names")
    if names is not None:
        names = names.get_object()
        if "/EmbeddedFiles" in names:
            raise _holds_another()
        names.pop(NameObject("/JavaScript"), None)
    for one in writer._objects:
        _clean(one)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    writer._ID = None  # tells which file it was made from
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _clean(one: Any) -> None:
    """An object and all that stands in it directly."""
    if isinstance(one, ArrayObject):
        for part in one:
            _clean(part)
    if not isinstance(one, DictionaryObject):
        return
    if "/EF" in one or one.get("/Type") == "/EmbeddedFile" or one.get("/Subtype") == "/FileAttachment":
        raise _holds_another()
    if one.get("/FT") == "/Sig" or one.get("/Type") == "/Sig":
        raise CannotTake("The PDF is signed, which tells by whom. Print it to a new PDF, and choose that.")
    for key in _NOTES:
        one.pop(NameObject(key), None)
    if "/Rect" in one and "/Subtype" in one and one.get("/Subtype") != "/Widget":  # a note on a page
        for key in ("/T", "/NM", "/M", "/CreationDate"):
            one.pop(NameObject(key), None)
    if "/S" in one and one.get("/S") in _PROGRAMS:
        one.pop(NameObject("/S"), None)
        for key in ("/JS", "/F", "/URI"):
            one.pop(NameObject(key), None)
    if "/XFA" in one:
        one.pop(NameObject("/XFA"), None)
    if isinstance(one, StreamObject) and _is_jpeg(one):
        one._data = pictures.jpeg(one._data, "on a page")
    for part in one.values():
        if isinstance(part, ArrayObject | DictionaryObject):
            _clean(part)


def _is_jpeg(one: StreamObject) -> bool:
    is_one = one.get("/Filter") in ("/DCTDecode", ["/DCTDecode"])
    return is_one and one._data.startswith(pictures.JPEG)


def _holds_another() -> CannotTake:
    return CannotTake("The PDF holds another file in it, which we cannot look into. Take that out first.")
