"""Who may open what: teams, traces, emergencies, logins, staff and the policy in force."""

from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from assessing import agreed
from django.core import mail
from django.urls import reverse
from making import person, signed_in, team, user

from wherewithal.actions import access
from wherewithal.core.roles import Role
from wherewithal.records.models import EmergencyAccess, Opening, Person, User
from wherewithal.web.clock import now
from wherewithal.web.letters import TEMPLATES as LETTERS
from wherewithal.web.policy_words import files

pytestmark = pytest.mark.django_db
WHY = "Found fallen at home, no key holder known"


@pytest.fixture
def wren(db):
    return user("Wren Worker", Role.PRACTITIONER, in_team=team())


@pytest.fixture
def otto(db):
    return person("Otto Outside", team=team("South"))


def read(response, status=200) -> str:
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_every_opened_record_leaves_a_trace(client, wren):
    pat = person()
    signed_in(client, wren).get(reverse("person", args=[pat.ref]))
    assert [(one.user, one.page) for one in Opening.objects.filter(person=pat)] == [(wren, "person")]


def test_another_teams_person_is_refused_without_their_name_and_with_the_way_out(client, wren, otto):
    page = read(signed_in(client, wren).get(reverse("person", args=[otto.ref])), 403)
    assert "Otto" not in page
    assert reverse("person_emergency", args=[otto.ref]) in page
    assert not Opening.objects.exists()


def test_a_role_without_emergency_access_is_not_offered_it(client, otto):
    broker = user("Bo Broker", Role.BROKER, in_team=team())
    page = read(signed_in(client, broker).get(reverse("person", args=[otto.ref])), 403)
    assert reverse("person_emergency", args=[otto.ref]) not in page


def test_emergency_access_opens_the_record_is_traced_and_ends_by_itself(client, wren, otto):
    browser = signed_in(client, wren)
    where = reverse("person_emergency", args=[otto.ref])
    assert "Otto" not in read(browser.get(where))
    assert browser.post(where, {"reason": "urgent"}).status_code == 200
    assert not EmergencyAccess.objects.exists()
    browser.post(where, {"reason": WHY})
    for name in ("person", "person_plan"):
        page = read(browser.get(reverse(name, args=[otto.ref])))
        assert "Otto Outside" in page and "Open in an emergency until" in page
    opened = EmergencyAccess.objects.get()
    assert opened.openings.count() == 2
    EmergencyAccess.objects.update(from_at=now() - timedelta(hours=5), until_at=now() - timedelta(hours=1))
    assert browser.get(reverse("person", args=[otto.ref])).status_code == 403


def test_managers_see_emergencies_of_their_people_and_by_their_staff(client, wren, otto):
    access.emergency(person=otto, reason=WHY, by=wren, at=now())
    for where in ("North", "South"):
        manager = user(f"Mo {where}", Role.MANAGER, in_team=team(where))
        assert WHY in read(signed_in(client, manager).get(reverse("emergencies")))
    other = user("Mo East", Role.MANAGER, in_team=team("East"))
    assert WHY not in read(signed_in(client, other).get(reverse("emergencies")))


def test_a_person_sees_who_looked_by_role_and_day_and_never_by_name(client, wren):
    pat = person()
    login = access.act_for(person=pat, email="pat@example.org", by=wren, at=now())
    signed_in(client, wren).get(reverse("person", args=[pat.ref]))
    browser = signed_in(client, login)
    page = read(browser.get(reverse("my_looked")))
    assert "Social care worker (North)" in page
    assert "Wren" not in page
    assert "emergency" not in page


def test_a_person_sees_that_their_record_was_opened_in_an_emergency(client, wren, otto):
    login = access.act_for(person=otto, email="otto@example.org", by=wren, at=now())
    access.emergency(person=otto, reason=WHY, by=wren, at=now())
    signed_in(client, wren).get(reverse("person", args=[otto.ref]))
    page = read(signed_in(client, login).get(reverse("my_looked")))
    assert "in an emergency" in page
    assert WHY not in page


def test_who_opened_a_record_is_listed_by_day(client, wren):
    pat = person()
    browser = signed_in(client, wren)
    for _ in range(3):
        browser.get(reverse("person", args=[pat.ref]))
    page = read(browser.get(reverse("person_opened", args=[pat.ref])))
    assert page.count("Wren Worker</td>") == 1


def test_whoever_is_let_in_gets_a_link_by_which_they_choose_a_password(client, wren):
    pat = person()
    browser = signed_in(client, wren)
    browser.post(reverse("login_give", args=[pat.ref]), {"email": "pat@example.org"})
    (letter,) = mail.outbox
    assert letter.to == ["pat@example.org"]
    link = next(line for line in letter.body.splitlines() if "/accounts/" in line)
    client.logout()
    chosen = "a long wild meadow"
    form = client.get(link, follow=True)
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    assert User.objects.get(email="pat@example.org").check_password(chosen)


def test_signing_in_out_and_a_new_password_are_told_in_the_words_of_these_pages(client):
    chosen, newer = "a long wild meadow", "a short tame lawn of mine"
    nia = user("Nia New", Role.PERSON)
    nia.set_password(chosen)
    nia.save()
    signing_in = {"login": nia.email, "password": chosen}
    assert "You are signed in as Nia New." in read(
        client.post(reverse("account_login"), signing_in, follow=True)
    )
    changed = {"oldpassword": chosen, "password1": newer, "password2": newer}
    assert "Your new password holds from now on." in read(
        client.post(reverse("account_change_password"), changed, follow=True)
    )
    assert "You are signed out." in read(client.post(reverse("account_logout"), follow=True))


THEIRS, OURS = Path(allauth.__file__).parent / "templates", LETTERS.parent


@pytest.mark.parametrize("name", ["account/messages", "mfa/messages"])
def test_what_these_pages_can_say_of_an_account_is_in_our_words(name):
    unused = {  # no page changes addresses, telephones or keys, or signs in by a code
        "cannot_delete_primary_email", "email_confirmation_failed", "email_confirmation_sent",
        "email_confirmed", "email_deleted", "login_code_sent", "phone_verification_sent", "phone_verified",
        "primary_email_set", "unverified_primary_email", "webauthn_added", "webauthn_removed",
    }  # fmt: skip
    theirs = {path.stem for path in (THEIRS / name).glob("*.txt")}
    assert theirs - unused == {path.stem for path in (OURS / name).glob("*.txt")}


def test_an_administrator_finds_the_way_to_change_anothers_roles_and_not_their_own(client):
    ada, nia = user("Ada Admin", Role.ADMINISTRATOR), user("Nia New", Role.PRACTITIONER)
    browser = signed_in(client, ada)
    give = reverse("role_give", args=[nia.pk])
    assert give in browser.get(reverse("staff_member", args=[nia.pk])).content.decode()
    own = browser.get(reverse("staff_member", args=[ada.pk])).content.decode()
    assert "Nobody changes their own roles" in own and reverse("role_give", args=[ada.pk]) not in own


def test_an_administrator_invites_gives_and_ends_roles_and_changes_limits(client):
    browser = signed_in(client, user("Ada Admin", Role.ADMINISTRATOR))
    asked = {"display_name": "Nia New", "email": "nia@example.org", "role": "practitioner", "team": team().pk}
    response = browser.post(reverse("staff_invite"), asked)
    nia = User.objects.get(email="nia@example.org")
    assert response.url == reverse("staff_member", args=[nia.pk])
    assert len(mail.outbox) == 1
    browser.post(reverse("role_give", args=[nia.pk]), {"role": "manager", "team": ""})
    held = nia.memberships.get(role="manager")
    browser.post(
        reverse("limit_change", args=[nia.pk, held.pk]),
        {"own_limit_pence_per_week": "250", "reason": "Trained"},
    )
    held.refresh_from_db()
    assert held.own_limit_pence_per_week == 25000
    browser.post(reverse("role_end", args=[nia.pk, held.pk]), {"reason": "Back to practice"})
    held.refresh_from_db()
    assert held.ended_on is not None
    assert "Nia New" in read(browser.get(reverse("staff"), {"q": "nia"}))


def test_an_administrator_opens_nobodys_record(client):
    pat = person()
    admin = signed_in(client, user("Ada Admin", Role.ADMINISTRATOR))
    assert admin.get(reverse("person", args=[pat.ref])).status_code == 403


WHAT_A_ROLE_READS = {
    Role.FINANCE: {"person_budget", "person_money"},
    Role.BROKER: {"person_assessment", "person_budget", "person_plan", "person_reviews", "person_offers"},
    Role.PANEL: {"person_assessment", "person_budget", "person_plan"},
}
TABS = {
    "person_assessment",
    "person_budget",
    "person_plan",
    "person_money",
    "person_reviews",
    "person_offers",
}


@pytest.mark.parametrize("role", WHAT_A_ROLE_READS, ids=str)
def test_a_role_reads_what_its_work_needs_and_is_linked_to_no_more(client, role):
    pat, staff = person(), user("Sam Staff", role)
    if role == Role.BROKER:
        Person.objects.filter(pk=pat.pk).update(broker=staff)
    page = read(signed_in(client, staff).get(reverse("person", args=[pat.ref])))
    for name in TABS:
        where = reverse(name, args=[pat.ref])
        opens = name in WHAT_A_ROLE_READS[role]
        assert client.get(where).status_code == (200 if opens else 403), name
        assert (f'href="{where}"' in page) == opens, name
    reads_plans = role != Role.FINANCE
    assert ("Outcomes</h2>" in page) == reads_plans
    # whoever reads plans is told that there is none yet
    assert client.get(reverse("plan_pdf", args=[pat.ref])).status_code == (404 if reads_plans else 403)


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.PRACTITIONER, True), (Role.AUDITOR, True), (Role.PANEL, False)]
)
def test_answers_are_read_by_those_who_assess_and_by_an_auditor(client, role, reads):
    of = agreed()
    browser = signed_in(client, user("Sam Staff", role, in_team=of.person.team))
    page = read(browser.get(reverse("person_assessment", args=[of.person.ref])))
    assert "Who qualifies" in page
    assert ("Both views side by side" in page) == reads


def test_an_auditor_reads_and_changes_nothing(client):
    pat = person()
    auditor = signed_in(client, user("Audie Auditor", Role.AUDITOR))
    page = read(auditor.get(reverse("person", args=[pat.ref])))
    assert reverse("person_change", args=[pat.ref]) not in page
    assert auditor.get(reverse("person_history", args=[pat.ref])).status_code == 200
    assert auditor.post(reverse("person_change", args=[pat.ref]), {}).status_code == 403


@pytest.mark.parametrize("name", [name for _, listed in files() for _, name, _ in listed])
def test_every_policy_file_has_a_page_with_its_source(client, name):
    browser = signed_in(client, user("Bo Broker", Role.BROKER))
    page = read(browser.get(reverse("policy_file", args=name.split("/"))))
    assert "ource" in page


def test_a_value_that_is_not_verified_says_so(client):
    browser = signed_in(client, user("Bo Broker", Role.BROKER))
    page = read(browser.get(reverse("policy_file", args=["local", "delegation"])))
    assert "£200.00 a week" in page
    assert "unverified" in page


def test_a_policy_file_that_does_not_exist_is_not_found(client):
    browser = signed_in(client, user("Bo Broker", Role.BROKER))
    for folder, name in (("local", "nothing"), ("..", "person"), ("records", "search")):
        assert browser.get(f"/settings/policy/{folder}/{name}/").status_code == 404
