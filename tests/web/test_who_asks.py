"""Who asks: found anew at each request, with what they may do by then."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from making import at, council, person, signed_in, team, user

from wherewithal.core.roles import Role
from wherewithal.records.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ro(client) -> User:
    """Signed in, a practitioner of the team North."""
    council()
    ro = user("Ro Role", Role.PRACTITIONER, in_team=team("North"))
    signed_in(client, ro)
    return ro


def opened(client, name: str, *args) -> int:
    return client.get(reverse(name, args=args)).status_code


def seats(who: User) -> None:
    """By number and by themselves the same."""
    by_number = User.with_seats(who.pk)
    assert by_number is not None
    assert by_number.seats == User.objects.get(pk=who.pk).seats
    assert by_number.roles == User.objects.get(pk=who.pk).roles


def test_found_by_number_somebody_has_the_seats_of_today(ro):
    seats(ro)
    ro.memberships.create(role=Role.AUDITOR, started_on=at().date())
    seats(ro)
    ro.memberships.filter(role=Role.PRACTITIONER).update(ended_on=at().date())
    seats(ro)
    assert User.with_seats(ro.pk).seats == {(Role.AUDITOR, None)}
    ro.memberships.update(ended_on=at().date())
    seats(ro)
    assert User.with_seats(ro.pk).seats == frozenset()
    assert User.with_seats(ro.pk + 1000) is None


def test_a_role_that_ends_while_somebody_is_signed_in_opens_nothing_more(client, ro):
    pat = person("Pat Example", team=team("North"))
    assert opened(client, "person", pat.ref) == 200
    ro.memberships.update(ended_on=at().date())
    assert opened(client, "person", pat.ref) == 403


def test_a_role_across_the_council_opens_what_the_team_did_not(client, ro):
    otto = person("Otto Outside", team=team("South"))
    assert opened(client, "person", otto.ref) == 403
    ro.memberships.create(role=Role.AUDITOR, started_on=at().date())
    assert opened(client, "person", otto.ref) == 200


def test_whoever_may_not_sign_in_any_more_is_out_at_the_next_request(client, ro):
    assert opened(client, "people") == 200
    User.objects.filter(pk=ro.pk).update(is_active=False)
    assert client.get(reverse("people")).url.startswith(reverse("account_login"))


def test_a_session_that_is_over_is_nobodys(client, ro):
    assert opened(client, "people") == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("people")).url.startswith(reverse("account_login"))
