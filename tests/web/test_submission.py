"""The pages of the return: who makes the file, what changed since the last one and why."""

import hashlib

import pytest
from django.utils import timezone
from making import at, council, person, signed_in, user
from test_submission import make, supports
from test_submission_changes import IN_JULY, IN_OCTOBER, JUNE, SEPTEMBER, running

from wherewithal.actions import person as people
from wherewithal.core.roles import Role
from wherewithal.core.submission import last_quarter_end
from wherewithal.records.models import Opening, Submission
from wherewithal.web.submission_words import field_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def asked(**more):
    return {"to": last_quarter_end(timezone.localdate()).isoformat(), "reason": "The quarter’s return"} | more


def test_the_file_answers_the_form_and_is_the_one_on_record(analyst):
    supports(person())
    answer = analyst.post("/measures/submission/make/", asked())
    made = Submission.objects.get()
    assert hashlib.sha256(answer.content).hexdigest() == made.sha256
    assert answer["Content-Disposition"] == f'attachment; filename="client-level-data-999-{made.last}.csv"'
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.content.startswith(b"LA_Code,Reporting_Period_Start_Date")
    assert str(made.made_by) == "Ana Analyst"


def test_a_form_that_says_no_reason_makes_nothing(analyst):
    supports(person())
    answer = analyst.post("/measures/submission/make/", asked(reason=" "))
    assert "Say why you make it" in words(answer)
    assert not Submission.objects.exists()
    assert not Opening.objects.exists()


def test_a_quarter_that_is_not_offered_is_refused(analyst):
    assert "Choose one of the answers shown" in words(
        analyst.post("/measures/submission/make/", asked(to="2026-02-01"))
    )


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_whoever_only_reads_is_told_who_makes_it(client, role):
    page = signed_in(client, user("Sam Somebody", role)).get("/measures/submission/")
    assert "performance analysts alone can make it" in words(page)
    assert "Make the file" not in words(page)
    assert client.post("/measures/submission/make/", asked()).status_code == 403


def test_the_page_says_what_is_due_until_it_is_made(analyst):
    supports(person())
    assert "No file has been made yet" in words(analyst.get("/measures/submission/"))
    analyst.post("/measures/submission/make/", asked())
    page = words(analyst.get("/measures/submission/"))
    assert "No file has been made yet" not in page
    assert "The quarter’s return" in page


def test_what_changed_is_told_with_its_reason_by_role_and_never_by_name(analyst):
    who = person("Quillon Featherstoneby", ethnicity="White: Irish")
    running(who)
    make(period=JUNE, moment=IN_JULY)
    people.change(person=who, ethnicity="White: Roma", reason="She told us.",
                  by=user("Wren Worker", Role.PRACTITIONER), at=at(2026, 8, 3))  # fmt: skip
    made, _ = make(period=SEPTEMBER, moment=IN_OCTOBER)
    page = words(analyst.get(f"/measures/submission/{made.pk}/"))
    assert "What changed since the one to 30 June 2026" in page
    for told in (
        "Ethnicity of services",
        "Changed the person’s details",
        "social care worker",
        "3 August 2026",
    ):
        assert told in page
    for name in ("Quillon", "Featherstoneby", who.ref, "Wren"):
        assert name not in page
    table = analyst.get(f"/measures/submission/{made.pk}/changes.csv").content.decode("utf-8-sig")
    assert "Ethnicity of services,1,Changed the person’s details,social care worker,3 August 2026" in table


def test_an_earlier_one_can_be_chosen_to_compare_with(analyst):
    running(person())
    first, _ = make(period=JUNE, moment=IN_JULY)
    running(person("Ash Example"), moment=at(2026, 8, 3))
    make(period=JUNE, moment=at(2026, 8, 4))
    last, _ = make(period=SEPTEMBER, moment=IN_OCTOBER)
    assert "Nothing was changed on record in between." in words(
        analyst.get(f"/measures/submission/{last.pk}/")
    )
    page = words(analyst.get(f"/measures/submission/{last.pk}/?since={first.pk}"))
    assert "Services that came" in page
    assert "Nothing was changed on record in between." in words(
        analyst.get(f"/measures/submission/{last.pk}/?since=99999")
    )


def test_the_first_has_nothing_to_be_compared_with(analyst):
    running(person())
    made, _ = make(period=JUNE, moment=IN_JULY)
    assert "the first submission on record" in words(analyst.get(f"/measures/submission/{made.pk}/"))
    assert analyst.get(f"/measures/submission/{made.pk}/changes.csv").status_code == 404


def test_a_submission_that_is_not_there_is_not_found(analyst):
    assert analyst.get("/measures/submission/99999/").status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Delivery_Mechanism", "Delivery mechanism"),
        ("NHS_Number", "NHS number"),
        ("Adult_1_Linked_Person_ID", "Adult 1 linked person number"),
        ("Unit_Cost", "Unit cost"),
        ("Event_End_Date", "End date"),
    ],
)
def test_a_field_is_called_as_people_call_it(name, said):
    assert field_words(name) == said
