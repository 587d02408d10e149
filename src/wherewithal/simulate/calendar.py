"""Everything that happens, in the order of its day: each life yields when it goes on, and is woken then."""

from collections.abc import Generator
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Life = Generator[datetime, datetime, None]
"""What somebody does next: it yields a moment, is woken at that moment, acts, and yields the next one."""


class Calendar:
    """Lives in the order of their next moments; of two at one moment, whoever was added first.

    ``now`` is the moment of whoever is awake. What would come after ``until`` does not happen.
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.now = datetime.min.replace(tzinfo=until.tzinfo)
        self._order = count()
        self._waiting: list[tuple[datetime, int, Life]] = []

    @property
    def next(self) -> datetime | None:
        """The moment of whoever is woken next; None when nobody waits."""
        return self._waiting[0][0] if self._waiting else None

    def add(self, life: Life) -> None:
        """Start a life: it runs at once up to the first moment that it waits for."""
        self._put(next(life, None), life)

    def wake(self) -> None:
        """Wake whoever is next."""
        self.now, _, life = heappop(self._waiting)
        try:
            self._put(life.send(self.now), life)
        except StopIteration:
            return

    def run_before(self, moment: datetime) -> None:
        """Wake one after another, as long as they come before ``moment``."""
        while self.next is not None and self.next < moment:
            self.wake()

    def _put(self, at: datetime | None, life: Life) -> None:
        if at is not None and at <= self.until:
            heappush(self._waiting, (at, next(self._order), life))
