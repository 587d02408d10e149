"""A coding that is sent many times at once is kept once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from coding_by import QUESTION, TEXTS, answered, book, coders, doing, reply
from django.db import connection

from wherewithal.actions import coding
from wherewithal.core.coding import CannotCode
from wherewithal.records.models import Coded

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = TEXTS[0]


def test_a_key_that_is_pressed_twice_at_once_is_one_coding():
    wave = answered()
    book(wave)
    of, by = reply(wave, FIRST), coders()[0]

    def press(_: int) -> str:
        try:
            coding.code(reply=of, question=QUESTION, start=0, end=7, code="early", **doing(by))
        except CannotCode as refusal:
            return refusal.says
        finally:
            connection.close()
        return "coded"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(press, range(8)))
    assert said.count("coded") == 1
    assert {one for one in said if one != "coded"} == {"You have called this passage “Early” already."}
    assert Coded.objects.count() == 1
