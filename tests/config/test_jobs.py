"""The nightly round: each part is there, and twice is as good as once."""

import pytest

from wherewithal.config.jobs import nightly_round
from wherewithal.records.models import User


@pytest.mark.django_db
def test_the_nightly_round_can_be_asked_for_again(db):
    nightly_round(timestamp=0)
    nightly_round(timestamp=0)
    assert User.objects.get(username="nightly-round").has_usable_password() is False
