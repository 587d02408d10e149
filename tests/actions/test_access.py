"""Emergency access, logins of people and of staff."""

from datetime import date, timedelta

import pytest
from making import at, person, team, user

from wherewithal.actions import access, circle, staff
from wherewithal.core.roles import Role
from wherewithal.records.models import EmergencyAccess, Membership, Representation

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return user("Ada Admin", Role.ADMINISTRATOR)


@pytest.fixture
def wren(db):
    return user("Wren Worker", Role.PRACTITIONER, in_team=team())


def test_emergency_access_ends_by_itself_after_four_hours(wren):
    opened = access.emergency(person=person(), reason="Found fallen, no key holder", by=wren, at=at())
    assert opened.until_at - opened.from_at == timedelta(hours=4)


def test_emergency_access_asks_why(wren):
    with pytest.raises(access.SayWhy):
        access.emergency(person=person(), reason="urgent", by=wren, at=at())


def test_asking_again_while_it_runs_does_not_make_it_longer(wren):
    pat = person()
    first = access.emergency(person=pat, reason="Found fallen at home", by=wren, at=at(hour=10))
    again = access.emergency(person=pat, reason="Found fallen at home", by=wren, at=at(hour=13))
    assert again == first
    later = access.emergency(person=pat, reason="Found fallen at home", by=wren, at=at(hour=15))
    assert later != first
    assert EmergencyAccess.objects.count() == 2


def test_a_person_is_let_in_to_see_their_own_budget(wren):
    pat = person()
    login = access.act_for(person=pat, email="Pat@Example.org", by=wren, at=at())
    pat.refresh_from_db()
    assert pat.user == login
    assert (login.username, login.roles) == ("pat@example.org", {Role.PERSON})
    assert not login.has_usable_password()
    with pytest.raises(access.HasALogin):
        access.act_for(person=pat, email="other@example.org", by=wren, at=at())


def test_one_login_acts_for_two_people_but_has_one_budget(wren):
    pat, sam = person(), person("Sam Sample", born_on=date(1980, 1, 1))
    for one in (pat, sam):
        act = circle.name_representative(
            person=one, kind=Representation.Kind.NOMINATED, name="Robin Helper", by=wren, at=at()
        )
        login = access.act_for(person=one, representation=act, email="robin@example.org", by=wren, at=at())
    assert login.represents.count() == 2
    assert Membership.objects.filter(user=login).count() == 1
    access.act_for(person=pat, email="pat@example.org", by=wren, at=at())
    with pytest.raises(access.HasALogin):
        access.act_for(person=sam, email="pat@example.org", by=wren, at=at())


def test_a_members_of_staffs_login_opens_no_budget(wren):
    with pytest.raises(access.StaffLogin):
        access.act_for(person=person(), email=wren.email, by=wren, at=at())


def invite(admin, **rest):
    asked = {"email": "New@Example.org", "display_name": "Nia New", "role": Role.PRACTITIONER} | rest
    return staff.invite(by=admin, at=at(), **asked)


def test_staff_are_invited_with_a_role_and_no_password(admin):
    nia = invite(admin, team=team(), own_limit_pence_per_week=15000)
    held = nia.memberships.get()
    assert (held.role, held.team, held.own_limit_pence_per_week) == ("practitioner", team(), 15000)
    assert not nia.has_usable_password()
    with pytest.raises(staff.KnownAlready):
        invite(admin)


def test_a_budget_holders_role_is_not_given_by_invitation(admin):
    with pytest.raises(staff.NotAStaffRole):
        invite(admin, role=Role.PERSON)


def test_a_limit_belongs_to_a_role_that_signs_off(admin):
    with pytest.raises(staff.NoLimit):
        invite(admin, role=Role.FINANCE, own_limit_pence_per_week=1)


def test_nobody_gives_themselves_a_role_or_a_limit(admin):
    with pytest.raises(staff.NotYourOwn):
        staff.give_role(user=admin, role=Role.FINANCE, by=admin, at=at())
    mine = Membership.objects.create(
        user=admin, role=Role.MANAGER, started_on=date(2026, 1, 1), own_limit_pence_per_week=0
    )
    with pytest.raises(staff.NotYourOwn):
        staff.change_limit(
            membership=mine, own_limit_pence_per_week=99, reason="More work", by=admin, at=at()
        )


def test_a_role_is_held_once_in_a_place(admin):
    nia = invite(admin, team=team())
    with pytest.raises(staff.HeldAlready):
        staff.give_role(user=nia, role=Role.PRACTITIONER, team=team(), by=admin, at=at())
    staff.give_role(user=nia, role=Role.PRACTITIONER, team=team("South"), by=admin, at=at())
    assert nia.memberships.count() == 2


def test_the_last_role_that_ends_closes_the_login_and_a_new_one_opens_it(admin):
    nia = invite(admin)
    staff.end_role(membership=nia.memberships.get(), reason="Left", by=admin, at=at(day=9))
    nia.refresh_from_db()
    assert not nia.is_active
    staff.give_role(user=nia, role=Role.BROKER, by=admin, at=at(day=10))
    nia.refresh_from_db()
    assert nia.is_active


def test_the_last_administrator_stays(admin):
    with pytest.raises(staff.LastAdministrator):
        staff.end_role(membership=admin.memberships.get(), reason="Leaving", by=admin, at=at())


def test_a_limit_changes_with_a_reason_that_is_kept(admin):
    held = invite(admin).memberships.get()
    staff.change_limit(
        membership=held, own_limit_pence_per_week=20000, reason="Trained in May", by=admin, at=at()
    )
    last = held.events.order_by("pgh_id").last()
    assert (last.own_limit_pence_per_week, last.pgh_context["why"]) == (20000, "Trained in May")
