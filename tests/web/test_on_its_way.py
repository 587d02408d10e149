"""A first payment before its pay day and on it: every page tells it as it is, and nothing is paid early."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from making import signed_in, user
from paying import PERIOD, direct_payment, doing, finance, moment, other_officer, sent, support

from wherewithal.actions import request as requests
from wherewithal.actions import run
from wherewithal.core.roles import Role
from wherewithal.extract.journeys import journeys
from wherewithal.records.models import Agreement, Arrangement, Request, Run

pytestmark = pytest.mark.django_db
BEFORE, PAY_DAY = date(2026, 4, 21), date(2026, 4, 22)


@pytest.fixture
def clock(monkeypatch):
    def move(day: date) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment(day, 15))

    move(BEFORE)
    return move


@pytest.fixture
def pat(clock):
    """Asked on 17 April, signed on 20 April; the run that pays the first time was sent that day."""
    agreement = direct_payment("Pat Example", 20000, pays=1200)
    requests.receive(
        person=agreement.person, received_on=date(2026, 4, 17), route=Request.Route.COMMUNITY,
        from_whom=Request.FromWhom.SELF, about="Help to cook", **doing(PERIOD),
    )  # fmt: skip
    sent(run.draft_first(agreement=agreement, **doing(PERIOD)))
    return agreement.person


@pytest.fixture
def fin(client):
    """Fin Finance at a browser, signed in at the moment that the clock says."""
    return lambda: signed_in(client, user("Fin Finance", Role.FINANCE))


def number() -> str:
    return Run.objects.get().number


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def test_a_summary_says_that_the_money_is_on_its_way_and_then_that_it_was_paid(pat, fin, clock):
    summary = text(fin().get(f"/people/{pat.ref}/"))
    assert "The first payment is on its way: 22 April 2026, 5 days after they asked" in summary
    assert 'ww-journey__detail">on 22 April 2026<' in summary
    assert 'On its way </dt> <dd class="govuk-summary-list__value"> £752.00' in summary
    assert 'Held now </dt> <dd class="govuk-summary-list__value"> £0.00' in summary
    clock(PAY_DAY)
    summary = text(fin().get(f"/people/{pat.ref}/"))
    assert "First paid 5 days after they asked" in summary
    assert 'ww-journey__detail">22 April 2026<' in summary
    assert 'Held now </dt> <dd class="govuk-summary-list__value"> £752.00' in summary
    assert "On its way" not in summary


def test_a_second_request_does_not_move_the_clock_of_the_first(pat, fin, clock):
    clock(PAY_DAY)
    for day in (date(2026, 4, 21), PAY_DAY):
        requests.receive(
            person=pat, received_on=day, route=Request.Route.COMMUNITY, from_whom=Request.FromWhom.SELF,
            about="A rail in the bath", **doing(day),
        )  # fmt: skip
    requests.decide(request=pat.requests.first(), outcome="assessment", words="To assess", **doing(PAY_DAY))
    summary = text(fin().get(f"/people/{pat.ref}/"))
    assert "First paid 5 days after they asked" in summary
    assert 'ww-journey__detail">17 April 2026<' in summary


def test_a_second_direct_payment_starts_no_clock_and_the_measure_counts_as_the_page_does(pat, fin, clock):
    clock(PAY_DAY)
    first = pat.agreements.get()
    Agreement.objects.filter(pk=first.pk).update(ended_on=date(2026, 5, 31))
    Agreement.objects.create(
        person=pat, plan=first.plan, decision=first.decision, holder="person", paid_to="bank",
        payee_name=pat.name, sort_code="000000", account_number="12345678", signed_on=date(2026, 7, 6),
        signed_by=first.signed_by, first_paid_on=date(2026, 7, 8),
    )  # fmt: skip
    again = requests.receive(
        person=pat, received_on=date(2026, 6, 29), route=Request.Route.COMMUNITY,
        from_whom=Request.FromWhom.SELF, about="Help to cook again", **doing(date(2026, 6, 29)),
    )  # fmt: skip
    requests.decide(request=again, outcome="assessment", words="To assess", **doing(date(2026, 6, 30)))
    clock(date(2026, 7, 8))
    assert "First paid 5 days after they asked" in text(fin().get(f"/people/{pat.ref}/"))
    ((whose, row),) = journeys(date(2026, 7, 8), since=date(2026, 4, 1))
    assert whose == pat.pk
    assert (row["requested_on"], row["first_paid_on"]) == (date(2026, 4, 17), PAY_DAY)


def test_a_first_run_says_that_support_starts_before_the_money_comes(pat, fin):
    said = text(fin().get(f"/money/runs/{number()}/"))
    assert "22 April 2026. Support starts on 20 April 2026, before the money comes" in said


def test_a_persons_money_page_tells_the_day_and_that_nothing_came_in_yet(pat, fin, clock):
    page = text(fin().get(f"/people/{pat.ref}/money/"))
    assert page.count("On its way, will be paid on 22 April 2026") == 1
    assert f"{number()}-000001</a>: on its way, will be paid on 22 April 2026." in page
    assert "Nothing has come into the direct payment account or gone out of it yet." in page
    assert "The direct payment account</caption>" not in page
    clock(PAY_DAY)
    page = text(fin().get(f"/people/{pat.ref}/money/"))
    assert f"{number()}-000001</a>: paid on 22 April 2026." in page
    assert "The direct payment account</caption>" in page


def test_staff_read_whose_contribution_is_taken_off_and_the_person_reads_that_it_is_theirs(pat, fin, client):
    payment = Run.objects.get().payments.get()
    for page in (f"/people/{pat.ref}/money/", f"/money/runs/{number()}/payments/{payment.pk}/"):
        shown = text(fin().get(page))
        assert "Less Pat Example’s contribution: 28 days at £12.00 a week" in shown
        assert "your contribution" not in shown
    pat.user = user("Pat Example", Role.PERSON)
    pat.save()
    assert "Less your contribution: 28 days" in text(
        signed_in(client, pat.user).get(f"/my/payments/{payment.pk}/")
    )


def test_a_run_is_told_as_paid_from_its_pay_day_on_and_by_whom(pat, fin, clock):
    page = f"/money/runs/{number()}/"
    assert "Its pay day is on 22 April 2026." in text(fin().get(page)), "nobody took its file yet"
    fin().get(f"{page}file/")
    shown = text(fin().get(page))
    assert "On its way: the bank pays it on 22 April 2026." in shown
    assert "The bank has paid it" not in shown
    refused = text(fin().post(f"{page}step/settle/"))
    assert f"The bank pays {number()} on 22 April 2026. Say so on that day or later." in refused
    clock(PAY_DAY)
    assert "The bank has paid it" in text(fin().get(page))
    assert "Every payment counts as paid, except those that the bank sent back." in text(fin().get(page))
    fin().post(f"{page}step/settle/")
    made = Run.objects.get()
    assert (made.sent_by, made.settled_by) == (finance(), user("Fin Finance"))
    steps = text(fin().get(page)).split('class="ww-journey"')[1].split("</ol>")[0]
    assert f"20 April 2026, {made.sent_by}" in steps
    assert f"20 April 2026, {other_officer()}" in steps
    assert f"22 April 2026, {made.settled_by}" in steps


def test_a_run_says_how_many_days_it_pays_and_why(pat, fin):
    why = "It lasts until the day before 18 May 2026: the four-weekly run from that day is the first"
    payment = Run.objects.get().payments.get()
    for page in (f"/money/runs/{number()}/", f"/money/runs/{number()}/payments/{payment.pk}/"):
        shown = text(fin().get(page))
        assert "20 April 2026 to 17 May 2026, 28 days" in shown
        assert why in shown


def test_the_file_of_a_runs_payments_holds_pounds_as_people_write_them(pat, fin):
    with CaptureQueriesContext(connection) as asked:
        answer = fin().get(f"/money/runs/{number()}/payments.csv")
    assert not [one for one in asked if '"workings"' in one["sql"]], "what the file does not say is not read"
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True)) == {
        "Payment": f"{number()}-000001", "Person": pat.ref, "From": "2026-04-20", "To": "2026-05-17",
        "Support (£)": "800.00", "Contribution (£)": "48.00", "Payment (£)": "752.00", "State": "Sent",
    }  # fmt: skip


def test_support_that_is_planned_shows_what_it_will_cost_and_from_when(pat, fin):
    swimming = support(pat.plans.get(), 3000, first=date(2026, 5, 4), what="Swimming")
    Arrangement.objects.filter(pk=swimming.pk).update(state="planned")
    row = text(fin().get(f"/people/{pat.ref}/money/")).split(swimming.order_number)[1].split("</tr>")[0]
    assert '£30.00<span class="ww-statement__note">from 4 May 2026</span>' in row
    assert "£0.00" in row, "nothing of it stands in a run that has not been sent"
