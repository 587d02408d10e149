"""Reports as others hand them round (text, Word, PDF, web pages), read to the blocks of their text."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pypdf
from docx.table import Table
from lxml import etree, html

from wherewithal.core.document import Block, Kind, Line, blocks
from wherewithal.core.refusal import Refusal

LARGEST_BYTES = 50_000_000

_CELLS = {"td", "th"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PARAGRAPHS = {"p", "blockquote", "figcaption", "caption", "dt", "dd"}
_NEVER_READ = {"script", "style", "nav", "noscript", "template"}


class CannotRead(Refusal):
    """A file that is no document we can read; ``says`` names it and what was expected."""


def read(path: Path) -> list[Block]:
    """The document's blocks in order. The kind is told by the name's ending: txt, docx, pdf, html or htm.

    Raises CannotRead for a missing, too large, damaged or empty file, or another kind.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CannotRead(f"“{path.name}” is none of the kinds that are read: {', '.join(sorted(_READERS))}.")
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise CannotRead(f"“{path}” cannot be opened: {fault.strerror}.") from fault
    if len(content) > LARGEST_BYTES:
        raise CannotRead(f"“{path.name}” is larger than {LARGEST_BYTES // 1_000_000} MB.")
    found = list(reader(content, path.name))
    if not found:
        raise CannotRead(f"“{path.name}” holds no text. A scanned page must be made into text first.")
    return found


def _text(content: bytes, name: str) -> Iterator[Block]:
    if b"\0" in content:
        raise CannotRead(f"“{name}” is no plain text: it holds bytes that no text has.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    lines = enumerate(text.splitlines(), 1)
    return blocks(Line(line, f"line {number}") for number, line in lines)


def _pdf(content: bytes, name: str) -> Iterator[Block]:
    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    except Exception as fault:  # what a damaged PDF makes its reader raise is no list that one could name
        raise CannotRead(f"“{name}” cannot be read as PDF: {fault}.") from fault
    return blocks(
        Line(line, f"page {page}, line {number}")
        for page, text in enumerate(pages, 1)
        for number, line in enumerate(text.splitlines(), 1)
    )


def _word(content: bytes, name: str) -> Iterator[Block]:
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as fault:  # as with PDF
        raise CannotRead(f"“{name}” cannot be read as Word's docx: {fault}.") from fault
    paragraphs = tables = 0
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            tables += 1
            for number, row in enumerate(part.rows, 1):
                cells = "\t".join(" ".join(cell.text.split()) for cell in row.cells)
                yield Block("row", cells, f"table {tables}, row {number}")
        elif text := " ".join(part.text.split()):
            paragraphs += 1
            style = (part.style.name or "").lower() if part.style is not None else ""
            kind = _word_kind(style)
            yield Block(kind, text, f"paragraph {paragraphs}")


def _word_kind(style: str) -> Kind:
    if style.startswith(("heading", "title")):
        return "heading"
    return "item" if style.startswith("list") else "paragraph"


def _web(content: bytes, name: str) -> Iterator[Block]:
    try:
        tree = html.fromstring(content)
    except (etree.ParserError, ValueError) as fault:
        raise CannotRead(f"“{name}” cannot be read as a web page: {fault}.") from fault
    for element in tree.iter():
        if not isinstance(element.tag, str) or _inside(element, _NEVER_READ):
            continue
        place = f"line {element.sourceline}"
        if element.tag == "tr":
            cells = (" ".join(cell.text_content().split()) for cell in element if cell.tag in _CELLS)
            yield Block("row", "\t".join(cells), place)
        elif _inside(element, {"tr"}):
            continue
        elif element.tag in _HEADINGS and (text := _words(element)):
            yield Block("heading", text, place)
        elif element.tag == "li" and (text := _words(element)):
            yield Block("item", text, place)
        elif (
            element.tag in _PARAGRAPHS
            and not _inside(element, {"li", "blockquote"})
            and (text := _words(element))
        ):
            yield Block("paragraph", text, place)


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _inside(element: html.HtmlElement, tags: set[str]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


_READERS: dict[str, Callable[[bytes, str], Iterator[Block]]] = {
    ".txt": _text,
    ".docx": _word,
    ".pdf": _pdf,
    ".html": _web,
    ".htm": _web,
}
