"""A file that somebody hands in: told by its content, without who wrote it, read as text.

Plain text, PDF, Word's docx, OpenDocument text, sheets and slides; pictures where they are asked for. What a
file says of its authors (properties, comments, changes that were tracked, paths, pictures' own notes) is
taken out before it is kept; what cannot be looked into is refused. What stands in its text stays: that is for
a person to read.
"""

from collections.abc import Collection
from dataclasses import dataclass

from wherewithal.core.file_kind import DOCUMENTS, in_words
from wherewithal.formats.handed_in import odf, pictures, plain, word
from wherewithal.formats.handed_in.packed import is_packed, unpacked
from wherewithal.formats.handed_in.refused import CannotTake

__all__ = ["CannotTake", "Taken", "take"]


@dataclass(frozen=True)
class Taken:
    """A file as it may be kept: its kind (a key of ``core.file_kind.KINDS``), its content without authors,
    the text in it, '' of a picture.
    """

    kind: str
    content: bytes
    text: str


def take(content: bytes, largest: int, kinds: Collection[str] = DOCUMENTS) -> Taken:
    """One of these kinds, of at most ``largest`` bytes. Raises CannotTake, a Refusal in words, for another
    kind or a larger one, for one that is damaged, locked, signed or carries programs or other files, and for
    a picture in it whose own notes cannot be taken out.
    """
    if not content:
        raise CannotTake("The file is empty: choose another.")
    taken = _taken(content) if len(content) <= largest else None
    if len(taken.content if taken else content) > largest:
        raise CannotTake(f"The file is larger than {largest // 1_000_000} MB. Make it smaller.")
    if taken is None or taken.kind not in kinds:
        raise CannotTake(
            f"This is none of the kinds that are taken: {in_words(kinds)}. Save it as one of these."
        )
    return taken


def _taken(content: bytes) -> Taken | None:
    """By what it begins with; None for what is none of the kinds that are known. Raises CannotTake."""
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
        return Taken("docx", *word.take(parts)) if word.is_word(parts) else None
    if content.startswith(pictures.PNG):
        return Taken("png", pictures.png(content), "")
    if content.startswith(pictures.JPEG):
        return Taken("jpeg", pictures.jpeg(content), "")
    words = plain.read(content)
    return None if words is None else Taken("text", words.encode(), words)
