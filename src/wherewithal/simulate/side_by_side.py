"""The lives of half the people in one process and of the other half in another, in step with each other.

Between two days on which the council itself does something (a payment run, a file of card lines) people do
not meet, so that their lives can go on side by side; carers live in the same process as whom they
care for. What comes of it is the same as in one process, but for the numbers that the database gives out.
"""

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection

from django.db import connections, transaction

from wherewithal.simulate.town import Town

RunBefore = Callable[[datetime], None]
Begin = Callable[[int, int], Town]
"""``begin(which, of)``: a town in which that part of the people are about to live."""


class OtherHalfFailed(RuntimeError):
    """The other process ended with an error; the message holds its traceback."""


def hands() -> int:
    """How many processes to use: two where this machine has two processors and can fork."""
    can_fork = sys.platform == "linux" and hasattr(os, "fork")
    return 2 if can_fork and len(os.sched_getaffinity(0)) > 1 else 1


@contextmanager
def living(begin: Begin, how_many: int) -> Iterator[tuple[Town, RunBefore]]:
    """This process's town, and a function that lets everybody live up to a moment, wherever they do.

    With ``how_many`` 1 nothing is committed here; with 2, each stretch is committed by both processes.
    """
    if how_many == 1:
        town = begin(0, 1)
        yield town, town.calendar.run_before
        return
    connections.close_all()  # no connection may be shared between two processes
    here, there = multiprocessing.Pipe()
    other = multiprocessing.get_context("fork").Process(
        target=_other_half, args=(begin, there, here), daemon=True
    )
    other.start()
    there.close()
    town = begin(0, 2)

    def run_before(moment: datetime) -> None:
        here.send(moment)
        with transaction.atomic():
            town.calendar.run_before(moment)
        if went_wrong := here.recv():
            raise OtherHalfFailed(went_wrong)

    try:
        yield town, run_before
    finally:
        here.close()
        other.join(timeout=20)


def _other_half(begin: Begin, pipe: Connection, others_end: Connection) -> None:
    """Until the pipe is closed: live up to each moment that comes, and say when that is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends this one
    others_end.close()  # or the pipe would never be seen to close
    town = begin(1, 2)
    try:
        while True:
            moment: datetime = pipe.recv()
            with transaction.atomic():
                town.calendar.run_before(moment)
            pipe.send("")
    except EOFError:
        return
    except BaseException:
        pipe.send(traceback.format_exc())
    finally:
        connections.close_all()
