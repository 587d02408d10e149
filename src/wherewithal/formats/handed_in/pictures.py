"""Pictures without what they say of themselves: who took them, where, with which program."""

import struct

from wherewithal.formats.handed_in.refused import CannotTake

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_DRAWN = {  # the chunks of a PNG that a picture is drawn from; all others are notes
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT",
}  # fmt: skip
_START, _END, _SCAN, _COMMENT, _ADOBE = 0xD8, 0xD9, 0xDA, 0xFE, 0xEE
_APPLICATIONS = range(0xE1, 0xF0)  # APP1 to APP15: Exif, XMP, profiles; APP14 says how colours are kept
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers that nothing belongs to


def png(content: bytes, name: str = "") -> bytes:
    """Only what it is drawn from, to its end; ``name`` is its part in a document, '' where it stands alone.
    Raises CannotTake for a damaged one.
    """
    kept, at = [PNG], len(PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            break
        if kind in _DRAWN:
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)
        at += 12 + length
    raise _damaged(name)


def jpeg(content: bytes, name: str = "") -> bytes:
    """Only what it is drawn from, to its end; it may turn, where a note said how it was held. ``name`` as in
    ``png``. Raises CannotTake for a damaged one.
    """
    kept, at = [content[:2]], 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            raise _damaged(name)
        marker = content[at + 1]
        if marker == _END:
            kept.append(content[at : at + 2])
            return b"".join(kept)
        if marker in _ALONE or marker == 0xFF:
            kept.append(content[at : at + (1 if marker == 0xFF else 2)])
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end > len(content) or end < at + 4:
            raise _damaged(name)
        if marker == _SCAN:
            end = _scanned(content, end)
        if marker == _ADOBE or marker not in (_COMMENT, *_APPLICATIONS):
            kept.append(content[at:end])
        at = end
    raise _damaged(name)


def _scanned(content: bytes, at: int) -> int:
    """Where the picture's own data end: the next marker that is none of those inside of it."""
    while at + 1 < len(content):
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            break
        if content[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if content[at + 1] == 0xFF else 2
    return len(content)


def _damaged(name: str) -> CannotTake:
    if not name:
        return CannotTake("The picture is damaged. Choose another.")
    return CannotTake(f"The picture “{name}” in the file is damaged. Put another in its place.")
