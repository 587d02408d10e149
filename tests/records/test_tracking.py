"""Who, why and which verb of a change: told once for an action, and kept with every row it changed."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from making import team

from wherewithal.records.models import Team
from wherewithal.records.tracking import telling, telling_too

pytestmark = pytest.mark.django_db


def told(one: Team) -> list[tuple[dict | None, object]]:
    """Why and the id of each event of a team since it was made."""
    changes = one.events.filter(pgh_label="update").order_by("pgh_id")
    return list(changes.values_list("pgh_context", "pgh_context_id"))


def rename(one: Team, name: str) -> None:
    Team.objects.filter(pk=one.pk).update(name=name)


@pytest.fixture
def north() -> Team:
    return team("North")


def test_every_row_of_a_block_carries_its_why_and_one_id(north):
    with transaction.atomic(), telling(verb="rename", by=1):
        rename(north, "Upper")
        rename(north, "Uppermost")
    (first, id), (second, other) = told(north)
    assert first == second == {"verb": "rename", "by": 1}
    assert id is not None
    assert id == other


def test_what_is_written_after_a_block_has_neither(north):
    with transaction.atomic():
        with transaction.atomic(), telling(verb="rename"):
            rename(north, "Upper")
        rename(north, "Lower")
    assert [why for why, _ in told(north)] == [{"verb": "rename"}, None]
    assert told(north)[1][1] is None


def test_two_blocks_in_one_transaction_are_two_deeds(north):
    with transaction.atomic():
        for name in ("Upper", "Lower"):
            with transaction.atomic(), telling(verb="rename"):
                rename(north, name)
    (_, first), (_, second) = told(north)
    assert first != second


def test_a_block_within_a_block_has_its_own_why_and_is_the_same_deed(north):
    with transaction.atomic(), telling(verb="outer"):
        with transaction.atomic(), telling(verb="inner"):
            rename(north, "Upper")
        rename(north, "Lower")
    (inner, its_id), (outer, outers_id) = told(north)
    assert (inner, outer) == ({"verb": "inner"}, {"verb": "outer"})
    assert its_id == outers_id


def test_a_block_that_failed_leaves_the_outer_one_as_it_was(north):
    with transaction.atomic(), telling(verb="outer"):
        with suppress(ZeroDivisionError), transaction.atomic(), telling(verb="inner"):
            rename(north, "Upper")
            raise ZeroDivisionError
        rename(north, "Lower")
    assert [why for why, _ in told(north)] == [{"verb": "outer"}]


def test_more_can_be_told_of_why_until_the_block_ends(north):
    with transaction.atomic(), telling(verb="rename"):
        rename(north, "Upper")
        telling_too(looked_at=["EX1"])
        rename(north, "Lower")
    assert [why for why, _ in told(north)] == [{"verb": "rename"}, {"verb": "rename", "looked_at": ["EX1"]}]


@pytest.mark.django_db(transaction=True)
def test_after_the_transaction_the_same_connection_tells_nothing(north):
    with transaction.atomic(), telling(verb="rename"):
        rename(north, "Upper")
    rename(north, "Lower")
    assert told(north)[0][0] == {"verb": "rename"}
    assert told(north)[1] == (None, None)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_there_is_nothing_to_keep_it_with(north):
    with pytest.raises(TransactionManagementError), telling(verb="rename"):
        rename(north, "Upper")
    assert told(north) == []
