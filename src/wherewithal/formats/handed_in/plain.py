"""Plain text."""

import unicodedata

from wherewithal.formats.handed_in.refused import CannotTake

_MAY_STAND = "\t\n\r\f"


def take(content: bytes) -> tuple[bytes, str]:
    """The text in UTF-8, and again to be read. Raises CannotTake for what is no text."""
    text = ""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if not text or any(unicodedata.category(one) == "Cc" and one not in _MAY_STAND for one in text):
        raise CannotTake(
            "This is none of the kinds that are taken: PDF, Word (docx), OpenDocument (odt, ods, odp) or "
            "plain text. Save it as one of these."
        )
    return text.encode(), text
