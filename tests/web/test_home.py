"""The front of the house, as anybody meets it."""

import making
import pytest
from django.core.cache import cache
from django.template import engines
from django.urls import reverse
from jinja2 import FileSystemLoader
from lxml import html

from wherewithal.core.roles import Role
from wherewithal.records.models import Account, User
from wherewithal.simulate import whom
from wherewithal.web import demo, home, money
from wherewithal.web.templating import environment

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_answers(monkeypatch):
    monkeypatch.setattr(home, "ANSWERS", {})


def page(client, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status
    return html.fromstring(answer.content)


def test_home_has_three_doors_and_seven_messages(client, no_answers):
    found = page(client, "/")
    assert found.xpath("//*[contains(@class, 'ww-door__name')]/a/@href") == ["/my/", "/home/", "/sector/"]
    assert len(found.xpath("//ol[@class='ww-messages']/li")) == 7
    assert [message.number for message in home.MESSAGES] == [1, 2, 3, 4, 5, 6, 7]


def test_a_visitor_may_open_each_door(client, no_answers):
    doors = page(client, "/").xpath("//*[contains(@class, 'ww-door__name')]/a")
    assert [words.text_content() for words in doors] == ["My budget", "Our council", "The sector"]


def test_a_door_that_stays_shut_for_whoever_signed_in_is_no_link(client, no_answers):
    making.signed_in(client, making.user("Wren Worker", Role.PRACTITIONER))
    assert page(client, "/").xpath("//*[contains(@class, 'ww-door__name')]/a/@href") == ["/home/", "/sector/"]


def test_a_message_without_an_answer_says_not_yet(client, no_answers):
    rows = page(client, "/").xpath("//ol[@class='ww-messages']/li")
    assert all("Not yet" in row.text_content() for row in rows)


def test_home_says_whose_figures_stand_there_and_what_is_not_told(client, no_answers):
    said = page(client, "/").text_content()
    assert "from its records, and no official statistics." in said
    assert "Nothing is told here of fewer than 10 people." in said


def test_a_message_with_an_answer_links_to_the_figure_for_whom_its_page_opens(client, monkeypatch):
    monkeypatch.setattr(
        home, "ANSWERS", {5: lambda: home.Answer("12 accounts add up", "/money/#sums"), 1: lambda: None}
    )
    rows = page(client, "/").xpath("//ol[@class='ww-messages']/li")
    assert rows[4].xpath(".//a") == [] and "12 accounts add up" in rows[4].text_content()
    assert "Not yet" in rows[0].text_content()
    finance = making.signed_in(client, making.user("Fin Finance", Role.FINANCE))
    rows = page(finance, "/").xpath("//ol[@class='ww-messages']/li")
    assert rows[4].xpath(".//a/@href") == ["/money/#sums"]


def test_the_fifth_message_tells_how_many_people_have_an_account(client):
    cache.clear()  # of what another test counted
    assert money.accounts() is None
    making.council()
    Account.objects.create(kind="council", code="council")
    assert money.accounts() is None
    for number in range(9):
        Account.objects.create(kind="held", code=f"held-{number}", person=making.person(f"Nobody {number}"))
    assert money.accounts() == home.TOO_FEW
    cache.clear()
    Account.objects.create(kind="held", code="held-9", person=making.person())
    assert money.accounts().text == "10 people have an account, all adding up, £0.00 held"
    cache.clear()


def test_the_sums_of_accounts_age_however_often_they_are_asked_for(monkeypatch):
    kept = (17, 0, 4200, making.at(2026, 4, 6, 14))
    cache.set("home:accounts", kept, 600)
    monkeypatch.setattr(money, "KEPT_SECONDS", 0)
    assert money.accounts().text == "17 people have an account, all adding up, £42.00 held"
    assert money.accounts().counted_at == making.at(2026, 4, 6, 14), "whoever compares sees of when it is"
    assert cache.get("home:accounts") == kept, "it was not kept anew, only read"
    cache.clear()


# Where the work of each role starts (screens of the product); a role without pages is told so.
STARTS = {
    Role.PERSON: "my", Role.CARER: "my", Role.REPRESENTATIVE: "my", Role.PRACTITIONER: "caseload",
    Role.BROKER: "caseload", Role.DIRECT_PAYMENT_OFFICER: "caseload", Role.MANAGER: "decisions",
    Role.PANEL: "decisions", Role.FINANCE: "money", Role.COMMISSIONER: "measures", Role.ANALYST: "measures",
    Role.AUDITOR: "people", Role.SURVEYOR: "surveys", Role.ADMINISTRATOR: "settings",
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_each_role_starts_where_its_work_is(client, role):
    making.signed_in(client, making.user(f"Ro {role}", role))
    if role in STARTS:
        assert client.get(reverse("work")).url == reverse(STARTS[role])
    else:
        assert "There is nothing here for you yet" in client.get(reverse("work")).content.decode()


@pytest.mark.parametrize(
    ("role", "has"), [(Role.ANALYST, True), (Role.SURVEYOR, True), (Role.PRACTITIONER, False)]
)
def test_whoever_works_with_figures_finds_the_sector_in_the_menu(client, role, has):
    making.signed_in(client, making.user("Ana Made-Up", role))
    found = page(client, reverse("sector"))
    menu = found.xpath("//nav[@aria-label='Main']")[0].text_content()
    assert ("The sector" in menu) is has


def test_every_page_has_a_title_a_main_part_and_a_way_past_the_menu(client):
    for address in ("/", "/budgets-explained/", "/sector/", "/enter/", reverse("account_login")):
        found = page(client, address)
        assert found.findtext(".//title").strip().endswith(" – Wherewithal")
        assert found.xpath("//main[@id='main-content']//h1"), address
        assert found.xpath("//a[@class='govuk-skip-link']/@href") == ["#main-content"]
        assert not found.xpath("//*[@style]"), address


def test_scripts_carry_the_nonce_that_the_policy_names(client):
    answer = client.get("/")
    found = html.fromstring(answer.content)
    nonces = {script.get("nonce") for script in found.xpath("//script")}
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in answer.headers["Content-Security-Policy"]


def test_the_plain_page_is_also_a_pdf(client):
    answer = client.get("/budgets-explained.pdf")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")


def test_a_page_that_is_not_there_is_told_plainly(client, settings):
    answer = home.not_found(client.get("/").wsgi_request)
    assert answer.status_code == 404 and "We cannot find that page" in answer.content.decode()


def test_an_error_page_stands_without_its_request(rf):
    answer = home.server_error(rf.get("/"))
    assert answer.status_code == 500 and "It is not your fault" in answer.content.decode()


def test_a_refusal_shows_the_reason_that_the_code_gave(client):
    request = client.get("/").wsgi_request
    shown = home.not_allowed(request, PermissionError("This person is not in your teams."))
    assert shown.status_code == 403 and "This person is not in your teams." in shown.content.decode()


@pytest.fixture
def pat():
    made = making.user("Pat Example", Role.PERSON)
    made.demo = True
    made.save()
    return made


def test_in_the_demo_anyone_enters_as_a_made_up_person(client, pat, monkeypatch):
    monkeypatch.setattr(demo, "home_of", lambda user: f"/of/{user.pk}/")
    assert "Enter as Pat Example" in client.get("/enter/").content.decode()
    answer = client.post("/enter/", {"user": pat.pk})
    assert answer.status_code == 302 and answer["Location"] == f"/of/{pat.pk}/"
    assert client.session["_auth_user_id"] == str(pat.pk) and client.session["second_factor"] == "demo"


@pytest.mark.parametrize("wanted", ["", "x", "-1", "999999999", "²"])
def test_nobody_is_entered_who_is_not_there(client, pat, wanted):
    assert client.post("/enter/", {"user": wanted}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_real_account_cannot_be_entered(client):
    real = making.user("Real Person", Role.PERSON)
    assert client.post("/enter/", {"user": real.pk}).status_code == 404


@pytest.mark.parametrize("address", ["/", "/sector/", "/enter/"])
def test_every_page_of_the_demo_says_that_nobody_is_real(client, pat, no_answers, address):
    found = page(client, address)
    [banner] = found.find_class("govuk-phase-banner")
    assert "Made-up council: nobody here is real. Enter as somebody" in " ".join(
        banner.text_content().split()
    )
    [footer] = found.find_class("govuk-footer")
    assert footer.xpath(".//a/@href") == [reverse("budgets_explained"), "/"]


def test_without_the_demo_no_page_says_so(settings):
    settings.DEMO = False
    made = environment(loader=FileSystemLoader(engines["jinja"].template_dirs))
    assert not str(made.get_template("frame.html").module.banner).strip()


def test_without_the_demo_there_is_no_such_door(client, pat, settings):
    settings.DEMO = False
    assert client.get("/enter/").status_code == 404
    assert client.post("/enter/", {"user": pat.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_sectors_page_lets_one_in_as_the_survey_officer_where_there_is_a_demo(client, settings):
    assert "Its pages open to the survey officer." in client.get("/sector/").content.decode()
    sol = making.user("Sol Surveyor", Role.SURVEYOR)
    sol.demo = True
    sol.save()
    found = page(client, "/sector/")
    button = found.xpath("//form[@action='/enter/']//button[@name='user']")[0]
    assert " ".join(button.text_content().split()) == "Enter as Sol Surveyor, the survey officer"
    assert client.post("/enter/", {"user": button.get("value")}).url == "/survey/"
    assert not page(client, "/sector/").xpath("//form[@action='/enter/']"), "they are in"
    client.logout()
    settings.DEMO = False
    assert not page(client, "/sector/").xpath("//form[@action='/enter/']")


def test_every_role_says_what_it_will_see():
    assert set(whom.SEES) == set(Role)
    assert User.objects.filter(demo=True).count() == 0


def test_a_request_for_another_host_is_told_so_on_a_page(db, client):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "Wherewithal" in answer.content.decode()
