"""A file that somebody hands in to be handed round: told by its content, without who wrote it, read as text.

Plain text, PDF, Word's docx, OpenDocument text, sheets and slides. What a file says of its authors
(properties, comments, changes that were tracked, paths, pictures' own notes) is taken out before it is kept;
what cannot be looked into is refused. What stands in its text stays: that is for a person to read.
"""

from dataclasses import dataclass

from wherewithal.formats.handed_in import odf, plain, word
from wherewithal.formats.handed_in.packed import is_packed, unpacked
from wherewithal.formats.handed_in.refused import CannotTake

__all__ = ["KINDS", "CannotTake", "Kind", "Taken", "take"]


@dataclass(frozen=True)
class Kind:
    """``title`` as pages say it, ``media_type`` as it is handed out, with ``ending``."""

    title: str
    media_type: str
    ending: str


KINDS = {
    "text": Kind("Plain text", "text/plain; charset=utf-8", "txt"),
    "pdf": Kind("PDF", "application/pdf", "pdf"),
    "docx": Kind("Word document", word.MEDIA_TYPE, "docx"),
    **{ending: Kind(title, media, ending) for media, (title, ending) in odf.KINDS.items()},
}


@dataclass(frozen=True)
class Taken:
    """A file as it may be kept: its kind (a key of KINDS), its content without authors, the text in it."""

    kind: str
    content: bytes
    text: str


def take(content: bytes) -> Taken:
    """Raises CannotTake, a Refusal in words, for another kind, for one that is damaged, locked, signed or
    carries programs or other files, and for a picture in it whose own notes cannot be taken out.
    """
    if not content:
        raise CannotTake("The file is empty: choose another.")
    if content.startswith(b"%PDF-"):
        from wherewithal.formats.handed_in import (
            pdf,
        )  # its reader is loaded when a PDF comes, not at each start

        return Taken("pdf", *pdf.take(content))
    if is_packed(content):
        parts = unpacked(content)
        if odf.is_odf(parts):
            kind, cleaned, text = odf.take(parts)
            return Taken(kind, cleaned, text)
        return Taken("docx", *word.take(parts))
    return Taken("text", *plain.take(content))
