"""Reading ahead gives what there is in order, raises what was raised, ends when nobody takes any more."""

import threading

import pytest
from returned import file_with

from wherewithal.formats.cld import Findings, batches
from wherewithal.formats.cld.ahead import Ahead


def test_all_comes_in_order():
    assert list(Ahead(iter(range(100)))) == list(range(100))


def test_what_the_other_thread_raises_is_raised_here_after_what_came_before_it():
    def failing():
        yield 1
        raise ValueError("the disk is gone")

    items = iter(Ahead(failing()))
    assert next(items) == 1
    with pytest.raises(ValueError, match="the disk is gone"):
        next(items)


def test_whoever_takes_one_and_leaves_leaves_no_thread_behind():
    before = threading.active_count()
    endless = iter(Ahead(iter(int, 1)))
    next(endless)
    endless.close()
    assert threading.active_count() == before


def test_whoever_takes_one_block_of_a_file_and_leaves_leaves_no_thread_behind():
    before = threading.active_count()
    content = file_with(*({"Event_Description": "x" * 2000} for _ in range(10_000)))
    rows = batches(content, found=Findings())
    assert next(rows).num_rows < 10_000
    rows.close()
    assert threading.active_count() == before
