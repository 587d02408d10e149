"""The bytes of a file on their way in: what is wrong with them as bytes, and how far they are."""

import codecs
import io
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock
from time import sleep
from typing import BinaryIO

from wherewithal.core.refusal import Refusal

Progress = Callable[[int, int], None]
"""Called with how many bytes have been read, and how many there are."""


NO_TEXT = "\x1a"
"""Stands in place of a byte that is not UTF-8, once for each, so that Arrow reads text alone."""


class NoFile(Refusal):
    """A file that is not there or may not be read."""


class Source:
    """A file as Arrow reads it. ``odd`` is whether a byte came that is no text: only then must cells be
    looked at for it; ``first_wrong`` is the first one that is not UTF-8.
    """

    def __init__(self, what: Path | bytes, progress: Progress | None = None) -> None:
        self.size, self._file = _opened(what)
        self._progress = progress
        self.odd = False
        self.first_wrong = b""
        self._half = b""
        self.tail = b""
        self.closed = False
        self._one_at_a_time = Lock()
        self._told_its_end, self._asked = Event(), False

    def start(self, size: int) -> bytes:
        """The first bytes, which are read again afterwards."""
        found = self._file.read(size)
        self._file.seek(0)
        return found

    def begin(self, at: int) -> None:
        """From here on it is read."""
        self._file.seek(at)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, as Arrow asks for them, in a thread of its own; none once it is closed."""
        with self._one_at_a_time:
            self._asked = True
            chunk = b"" if self.closed else self._read(size)
            if not chunk:
                self._told_its_end.set()
            return chunk

    def _read(self, size: int) -> bytes:
        chunk = self._half + self._file.read(size - len(self._half))
        self._half = b""
        if chunk:
            if not chunk.isascii():
                chunk = self._as_text(chunk)
            self.odd = self.odd or b"\0" in chunk or b"\x1a" in chunk
            self.tail = chunk if len(chunk) > 4096 else (self.tail + chunk)[-(8 << 20) :]
            if self._progress:
                self._progress(self._file.tell(), self.size)
        return chunk

    def _as_text(self, chunk: bytes) -> bytes:
        """The chunk in as many bytes, all UTF-8; a character that it breaks off waits for the next."""
        try:
            chunk.decode()
        except UnicodeDecodeError as fault:
            if fault.end == len(chunk) and fault.reason == "unexpected end of data" and self._more():
                self._half = chunk[fault.start :]
                return chunk[: fault.start]
            self.first_wrong = self.first_wrong or chunk[fault.start : fault.start + 1]
            return chunk.decode(errors=_AS_SUBSTITUTE).encode()
        return chunk

    def _more(self) -> bool:
        return self._file.tell() < self.size

    def never_closed(self, cell: str) -> bool:
        """Whether the file ends within quotation marks; ``cell`` is its last one, as it was read."""
        return self.tail.endswith(f',"{cell.replace(chr(34), chr(34) * 2)}'.encode())

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def writable(self) -> bool:
        return False

    def close(self) -> None:
        """Arrow reads ahead: where it is left before the end it is told of one, and waited for. It must not
        ask any more when Python ends, which would be the end of both.
        """
        with self._one_at_a_time:
            left = self._asked and not self._told_its_end.is_set()
            self.closed = True
            self._file.close()
        if left:
            self._told_its_end.wait(timeout=1)
            sleep(0.1)  # for its thread to be out of Python after the last answer


_AS_SUBSTITUTE = "wherewithal-substitute"


def _substituted(fault: UnicodeError) -> tuple[str, int]:
    assert isinstance(fault, UnicodeDecodeError)
    return NO_TEXT * (fault.end - fault.start), fault.end


codecs.register_error(_AS_SUBSTITUTE, _substituted)


def _opened(what: Path | bytes) -> tuple[int, BinaryIO]:
    if isinstance(what, bytes):
        return len(what), io.BytesIO(what)
    try:
        return what.stat().st_size, what.open("rb")
    except OSError as error:
        raise NoFile(f"{what} cannot be read: {error.strerror or error}.") from error
