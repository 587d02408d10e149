"""Plain text."""

import unicodedata

_MAY_STAND = "\t\n\r\f"


def read(content: bytes) -> str | None:
    """The text, None for what is no text."""
    text = ""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if not text or any(unicodedata.category(one) == "Cc" and one not in _MAY_STAND for one in text):
        return None
    return text
