"""Who asks: found anew at each request, with what they may do by then."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
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


def same_seats_both_ways(who: User) -> None:
    """Asked for with the user, and of the user."""
    by_number = User.with_seats(who.pk)
    assert by_number is not None
    assert by_number.seats == User.objects.get(pk=who.pk).seats
    assert by_number.roles == User.objects.get(pk=who.pk).roles


def test_found_by_number_somebody_has_the_seats_of_today(ro):
    same_seats_both_ways(ro)
    ro.memberships.create(role=Role.AUDITOR, started_on=at().date())
    same_seats_both_ways(ro)
    ro.memberships.filter(role=Role.PRACTITIONER).update(ended_on=at().date())
    same_seats_both_ways(ro)
    assert User.with_seats(ro.pk).seats == {(Role.AUDITOR, None)}
    ro.memberships.update(ended_on=at().date())
    same_seats_both_ways(ro)
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


def test_who_asks_and_what_they_hold_is_asked_in_two_questions(client, ro):
    opened(client, "people")
    with CaptureQueriesContext(connection) as asked:
        assert opened(client, "people") == 200
    tables = ("django_session", "records_user", "records_membership")
    assert len([one for one in asked if any(table in one["sql"] for table in tables)]) == 2


@pytest.mark.parametrize("table", ["records_user", "django_session"])
def test_a_column_that_is_added_meanwhile_puts_nobody_out(client, ro, table):
    for _ in range(3):  # so that the plan is kept
        assert opened(client, "people") == 200
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"DO $$ BEGIN ALTER TABLE {table} ADD COLUMN added text; END $$")
        cursor.execute("SET ROLE wherewithal_app")
    assert opened(client, "people") == 200


def test_a_cookie_of_any_characters_is_nobodys(client, ro):
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    for typed in ("abcdefgh\0ijk", f"{key}\0", f"{key[:5]}\0{key[5:]}", "'; --", ""):
        client.cookies[settings.SESSION_COOKIE_NAME] = typed
        assert client.get(reverse("people")).url.startswith(reverse("account_login"))
