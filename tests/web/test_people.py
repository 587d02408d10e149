"""People on pages: found, registered after a look, changed; requests; the journey; today's work; history."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from making import person, signed_in, team, user

from wherewithal.actions import circle
from wherewithal.actions import person as people
from wherewithal.actions import request as requests
from wherewithal.core.roles import Role
from wherewithal.records.models import (
    Arrangement,
    Caring,
    Person,
    Plan,
    Request,
)
from wherewithal.web.clock import now, today

pytestmark = pytest.mark.django_db
NEW = {
    "given_name": "Patt", "family_name": "Example", "born_on_day": "12", "born_on_month": "5",
    "born_on_year": "1948", "sex": "unknown", "language": "English", "format": "standard",
    "funding": "council",
}  # fmt: skip


@pytest.fixture
def wren(db):
    return user("Wren Worker", Role.PRACTITIONER, in_team=team())


@pytest.fixture
def browser(client, wren):
    return signed_in(client, wren)


@pytest.fixture
def pat(wren):
    return person(worker=wren)


def read(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def ask(pat, wren, days_ago=10, **rest):
    return requests.receive(
        person=pat, route=Request.Route.COMMUNITY, from_whom=Request.FromWhom.SELF, about="Help to cook",
        received_on=today() - timedelta(days=days_ago), by=wren, at=now(), **rest,
    )  # fmt: skip


def test_a_person_is_found_although_the_name_is_spelt_otherwise(browser, pat):
    page = read(browser.get(reverse("people"), {"q": "pat exampel"}))
    assert reverse("person", args=[pat.ref]) in page


def test_somebody_of_another_team_is_not_found_by_name_and_only_named_by_reference_when_exact(browser):
    otto = person("Otto Outside", team=team("South"), nhs_number="943 476 5919")
    assert otto.ref not in read(browser.get(reverse("people"), {"q": "otto outside"}))
    page = read(browser.get(reverse("people"), {"q": "943 476 5919"}))
    assert f"{otto.ref} is on record outside your teams" in page
    assert "Otto" not in page


def test_a_likely_duplicate_is_shown_before_saving_and_the_choice_is_kept(browser, pat):
    answers = NEW | {"team": team().pk}
    page = read(browser.post(reverse("person_new"), answers))
    assert "Is it one of these?" in page
    assert f'name="not_these" value="{pat.ref}"' in page
    assert Person.objects.count() == 1
    again = read(browser.post(reverse("person_new"), answers | {"not_these": pat.ref, "change": "yes"}))
    assert "Register somebody new" in again and 'value="Patt"' in again, "what was typed is there to mend"
    assert Person.objects.count() == 1
    response = browser.post(reverse("person_new"), answers | {"not_these": pat.ref})
    new = Person.objects.get(given_name="Patt")
    assert response.url == reverse("request_new", args=[new.ref])
    page = read(browser.get(reverse("person_history", args=[new.ref])))
    assert f"Looked at {pat.ref} first, and chose: somebody new." in page


def test_a_refusal_stands_on_its_field(browser):
    page = read(browser.post(reverse("person_new"), NEW | {"team": team().pk, "nhs_number": "943 476 5918"}))
    assert "its last digit does not fit the others" in page
    assert "<title>Error: Register somebody new" in page
    assert not Person.objects.exists()


def test_every_fault_of_a_new_person_is_told_at_once(browser):
    wrong = {
        "born_on_day": "31", "born_on_month": "2", "nhs_number": "123 456 7890", "postcode": "nonsense",
        "telephone": "12", "email": "nobody",
    }  # fmt: skip
    page = read(browser.post(reverse("person_new"), NEW | {"team": team().pk} | wrong))
    for says in (
        "Birth date: enter a real date, such as 12 5 1948",
        "its last digit does not fit the others",
        "“nonsense” is not a postcode",
        "“12” is not a telephone number",
        "Email: enter an email address in full",
    ):
        assert says in page, says


def test_another_language_is_asked_by_name(browser):
    page = read(browser.post(reverse("person_new"), NEW | {"team": team().pk, "language": "other"}))
    assert "Enter the language" in page
    browser.post(
        reverse("person_new"), NEW | {"team": team().pk, "language": "other", "other_language": "Cornish"}
    )
    assert Person.objects.get().language == "Cornish"


def test_a_change_shows_before_and_after_in_the_history(browser, pat):
    details = NEW | {"given_name": "Pat", "postcode": "EX1 1AA", "reason": "Told us by phone"}
    assert browser.post(reverse("person_change", args=[pat.ref]), details).status_code == 302
    page = read(browser.get(reverse("person_history", args=[pat.ref])))
    assert "Changed the person’s details" in page
    assert "Wren Worker" in page
    assert "“Told us by phone”" in page
    assert "<del>nothing</del>" in page
    assert "<ins>EX1 1AA</ins>" in page


def test_the_history_is_newest_first_paged_and_costs_as_many_queries_for_many_changes(
    browser, pat, wren, django_assert_max_num_queries
):
    for turn in range(25):
        people.change(
            person=pat,
            reason="Moved",
            address=f"{turn} Nowhere Lane",
            by=wren,
            at=now() + timedelta(seconds=turn),
        )
    with django_assert_max_num_queries(25):
        page = read(browser.get(reverse("person_history", args=[pat.ref])))
    assert page.index("24 Nowhere Lane") < page.index("9 Nowhere Lane")
    assert "Registered the person" not in page
    assert "Registered the person" in read(
        browser.get(reverse("person_history", args=[pat.ref]), {"page": 2})
    )


def test_a_carer_is_registered_and_linked_in_their_own_right(browser, pat):
    carer = NEW | {"given_name": "Sam", "family_name": "Carer", "born_on_year": "1975", "team": team().pk}
    response = browser.post(f"{reverse('person_new')}?carer_of={pat.ref}", carer)
    sam = Person.objects.get(given_name="Sam")
    assert response.url == f"{reverse('carer_add', args=[pat.ref])}?carer={sam.ref}"
    browser.post(response.url, {"relationship": "daughter", "hours_a_week": "30", "lives_together": "yes"})
    assert Caring.objects.get().hours_a_week == 30
    assert "Carer: daughter, 30 hours a week, living together" in read(
        browser.get(reverse("person", args=[pat.ref]))
    )


def test_representatives_and_household_are_named_and_ended(browser, pat):
    browser.post(
        reverse("representative_add", args=[pat.ref]),
        {"name": "Robin Helper", "kind": "nominated", "holds_money": "yes"},
    )
    browser.post(
        reverse("household_add", args=[pat.ref]),
        {"name": "Lee Example", "relation": "child", "same_household": "yes"},
    )
    page = read(browser.get(reverse("person", args=[pat.ref])))
    assert "Robin Helper" in page
    assert "Lee Example" in page
    robin = pat.representations.get()
    browser.post(reverse("tie_end", args=[pat.ref, "representatives", robin.pk]), {"reason": "Asked to stop"})
    assert "Robin Helper: until today." in read(browser.get(reverse("person", args=[pat.ref])))
    assert "Robin Helper" not in read(browser.get(reverse("person", args=[pat.ref])))


def test_a_record_that_ends_says_what_still_runs(browser, pat, wren):
    Arrangement.objects.create(
        person=pat, order_number="PO-0000009", what="Reablement", kind="reablement", held="in_house",
        term="short", state="active", first=today(),
    )  # fmt: skip
    page = read(browser.get(reverse("person_end", args=[pat.ref])))
    assert "PO-0000009 Reablement" in page
    day = today()
    answers = {"because": "moved", "on_day": day.day, "on_month": day.month, "on_year": day.year}
    page = read(browser.post(reverse("person_end", args=[pat.ref]), answers, follow=True))
    assert "End what still runs next" in page
    assert "Moved to another council" in page


def test_ending_a_record_names_every_plan_that_is_withdrawn_with_it(browser, pat, wren):
    for kind in ("adult", "carer"):
        Plan.objects.create(person=pat, kind=kind, written_by="worker", author=wren, started_on=today())
    page = read(browser.get(reverse("person_end", args=[pat.ref])))
    assert "version 1 of the plan, draft" in page
    assert "version 1 of the plan as a carer, draft" in page


def test_a_request_goes_from_the_page_to_an_assessment(browser, pat):
    day = today()
    asked = {"about": "Help to cook", "from_whom": "self", "route": "community", "received_on_day": day.day,
             "received_on_month": day.month, "received_on_year": day.year}  # fmt: skip
    response = browser.post(reverse("request_new", args=[pat.ref]), asked)
    made = Request.objects.get()
    assert response.url == reverse("request_decide", args=[pat.ref, made.pk])
    browser.post(response.url, {"outcome": "assessment"})
    made.refresh_from_db()
    assert made.outcome == "assessment"


def test_the_date_of_a_request_is_corrected_from_its_page(browser, pat, wren):
    asked = ask(pat, wren)
    where = reverse("request_date", args=[pat.ref, asked.pk])
    assert where in read(browser.get(reverse("request_decide", args=[pat.ref, asked.pk])))
    day = {"received_on_day": "2", "received_on_month": "4", "received_on_year": "2026"}
    assert "Answer “Why does the date change?”" in read(browser.post(where, day | {"reason": " "}))
    browser.post(where, day | {"reason": "It came by post on the Thursday"})
    asked.refresh_from_db()
    assert asked.received_on == date(2026, 4, 2)
    shown = read(browser.get(reverse("person_history", args=[pat.ref])))
    assert "Corrected the day on which a request came" in shown
    assert "It came by post on the Thursday" in shown


def test_short_term_support_is_started_from_the_page(browser, pat, wren):
    asked = ask(pat, wren)
    where = reverse("request_decide", args=[pat.ref, asked.pk])
    page = read(browser.post(where, {"outcome": "short_term", "service": "reablement", "what": "At home"}))
    assert "Enter the day it starts" in page
    day = today()
    first = {"first_day": day.day, "first_month": day.month, "first_year": day.year}
    browser.post(
        where,
        {"outcome": "short_term", "service": "reablement", "what": "At home", "pence_per_week": "310"}
        | first,
    )
    assert Arrangement.objects.get(person=pat).prices.get().pence_per_week == 31000


def test_the_tabs_of_a_person_are_those_the_role_opens(client, pat):
    finance = signed_in(client, user("Fin Officer", Role.FINANCE))
    page = read(finance.get(reverse("person", args=[pat.ref])))
    assert reverse("person_history", args=[pat.ref]) not in page
    assert reverse("person_change", args=[pat.ref]) not in page


def test_a_carers_page_names_whom_they_care_for(browser, pat, wren):
    sam = person("Sam Carer", born_on=date(1975, 2, 3))
    circle.link_carer(person=pat, carer=sam, relationship="daughter", by=wren, at=now())
    page = read(browser.get(reverse("person", args=[sam.ref])))
    assert reverse("person", args=[pat.ref]) in page
