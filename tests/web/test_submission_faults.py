"""The worklist: each team sees its own, the oldest first, and it stands in My work."""

import csv
import io
from datetime import date

import pytest
from making import at, council, person, signed_in, team, user
from test_submission import supports
from test_submission_faults import FOUND, looked, nameless_of

from wherewithal.core.roles import Role
from wherewithal.records.models import SubmissionFault
from wherewithal.web.submission_faults import ASKED

pytestmark = pytest.mark.django_db
PAGE = "/measures/submission/faults/"


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def two_teams():
    near, far = person("Pat Example"), person("Otto Outside", team=team("South"))
    for who in (near, far):
        supports(nameless_of(who))
    looked()
    return near, far


def worker(client):
    return signed_in(client, user("Wren Worker", Role.PRACTITIONER, in_team=team("North")))


def test_a_worker_sees_the_people_of_their_teams_and_the_way_to_mend(client):
    near, _ = two_teams()
    page = words(worker(client).get(PAGE))
    assert "Pat Example" in page
    assert "Otto Outside" not in page
    assert "The person’s details: nothing is written down" in page
    assert "counts in the total only" in page
    assert f"/people/{near.ref}/change/#id_born_on" in page
    assert "under “Birth date”" in page, "what the page to mend it calls it"
    assert 'id="id_born_on"' in client.get(f"/people/{near.ref}/change/").content.decode()


def test_every_question_that_a_fault_leads_to_stands_on_the_page_to_mend_it(client):
    near, _ = two_teams()
    page = worker(client).get(f"/people/{near.ref}/change/").content.decode()
    assert [name for name in ASKED.values() if f'id="id_{name}"' not in page] == []


def test_a_manager_of_the_whole_council_narrows_it_to_a_team(client):
    two_teams()
    signed_in(client, user("Max Manager", Role.MANAGER))
    page = words(client.get(PAGE))
    assert "Pat Example" in page and "Otto Outside" in page
    page = words(client.get(f"{PAGE}?team={team('South').pk}"))
    assert "Otto Outside" in page
    assert "Pat Example" not in page
    assert "Pat Example" in words(client.get(f"{PAGE}?team=nonsense"))


def test_whose_person_has_no_team_stands_under_no_team(client):
    who = nameless_of(person("Ash Example"))
    type(who).objects.filter(pk=who.pk).update(team=None)
    supports(who)
    supports(nameless_of(person("Bay Example")))
    looked()
    signed_in(client, user("Max Manager", Role.MANAGER))
    assert "No team yet" in words(client.get(PAGE))
    page = words(client.get(f"{PAGE}?team=none"))
    assert "Ash Example" in page and "Bay Example" not in page


def test_the_oldest_stand_first(client):
    two_teams()
    third = person("Zoe Zebra")
    supports(nameless_of(third))
    looked(at(2026, 10, 12))
    SubmissionFault.objects.filter(person=third).update(found_on=date(2026, 1, 1))
    page = words(worker(client).get(PAGE))
    assert page.index("Zoe Zebra") < page.index("Pat Example")


def test_it_says_where_nothing_is_to_be_mended_and_where_nothing_was_checked(client):
    worker(client)
    assert "not checked yet" in words(client.get(PAGE))
    supports(person())
    looked()
    assert "There is nothing to mend" in words(client.get(PAGE))


def test_what_was_mended_lately_is_counted(client, monkeypatch):
    near, _ = two_teams()
    type(near).objects.filter(pk=near.pk).update(born_on=date(1948, 5, 12))
    looked(at(2026, 10, 12))
    monkeypatch.setattr("wherewithal.web.submission_faults.today", lambda: date(2026, 11, 1))
    assert "1 fault was mended in the last four weeks" in words(worker(client).get(PAGE))


def test_the_file_has_the_same_people_as_the_page(client):
    two_teams()
    text = worker(client).get("/measures/submission/faults.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Name"], row["Field"], row["Since"], row["Team"]) == (
        "Pat Example", "Date of birth", FOUND.date().isoformat(), "North"
    )  # fmt: skip
    assert row["How grave"] == "Should be mended"
    assert "3D" in row["Measures"]


def test_an_analyst_sees_how_many_each_team_is_to_mend_and_of_nobody(client):
    near, far = two_teams()
    signed_in(client, user("Ana Analyst", Role.ANALYST))
    page = words(client.get("/measures/submission/"))
    assert "North" in page and "South" in page and "Date of birth" in page
    for told in ("Pat", "Otto", near.ref, far.ref):
        assert told not in page
    assert client.get(PAGE).status_code == 403


def test_it_stands_in_my_work(client):
    two_teams()
    assert "1 thing to mend" in words(worker(client).get("/caseload/"))


@pytest.mark.parametrize("many", [1, 4])
def test_the_page_asks_as_often_for_many_people_as_for_one(client, many, django_assert_max_num_queries):
    for name in ("Ash", "Bay", "Clover", "Dune")[:many]:
        supports(nameless_of(person(f"{name} Example")))
    looked()
    worker(client).get(PAGE)
    with django_assert_max_num_queries(14):
        client.get(PAGE)
