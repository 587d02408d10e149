"""Some people's lives in one process and the others' in more, in step with each other.

Between two days on which the council itself does something (a payment run, a file of card lines) people do
not meet, so that their lives can go on side by side; carers live in the same process as whom they care for.
What comes of it is the same as in one process, but for the numbers that the database gives out. What touches
nobody's life (a survey) is done meanwhile, in one process more.
"""

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from django.db import connections, transaction

from wherewithal.simulate.town import Town

LiveBefore = Callable[[datetime], None]
Begin = Callable[[int, int], Town]
"""``begin(which, of)``: a town in which that part of the people are about to live."""

MOST = 4  # beyond it the council's own days, which nobody shares, are most of the time


class OtherProcessFailed(RuntimeError):
    """Another process ended with an error; the message holds its traceback."""


def hands() -> int:
    """How many processes people live in: one a processor, as far as this machine can fork."""
    return min(MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 1


@contextmanager
def living(begin: Begin, processes: int) -> Iterator[tuple[Town, LiveBefore]]:
    """This process's town, and a function that lets everybody live up to a moment, wherever they do.

    With one process nothing is committed here; with more, each stretch is, by each of them.
    """
    with ExitStack() as stack:
        if processes > 1:
            connections.close_all()  # no connection may be shared between two processes
        others: list[Connection] = []
        for which in range(1, processes):
            others.append(stack.enter_context(_another(begin, which, processes, [*others])))
        town = begin(0, processes)

        def live_before(moment: datetime) -> None:
            for other in others:
                other.send(moment)
            with transaction.atomic():
                town.live_before(moment)
            for other in others:
                if went_wrong := _heard(other):
                    raise OtherProcessFailed(went_wrong)

        yield town, live_before


@contextmanager
def meanwhile(work: Callable[[], object], processes: int) -> Iterator[None]:
    """``work``, which nobody's life touches, is done when the block ends: by a process of its own while the
    block runs, or with one process at its end. In one transaction. Raises OtherProcessFailed.
    """

    def whole() -> None:
        with transaction.atomic():
            work()

    if processes == 1:
        yield
        whole()
        return
    connections.close_all()  # no connection may be shared between two processes
    here, there = multiprocessing.Pipe()
    process = _fork(_done, whole, there, [here])
    there.close()
    try:
        yield
        if went_wrong := _heard(here):
            raise OtherProcessFailed(went_wrong)
    except BaseException:
        process.terminate()  # what it began is undone with its transaction
        raise
    finally:
        here.close()
        process.join(timeout=20)


def _heard(pipe: Connection) -> str:
    """What another process says went wrong; '' when it is done."""
    try:
        return str(pipe.recv())
    except EOFError:
        return "It ended without a word."


def _done(whole: Callable[[], None], pipe: Connection, inherited: list[Connection]) -> None:
    with _told(pipe, inherited):
        whole()
        pipe.send("")


@contextmanager
def _another(begin: Begin, which: int, of: int, inherited: list[Connection]) -> Iterator[Connection]:
    """A process with its part of the people, for as long as the block lasts; gives the way to talk to it."""
    here, there = multiprocessing.Pipe()
    process = _fork(_live, begin, which, of, there, [here, *inherited])
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.join(timeout=20)


def _live(begin: Begin, which: int, of: int, pipe: Connection, inherited: list[Connection]) -> None:
    """Until the pipe is closed: live up to each moment that comes, and say when that is done."""
    with _told(pipe, inherited):
        town = begin(which, of)
        while True:
            moment: datetime = pipe.recv()
            with transaction.atomic():
                town.live_before(moment)
            pipe.send("")


def _fork(target: Callable[..., None], *given: Any) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=target, args=given, daemon=True)
    process.start()
    return process


@contextmanager
def _told(pipe: Connection, inherited: list[Connection]) -> Iterator[None]:
    """In another process: what goes wrong is told by the pipe; that nobody listens any more is the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends this one
    for others_end in inherited:
        others_end.close()  # or a pipe would never be seen to close
    try:
        yield
    except (EOFError, BrokenPipeError):
        return
    except BaseException:
        pipe.send(traceback.format_exc())
    finally:
        connections.close_all()
