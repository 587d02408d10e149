"""A real council, from an empty database to its first administrator at work, without a developer."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from lxml import html
from making import signed_in, user
from typer.testing import CliRunner

from wherewithal.actions import council as actions
from wherewithal.cli import app
from wherewithal.core.roles import Role
from wherewithal.records.models import Council, Membership, Team, User
from wherewithal.simulate.cast import CODE, COUNCIL
from wherewithal.simulate.council import NotMadeUp, is_made
from wherewithal.web.clock import now

pytestmark = pytest.mark.django_db
PASSWORD = "three wild meadows"
WORDS = [
    "found", "Anyshire County Council", "--code", "998", "--administrator", "Ada First", "--email",
    "Ada.First@example.org", "--site", "https://budgets.example.org", "--team", "North", "--team", "South",
]  # fmt: skip


def founded(words=WORDS):
    return CliRunner().invoke(app, words)


def page(answer) -> html.HtmlElement:
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def test_the_command_makes_the_council_its_teams_and_its_administrator():
    done = founded()
    assert done.exit_code == 0, done.output
    assert (Council.objects.get().name, Council.objects.get().made_up) == ("Anyshire County Council", False)
    assert set(Team.objects.values_list("name", flat=True)) == {"North", "South"}
    ada = User.objects.get(email="ada.first@example.org")
    assert ada.roles == {Role.ADMINISTRATOR} and not ada.has_usable_password() and not ada.demo


def test_a_second_council_is_refused_and_nothing_is_changed():
    founded()
    again = founded(["found", "Otherland", *WORDS[2:]])
    assert isinstance(again.exception, actions.FoundedAlready)
    assert "is that of Anyshire County Council already" in str(again.exception)
    assert Council.objects.count() == Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("option", "wrong", "says"),
    [
        ("--code", "E1", "no council’s code"),
        ("--email", "ada", "not an email address"),
        ("--site", "here", "https://"),
        ("--team", " ", "A team needs a name"),
    ],
)
def test_what_cannot_be_right_is_refused_before_anything_is_made(option, wrong, says):
    words = [*WORDS]
    words[words.index(option) + 1] = wrong
    assert says in str(founded(words).exception)
    assert not Council.objects.exists() and not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_administrator_chooses_a_password_sets_a_second_factor_and_invites(client):
    link = next(line.strip() for line in founded().output.splitlines() if "/accounts/" in line)
    where = client.get(link.removeprefix("https://budgets.example.org"), follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": "ada.first@example.org", "password": PASSWORD})
    factor = reverse("mfa_activate_totp")
    assert client.get(reverse("settings")).url == factor  # nothing opens before it
    client.post(client.get(factor).url, {"password": PASSWORD})  # it guards the account, so it is asked again
    form = page(client.get(factor))
    secret = client.session["mfa.totp.secret"]
    assert secret in form.text_content()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    codes = page(client.post(factor, {"code": code}, follow=True))
    assert codes.xpath(f"//a[@href='{reverse('work')}']")  # from the recovery codes on to the work
    assert client.get(reverse("work"), follow=True).redirect_chain[-1][0] == reverse("settings")
    asked = {"display_name": "Wren Worker", "email": "wren@example.org", "role": "practitioner",
             "team": Team.objects.get(name="North").pk}  # fmt: skip
    client.post(reverse("staff_invite"), asked)
    assert User.objects.get(email="wren@example.org").roles == {Role.PRACTITIONER}


def test_signing_in_wrongly_is_told_in_plain_words_by_field(client):
    def told(**sent) -> list[str]:
        found = page(client.post(reverse("account_login"), sent))
        return [
            one.text_content().strip() for one in found.xpath("//*[contains(@class, 'error-summary')]//li")
        ]

    assert told(login="", password="") == ["Enter your email address", "Enter your password"]
    assert told(login="nobody", password="x")[0].endswith(
        "enter an email address in full, such as name@example.com"
    )
    wrong = told(login="nobody@example.org", password="x")
    assert len(wrong) == 1 and wrong[0].startswith("The email address or the password is not right.")


def test_the_link_works_once(client):
    link = next(line.strip() for line in founded().output.splitlines() if "/accounts/" in line)
    path = link.removeprefix("https://budgets.example.org")
    where = client.get(path, follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()
    assert "password1" not in client.get(path, follow=True).content.decode()


def test_an_administrator_adds_and_renames_teams_and_no_two_have_one_name(client):
    browser = signed_in(client, user("Ada Admin", Role.ADMINISTRATOR))
    browser.post(reverse("team_add"), {"name": "North"})
    browser.post(reverse("team_add"), {"name": "South"})
    north = Team.objects.get(name="North")
    assert (
        "There is a team south already"
        in browser.post(reverse("team_rename", args=[north.pk]), {"name": "south"}).content.decode()
    )
    browser.post(reverse("team_rename", args=[north.pk]), {"name": "North and West"})
    found = page(browser.get(reverse("teams"))).xpath("//tbody//th//a/text()")
    assert found == ["North and West", "South"]


def test_an_unfinished_made_up_council_is_not_taken_over():
    Council.objects.create(name=COUNCIL, code=CODE)
    with pytest.raises(NotMadeUp, match="--fresh"):
        is_made()
    with pytest.raises(actions.FoundedAlready, match=COUNCIL):
        actions.found(
            name="Anyshire",
            code="998",
            administrator="Ada",
            email="ada@example.org",
            by=user("Set Up"),
            at=now(),
        )
