"""What the tests of several files begin with, made once for each file and read anew for each test."""

import coding_by
import planning
import pytest
import reviewing

from wherewithal.records.models import Plan, Wave


@pytest.fixture(scope="module")
def begun(lasting):
    return planning.drafted().pk


@pytest.fixture
def draft(begun):
    """A plan that is written, with two lines, and lacks its conditions and its three tests."""
    return Plan.objects.get(pk=begun)


@pytest.fixture
def whole(draft):
    """The same with nothing in its way."""
    return planning.completed(draft)


@pytest.fixture
def in_force(whole):
    return planning.decide(planning.handed_in(whole)).plan


@pytest.fixture(scope="module")
def run_already(lasting):
    return reviewing.running().pk, reviewing.managed().pk


@pytest.fixture
def paid_plan(run_already):
    """A plan whose direct payment runs."""
    return Plan.objects.get(pk=run_already[0])


@pytest.fixture
def managed_plan(run_already):
    """A plan that the council manages whole."""
    return Plan.objects.get(pk=run_already[1])


@pytest.fixture(scope="module")
def unread(lasting):
    return coding_by.answered().pk


@pytest.fixture
def wave(unread):
    """A closed survey whose answers in words nobody has read."""
    return Wave.objects.get(pk=unread)
