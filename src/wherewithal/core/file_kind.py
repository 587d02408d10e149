"""The kinds of file that are taken from outside, by the key under which each is kept."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """``title`` as pages say it, ``media_type`` as it is handed out, with ``ending``; ``others`` are endings
    that files of the kind have too.
    """

    title: str
    media_type: str
    ending: str
    others: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        return (self.ending, *self.others)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    "pdf": Kind("PDF", "application/pdf", "pdf"),
    "docx": Kind("Word document", _WORD, "docx"),
    "odt": Kind("OpenDocument text", f"{_OPEN}text", "odt"),
    "ods": Kind("OpenDocument sheets", f"{_OPEN}spreadsheet", "ods"),
    "odp": Kind("OpenDocument slides", f"{_OPEN}presentation", "odp"),
    "text": Kind("Plain text", "text/plain; charset=utf-8", "txt"),
    "png": Kind("PNG picture", "image/png", "png"),
    "jpeg": Kind("JPEG picture", "image/jpeg", "jpg", ("jpeg",)),
}
PICTURES = ("png", "jpeg")
DOCUMENTS = tuple(kind for kind in KINDS if kind not in PICTURES)


def in_words(kinds: Iterable[str]) -> str:
    """Kinds as a sentence says them: "PDF, Word document (docx) or PNG picture (png)"."""
    among = set(kinds)
    said = [one.title if one.title.lower() == one.ending else f"{one.title} ({one.ending})"
            for kind, one in KINDS.items() if kind in among]  # fmt: skip
    return " or ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def told(kind: str, size: int) -> str:
    """What a file of ``size`` bytes is and how large: "PDF, 24 kB"."""
    return f"{KINDS[kind].title}, {max(1, round(size / 1000)):,} kB"
