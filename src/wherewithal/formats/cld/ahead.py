"""Reading ahead: while one block is judged, the next is read by another thread."""

from collections.abc import Iterator
from queue import Queue
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
_AT_MOST = 2


class _End:
    """The end of what there was, by ``fault`` or not."""

    def __init__(self, fault: BaseException | None = None) -> None:
        self.fault = fault


class Ahead(Generic[Item]):
    """The items of an iterator that another thread runs, at most two of them waiting. Raises as it does."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._queue: Queue[Item | _End] = Queue(_AT_MOST)
        self._left = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __iter__(self) -> Iterator[Item]:
        self._thread.start()
        try:
            while not isinstance(item := self._queue.get(), _End):
                yield item
            if item.fault:
                raise item.fault
        finally:
            self._leave()

    def _run(self) -> None:
        end = _End()
        try:
            for item in self._items:
                if self._left.is_set():
                    return
                self._queue.put(item)
        except BaseException as fault:
            end = _End(fault)
        self._queue.put(end)

    def _leave(self) -> None:
        """Nobody takes what still waits: it is thrown away, and the thread ends before the file is closed."""
        self._left.set()
        while self._thread.is_alive():
            while not self._queue.empty():
                self._queue.get_nowait()
            self._thread.join(0.01)
