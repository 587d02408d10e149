"""The council's money on pages: runs step by step, questions, a person's account, columns that must meet."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from making import person, signed_in, team, user
from paying import balance, direct_payment, doing, four_weekly, sent

from wherewithal.actions import access, arrangement, card, contribution, run
from wherewithal.actions.card_file import dry_run
from wherewithal.core.money import pounds
from wherewithal.core.payments import period_at
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.roles import Role
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Contribution,
    Import,
    Opening,
    Payment,
    Person,
    Question,
    Run,
)
from wherewithal.records.traces import takers
from wherewithal.web.clock import now, today
from wherewithal.web.home import TOO_FEW
from wherewithal.web.money import accounts, balances
from wherewithal.web.next_step import next_step

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEKS = timedelta(days=28)
HEAD = "line_id,card,posted_on,merchant,merchant_code,amount\n"


@pytest.fixture(autouse=True)
def fresh_answers():
    cache.clear()


@pytest.fixture
def first():
    """The first day of the four-weekly period under way."""
    return period_at(payment_rules(Used(today())).first_period_on, today()).first


@pytest.fixture
def pat(first):
    return direct_payment("Pat Example", 20000, 5000, pays=1200, signed_on=first, card="EXC-1")


@pytest.fixture
def fin(client):
    return signed_in(client, user("Fin Finance", Role.FINANCE))


@pytest.fixture
def lee():
    return signed_in(Client(), user("Lee Ledger", Role.FINANCE))


def paid_for(first) -> Run:
    return sent(run.draft_period(first=first, **doing(first - 4 * DAY)))


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_run_goes_from_draft_to_paid_through_two_officers_on_pages(pat, first, fin, lee):
    drafted = fin.post("/money/runs/draft/", {"first": first.isoformat()}, follow=True)
    made = Run.objects.get()
    assert f"{made.number} is drafted: 1 payment." in text(drafted)
    page = f"/money/runs/{made.number}/"
    fin.post(f"{page}step/check/")
    shown = text(fin.get(page))
    assert "You drafted this run, so somebody else approves it: a finance officer." in shown
    assert "step/approve/" not in shown and "step/approve/" in text(lee.get(page))
    refused = text(fin.post(f"{page}step/approve/"))
    assert "You drafted this run, so you cannot approve it. Who could: any other finance officer." in refused
    lee.post(f"{page}step/approve/")
    fin.post(f"{page}step/send/")
    file = fin.get(f"{page}file/")
    made.refresh_from_db()
    assert (made.state, file.content.decode()) == ("sent", made.file)
    assert file["Cache-Control"] == "no-store, private", "a copy kept on the way would leave no trace"
    assert file["Content-Disposition"] == f'attachment; filename="{made.number}.xml"'
    max_manager = signed_in(Client(), user("Max Manager", Role.MANAGER))
    assert f"{page}file/" in text(fin.get(page)) and f"{page}file/" not in text(max_manager.get(page))
    assert max_manager.get(f"{page}file/").status_code == 403, "it holds everybody's name and account"
    Run.objects.update(pay_on=today())
    fin.post(f"{page}step/settle/")
    shown = text(fin.get(page))
    assert "£952.00 (the same)" in shown and "Paid" in shown


@pytest.fixture
def two_files(pat, first, fin, lee):
    """One run pays Pat and Otto, and not Nil, the next Otto alone. Fin took both files, Lee the first."""
    otto = direct_payment("Otto Example", 10000, signed_on=first)
    direct_payment("Nil Nothing", 1000, pays=1000, signed_on=first)
    both = paid_for(first)
    Agreement.objects.filter(pk=pat.pk).update(ended_on=first + WEEKS - DAY)
    alone = sent(run.draft_period(first=first + WEEKS, **doing(first + WEEKS - 4 * DAY)))
    assert [one.person.name for one in alone.payments.filter(pence__gt=0)] == ["Otto Example"]
    for who, which in ((fin, both), (lee, both), (lee, both), (fin, alone)):
        who.get(f"/money/runs/{which.number}/file/")
    return both, alone, otto


def test_whoever_downloads_a_bank_file_leaves_a_trace_on_everybody_whom_it_pays(pat, two_files, fin):
    both, alone, otto = two_files
    traced = Opening.objects.values_list("person", "user__display_name", "page")
    first_file, second_file = (f"bank file {one.number}" for one in (both, alone))
    assert Counter(traced) == {
        (pat.person_id, "Fin Finance", first_file): 1, (pat.person_id, "Lee Ledger", first_file): 2,
        (otto.person_id, "Fin Finance", first_file): 1, (otto.person_id, "Lee Ledger", first_file): 2,
        (otto.person_id, "Fin Finance", second_file): 1,
    }, "a payment of nothing stays out of the file"  # fmt: skip
    assert [str(who) for who, _ in takers(both)] == ["Fin Finance", "Lee Ledger", "Lee Ledger"]
    both.refresh_from_db()
    assert both.file.count("<CdtTrfTxInf>") == 2, "as many as were told"
    assert [str(who) for who, _ in takers(alone)] == ["Fin Finance"]
    shown = text(fin.get(f"/money/runs/{both.number}/"))
    assert shown.count(f"Lee Ledger, {written(today())}, ") == 2
    assert shown.index("Fin Finance, ") < shown.index("Lee Ledger, ")


def test_a_file_that_nobody_took_leaves_no_trace(pat, first, fin):
    made = paid_for(first)
    shown = text(fin.get(f"/money/runs/{made.number}/"))
    assert "Nobody has downloaded the bank file yet." in shown
    assert "On its way" not in shown, "the bank has nothing to pay from yet"
    assert fin.head(f"/money/runs/{made.number}/file/").status_code == 405
    drafted = run.draft_period(first=first + WEEKS, **doing(first))
    assert "Downloaded" not in text(fin.get(f"/money/runs/{drafted.number}/"))
    with pytest.raises(run.NotThatState):
        run.take_file(run=drafted, **doing(first))
    assert not Opening.objects.exists()
    fin.get(f"/money/runs/{made.number}/file/")
    assert "Nobody has downloaded" not in text(fin.get(f"/money/runs/{made.number}/"))


def test_a_day_is_the_day_here_and_the_role_is_that_of_the_day(pat, first, fin):
    """After midnight in summer it is still yesterday by Greenwich; and who left since had the role then."""
    made, officer = paid_for(first), user("Gus Gone", Role.FINANCE)
    run.take_file(run=made, by=officer, at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    officer.memberships.update(started_on=date(2026, 1, 5), ended_on=date(2026, 7, 31))
    login = access.act_for(person=pat.person, email="pat@example.org", by=user("Wren Worker"), at=now())
    shown = text(signed_in(Client(), login).get("/my/looked/"))
    assert "A file with your payment was downloaded on 1 July 2026." in shown, "once: no count, no last time"
    assert "<li>1 July 2026, finance officer</li>" in shown


def test_people_read_on_which_days_their_account_left_in_a_bank_file(pat, two_files):
    both, _, otto = two_files
    earlier = today() - 28 * DAY
    run.take_file(run=both, by=user("Fin Finance", Role.FINANCE), at=now() - 28 * DAY)
    login = access.act_for(person=pat.person, email="pat@example.org", by=user("Wren Worker"), at=now())
    shown = text(signed_in(Client(), login).get("/my/looked/"))
    said = f"A file with your payment was downloaded on 2 days, the last time on {written(today())}."
    assert "Nobody has opened it yet." in shown and said in shown
    days = [f"{written(day)}, finance officer" for day in (today(), earlier)]
    assert re.findall(r"<li>([^<]*)</li>", shown) == days, "roles, never names"
    auditor = signed_in(Client(), user("Ada Auditor", Role.AUDITOR))
    where = f"/people/{otto.person.ref}/history/opened/"
    listed = text(auditor.get(where))
    assert f"Such a file was downloaded on 2 days, the last time on {written(today())}." in listed
    for who in ("Fin Finance", "Lee Ledger"):
        assert listed.count(f"<li>{written(today())}, {who} (finance officer)</li>") == 1
    stranger = text(auditor.get(f"/people/{person().ref}/history/opened/"))
    assert "Bank files" in listed and "Bank files" not in stranger


def test_a_run_that_waits_stands_under_what_waits_and_on_the_page_of_a_later_one(pat, first, fin):
    made = run.draft_period(first=first, **doing(first))
    later = run.draft_period(first=first + WEEKS, **doing(first))
    shown = text(fin.get("/money/"))
    assert f"{made.number}</a>, pay day {written(made.pay_on)}, is to be checked" in shown
    assert "An earlier run waits:" not in text(fin.get(f"/money/runs/{made.number}/"))
    waits = text(fin.get(f"/money/runs/{later.number}/"))
    assert "An earlier run waits:" in waits and f"{made.number}</a>, to be paid on" in waits
    run.cancel(run=later, reason="The earlier one first", **doing(first))
    sent(made)
    shown = text(fin.get(f"/money/runs/{later.number}/"))
    assert "An earlier run waits:" not in shown
    Run.objects.filter(pk=made.pk).update(pay_on=today() + DAY)
    assert "waits for its bank file to be downloaded" in text(fin.get("/money/"))
    fin.get(f"/money/runs/{made.number}/file/")
    assert f"{made.number}</a>, pay day" not in text(fin.get("/money/")), "on its way: nobody can do anything"
    Run.objects.filter(pk=made.pk).update(pay_on=today())
    assert "waits for somebody to say that the bank has paid it" in text(fin.get("/money/"))


def test_what_came_back_from_the_bank_waits_until_a_run_has_it(pat, first, fin):
    made = paid_for(first)
    shown = text(fin.get("/money/"))
    assert "sent a payment back" not in shown
    payment = Payment.objects.get(run=made)
    run.return_payment(payment=payment, reason="The account was closed", **doing(first))
    assert f"£952.00</a> is owed to {pat.person.ref}, to whom the bank" in text(fin.get("/money/"))
    again = run.draft_owed(agreement=pat, **doing(first + DAY))
    assert "sent a payment back" not in text(fin.get("/money/")), "a run has it"
    sent(again)


def test_money_that_is_left_after_a_direct_payment_ended_waits_for_somebody(first, fin):
    gone = direct_payment("Old Example", 10000, signed_on=first - WEEKS)
    sent(run.draft_period(first=first - WEEKS, **doing(first - WEEKS - 4 * DAY)))
    assert "is still held for" not in text(fin.get("/money/")), "it runs"
    Agreement.objects.filter(pk=gone.pk).update(ended_on=first - DAY)
    said = f"£400.00</a> is still held for {gone.person.ref}, whose direct payment ended on"
    assert f"{said} {written(first - DAY)}" in text(fin.get("/money/"))
    direct_payment("Another Example", 10000, signed_on=first)
    Agreement.objects.exclude(pk=gone.pk).update(person=gone.person)
    assert "is still held for" not in text(fin.get("/money/")), "another one goes on with it"


def test_whose_own_share_covers_it_all_waits_for_no_first_payment(first):
    held = direct_payment("Nil Nothing", 1000, pays=1000, signed_on=first)
    direct_payment("Otto Example", 10000, signed_on=first)
    assert next_step(held.person, first).text == "Make the first payment"
    drafted = run.draft_period(first=first, **doing(first - 4 * DAY))
    assert next_step(held.person, first).text != "Make the first payment"
    run.cancel(run=drafted, reason="Too early", **doing(first))
    assert next_step(held.person, first).text == "Make the first payment"


def test_the_four_weekly_runs_are_drafted_one_after_another(fin, clock):
    def offered() -> list[str]:
        page = html.fromstring(fin.get("/money/runs/draft/").content.decode())
        return page.xpath("//main//input[@name='first']/@value")

    clock(date(2026, 5, 1))
    direct_payment("Sam Sample", 10000, signed_on=date(2026, 4, 20))
    assert offered() == ["2026-04-20", "2026-05-18"], "one that has begun may never have a run"
    run.draft_period(first=date(2026, 5, 18), **doing(date(2026, 5, 1)))
    assert offered() == ["2026-04-20", "2026-06-15"]


def test_who_may_not_take_a_step_is_told_and_does_not(pat, first, fin):
    made = run.draft_period(first=first, **doing(first))
    officer = signed_in(Client(), user("Dee Direct", Role.DIRECT_PAYMENT_OFFICER))
    assert officer.post(f"/money/runs/{made.number}/step/approve/").status_code == 403
    assert fin.post(f"/money/runs/{made.number}/step/spend/").status_code == 404
    assert fin.get(f"/money/runs/{made.number}/file/").status_code == 404


def test_a_payment_shows_its_payslip_its_orders_and_leaves_a_trace(pat, first, fin):
    payment = paid_for(first).payments.get()
    shown = text(fin.get(f"/money/runs/{payment.run.number}/payments/{payment.pk}/"))
    for words in ("Support 1: 28 days at £200.00 a week", "Less Pat Example’s contribution", "£952.00",
                  "PO-0000002", "£190.40", "account ending 5678"):  # fmt: skip
        assert words in shown
    assert Opening.objects.filter(person=pat.person, user__display_name="Fin Finance").exists()


def test_a_run_links_the_payments_of_those_alone_whom_one_may_open(pat, first, client):
    otto, everybody = person("Otto Outside", team=team("South")), ["Otto Outside", "Pat Example"]
    direct_payment(person=otto, signed_on=first)
    made = paid_for(first)
    outside = "Those without a link are of people outside your teams."
    urgent = user("Una Urgent", Role.MANAGER, in_team=team("North"))
    access.emergency(person=otto, reason="Their daughter rang: no money came", by=urgent, at=now())
    for who, opens in (
        (user("Fin Finance", Role.FINANCE), everybody),
        (user("Max Manager", Role.MANAGER, in_team=team("North")), ["Pat Example"]),
        (urgent, everybody),
    ):
        page = html.fromstring(signed_in(client, who).get(f"/money/runs/{made.number}/").content)
        rows = page.xpath("//table[contains(caption, 'Payments of')]/tbody/tr")
        linked = {row.xpath("string(td[1])"): row.xpath(".//a/@href") for row in rows}
        names = {one.ref: one.name for one in Person.objects.all()}
        assert sorted(names[ref] for ref in linked) == everybody
        assert sorted(names[ref] for ref, links in linked.items() if links) == opens
        assert (outside in page.text_content()) == (len(opens) < 2)
        assert all(client.get(link).status_code == 200 for links in linked.values() for link in links)


def test_a_payment_of_another_team_is_not_opened(pat, first):
    payment = paid_for(first).payments.get()
    other = signed_in(Client(), user("Sol South", Role.FINANCE, in_team=team("South")))
    for page in ("", "return/"):
        address = f"/money/runs/{payment.run.number}/payments/{payment.pk}/{page}"
        assert other.get(address).status_code == 403


def test_a_payment_that_came_back_is_owed_and_paid_at_once(pat, first, fin):
    payment = paid_for(first).payments.get()
    address = f"/money/runs/{payment.run.number}/payments/{payment.pk}/return/"
    assert "Answer “Why did the bank send it back?”" in text(fin.post(address, {"reason": ""}))
    fin.post(address, {"reason": "Account closed"})
    account = text(fin.get(f"/people/{pat.person.ref}/money/"))
    assert "£952.00 is owed" in account and "The difference statement" in account
    made = fin.post(f"/people/{pat.person.ref}/money/pay-now/", follow=True)
    assert "is drafted: £952.00." in text(made)
    again = fin.post(f"/people/{pat.person.ref}/money/pay-now/", follow=True)
    assert "There is nothing to pay" in text(again)


def test_a_back_dated_price_shows_its_difference_statement(pat, first, fin):
    paid_for(first)
    order = pat.plan.arrangements.first().order_number
    given = {"first_day": first.day, "first_month": first.month, "first_year": first.year,
             "pence_per_week": "210.00", "reason": "Yearly rise"}  # fmt: skip
    done = text(fin.post(f"/people/{pat.person.ref}/money/{order}/reprice/", given, follow=True))
    assert "£40.00 goes out with the next run." in done
    assert "£40.00 is owed" in done


@pytest.mark.parametrize("typed", ["10000.01", "42949748.96", "999999999999"])
def test_a_price_that_nobody_can_mean_is_refused(pat, first, fin, typed):
    order = pat.plan.arrangements.first().order_number
    given = {"first_day": first.day, "first_month": first.month, "first_year": first.year,
             "pence_per_week": typed, "reason": "A slip"}  # fmt: skip
    answer = fin.post(f"/people/{pat.person.ref}/money/{order}/reprice/", given)
    assert "New price a week: enter £10,000.00 or less" in text(answer)
    assert pat.plan.arrangements.first().prices.count() == 1


def test_a_price_far_from_the_one_that_was_signed_off_asks_for_a_new_version_of_the_plan(pat, first, fin):
    one = pat.plan.arrangements.first()
    address = f"/people/{pat.person.ref}/money/{one.order_number}/reprice/"
    assert "from today a price between £180.00 and £220.00 can be set here" in text(fin.get(address))
    given = {"first_day": first.day, "first_month": first.month, "first_year": first.year,
             "pence_per_week": "5000", "reason": "Wages"}  # fmt: skip
    answer = text(fin.post(address, given))
    assert "£200.00 a week was agreed on" in answer and "start a new version of the plan" in answer
    assert one.prices.count() == 1


def test_a_price_that_is_still_to_come_stands_beside_todays(pat, first, fin):
    paid_for(first)
    order = pat.plan.arrangements.first().order_number
    later = today().replace(day=1) + timedelta(days=400)
    given = {"first_day": later.day, "first_month": later.month, "first_year": later.year,
             "pence_per_week": "210.00", "reason": "Yearly rise"}  # fmt: skip
    done = text(fin.post(f"/people/{pat.person.ref}/money/{order}/reprice/", given, follow=True))
    assert f"£210.00 from {written(later)}" in done


def test_all_support_ends_and_the_rest_comes_back(pat, first, fin):
    paid_for(first)
    given = {"on_day": first.day, "on_month": first.month, "on_year": first.year, "because": "Died"}
    done = fin.post(f"/people/{pat.person.ref}/money/end/", given, follow=True)
    assert "£918.00 that was paid ahead comes back" in text(done)
    assert balance(pat.person, "held") == 2857 + 714 - 171, "one day of each, less the contribution"
    assert "End all support" not in text(fin.get(f"/people/{pat.person.ref}/money/"))


def test_what_was_paid_ahead_to_a_stopped_payment_is_on_the_worklist_until_it_came_back(pat, first, fin):
    paid_for(first)
    pat.ended_on = first
    pat.save()
    assert f"paid ahead to {pat.person.ref}" in text(fin.get("/money/"))
    account = text(fin.get(f"/people/{pat.person.ref}/money/"))
    assert "was paid ahead</strong> for days that are no longer due" in account
    fin.post(f"/people/{pat.person.ref}/money/take-back/")
    assert f"paid ahead to {pat.person.ref}" not in text(fin.get("/money/"))
    done = fin.post(f"/people/{pat.person.ref}/money/take-back/", follow=True)
    assert "Nothing was paid too much." in text(done)


def test_missed_contributions_are_listed_with_who_and_how_much(pat, first, fin):
    paid_for(first)
    Contribution.objects.update(due_on=first - 30 * DAY)
    contribution.mark_missed(on=today(), **doing(today()))
    assert "1 person</a> with a missed contribution, £48.00 in all" in text(fin.get("/money/"))
    shown = text(fin.get("/money/contributions/"))
    assert "Pat Example" in shown and "£48.00" in shown


def test_the_page_to_draft_from_says_what_would_be_paid_or_why_nothing_is(pat, first, fin):
    empty = text(fin.get("/money/runs/draft/"))
    assert "pays the 1 direct payment that runs" in empty
    soon = direct_payment("Sam Sample", 10000, signed_on=today())
    later = direct_payment("Lea Later", 10000, signed_on=today())
    Arrangement.objects.filter(person=later.person).update(first=today() + 3 * WEEKS)
    page = html.fromstring(fin.get("/money/runs/draft/").content.decode())
    told = {one.text_content().split(",")[0].strip(): " ".join(one.text_content().split())
            for one in page.xpath("//main//p[strong]")}  # fmt: skip
    made = run.draft_first(agreement=soon, **doing(today()))
    assert (
        f"{pounds(made.total_pence)} for {written(made.first)} to {written(made.last)}"
        in told[soon.person.ref]
    )
    assert f"paid on {written(made.pay_on)}" in told[soon.person.ref]
    starts = written(today() + 3 * WEEKS)
    assert f"Nothing is due in a run of its own. Support starts on {starts}." in told[later.person.ref]
    buttons = [one.text_content().strip() for one in page.xpath("//main//button")]
    assert f"Draft the first payment of {soon.person.ref}" in buttons
    assert f"Draft the first payment of {later.person.ref}" not in buttons, "what pays nothing is not drafted"
    Agreement.objects.update(ended_on=today())
    assert "No direct payment runs, so nothing would be paid." in text(fin.get("/money/runs/draft/"))


def upload(fin, rows: str):
    file = SimpleUploadedFile("april.csv", (HEAD + rows).encode(), content_type="text/csv")
    return fin.post("/money/imports/new/", {"file": file})


def carried(looked) -> dict[str, str]:
    """What the page of a file that was looked at sends on."""
    content = looked.content.decode().split('name="content" value="')[1].split('"')[0]
    return {"name": "april.csv", "content": content}


def test_a_card_file_is_looked_at_then_taken_in_then_undone(pat, first, fin):
    looked = upload(fin, f"L1,EXC-1,{today().isoformat()},Corner Stores,5411,48.00\n")
    assert "Take in 1 line" in text(looked) and Import.objects.count() == 0
    fin.post("/money/imports/new/", carried(looked))
    assert balance(pat.person, "spent") == 4800
    batch = Import.objects.get()
    fin.post(f"/money/imports/{batch.pk}/undo/", {"reason": "The wrong month"})
    assert balance(pat.person, "spent") == 0


def test_a_bad_card_file_shows_every_fault_and_gives_the_rows_to_mend(pat, fin):
    rows = (f"L1,NOBODY,{today().isoformat()},Corner Stores,5411,48.00",
            "L2,EXC-1,yesterday,Corner Stores,5411,x")  # fmt: skip
    looked = upload(fin, "\n".join(rows))
    shown = text(looked).split("<h1")[1]
    assert "NOBODY" in shown and "yesterday" in shown and "Take in" not in shown
    mend = fin.post("/money/imports/new/", {**carried(looked), "failed": "1"})
    lines = mend.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[1].startswith("2,")
    assert Import.objects.count() == 0


def test_a_card_file_with_an_unknown_heading_shows_every_fault_and_leads_to_another_file(pat, fin):
    rows = f"line_id,card,posted_on,shop,amount\nL1,NOBODY,{today().isoformat()},Corner Stores,x\n"
    file = SimpleUploadedFile("april.csv", rows.encode(), content_type="text/csv")
    page = html.fromstring(fin.post("/money/imports/new/", {"file": file}).content.decode())
    found = [[cell.text_content().strip() for cell in row] for row in page.xpath("//main//tbody/tr")]
    assert [(row, stood) for row, _, stood, _ in found] == [
        ("1", "shop"), ("1", "no such column"), ("2", "x"), ("2", "NOBODY"),
    ]  # fmt: skip
    another = page.xpath("//main//a[text()='Choose another file']")[0].get("href")
    assert another == "/money/imports/new/" and "Look at the file" in text(fin.get(another))


def test_a_question_is_closed_from_the_worklist(pat, first, fin):
    data = f"{HEAD}L1,EXC-1,{today().isoformat()},Lucky Bets,7995,48.00\n".encode()
    card.take_in(reading=dry_run(data, on=today()).reading, file_name="x.csv", **doing(today()))
    card.raise_questions(on=today(), **doing(today()))
    question = Question.objects.get()
    assert "Lucky Bets" in text(fin.get("/money/questions/?show=open"))
    address = f"/money/questions/{question.pk}/"
    assert "Write down what was said" in text(fin.post(address, {"outcome": "advised"}))
    fin.post(address, {"outcome": "advised", "note": "It is not in the plan"})
    question.refresh_from_db()
    assert (question.state, question.outcome) == ("closed", "advised")
    assert "Lucky Bets" in text(fin.get("/money/questions/?show=closed"))


def ask(person, first, words: str = "Silence") -> Question:
    return Question.objects.create(
        person=person, code="nothing_spent", asks="?", for_officer=words, raised_on=first
    )


def test_money_paid_in_that_is_sent_twice_by_a_double_click_counts_once(pat, first, fin):
    paid_for(first)
    page = f"/people/{pat.person.ref}/money/contribution/"
    (key,) = html.fromstring(fin.get(page).content).xpath("//input[@name='key']/@value")
    given = {
        "pence": "10.00",
        "on_day": first.day,
        "on_month": first.month,
        "on_year": first.year,
        "key": key,
    }
    for _ in range(2):
        fin.post(page, given)
    assert balance(pat.person, "contribution") == 4800 - 1000


def test_whoever_has_not_answered_in_the_days_that_policy_gives_is_to_be_called(pat, first, fin):
    asked = ask(pat.person, today() - 14 * DAY)
    assert "Call them" not in text(fin.get("/money/questions/?show=open"))
    Question.objects.filter(pk=asked.pk).update(raised_on=today() - 15 * DAY)
    assert "Call them" in text(fin.get("/money/questions/?show=open"))


def test_questions_of_other_teams_are_not_listed(pat, first, fin):
    ask(pat.person, first)
    other = signed_in(Client(), user("Sol South", Role.FINANCE, in_team=team("South")))
    assert "Silence" in text(fin.get("/money/questions/?show=open"))
    assert "Silence" not in text(other.get("/money/questions/?show=open"))


def test_the_columns_meet_and_a_difference_is_said_in_words(pat, first, fin):
    made = paid_for(first)
    assert "Everything meets" in text(fin.get("/money/reconciliation/"))
    Run.objects.filter(pk=made.pk).update(total_pence=made.total_pence + 100)
    shown = text(fin.get("/money/reconciliation/"))
    assert "1 run does not meet" in shown and "£1.00: does not meet" in shown
    Run.objects.filter(pk=made.pk).update(file="lost")
    assert "cannot be read" in text(fin.get("/money/reconciliation/"))


def test_the_councils_ledger_holds_orders_and_no_names(pat, first, fin):
    paid_for(first)
    data = f"{HEAD}L1,EXC-1,{today().isoformat()},Robin Relief,5411,48.00\n".encode()
    card.take_in(reading=dry_run(data, on=today()).reading, file_name="x.csv", **doing(today()))
    books = [
        fin.get(f"/money/ledger.csv?month={month:%Y-%m}").content.decode("utf-8-sig")
        for month in (first, today())
    ]
    assert "PO-0000001" in books[0] and "761.60" in books[0] and "48.00" in books[1]
    for private in ("Pat", "Example", pat.person.ref, "Robin", "Relief", "12345678", "EXC-1"):
        assert private not in "".join(books)
    assert fin.get("/money/ledger.csv").status_code == 200
    assert fin.get("/money/ledger.csv?month=soon").status_code == 400


def test_home_sums_up_all_accounts_and_tells_nobody_of_one(pat, first):
    assert accounts() is None
    cache.clear()
    paid_for(first)
    assert accounts() == TOO_FEW
    assert cache.get("home:accounts")[:3] == (1, 0, 95_200), "people, what all add up to, held"
    cache.clear()


def test_what_home_keeps_and_what_money_counts_both_say_of_when_they_are(pat, first, fin, monkeypatch):
    paid_for(first)
    monkeypatch.setattr("wherewithal.web.money.least_people", lambda: 1)
    shown = [text(fin.get(address)).replace("\n", " ") for address in ("/", "/money/")]
    assert f'£952.00 held</a> <span class="ww-note">counted {written(today())}, ' in shown[0]
    assert f"Counted as this page was opened, {written(today())}, " in shown[1]
    assert "may be up to 10 minutes older" in shown[1]
    cache.clear()


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_ask_the_same_number_of_questions_however_many_people(pat, first, fin):
    made = paid_for(first)
    pages = ["/money/", "/money/runs/", f"/money/runs/{made.number}/", "/money/reconciliation/",
             "/money/contributions/", "/money/questions/?show=open"]  # fmt: skip
    ask(pat.person, first)
    few = [queries(fin, page) for page in pages]
    for number in range(6):
        ask(direct_payment(f"Sam Sample{number}", 10000, pays=500, signed_on=first + WEEKS).person, first)
    later = sent(run.draft_period(first=first + WEEKS, **doing(first + WEEKS - 4 * DAY)))
    pages[2] = f"/money/runs/{later.number}/"
    assert [queries(fin, page) for page in pages] == few


def test_a_persons_account_shows_arrangements_and_what_can_be_changed(pat, first, fin):
    paid_for(first)
    shown = text(fin.get(f"/people/{pat.person.ref}/money/"))
    for words in ("£952.00", "PO-0000001", "Suspend", "Change the price", "End all support", "£48.00"):
        assert words in shown
    arrangement.suspend(arrangement=pat.plan.arrangements.first(), first=first, **doing(first))
    assert "Take up again" in text(fin.get(f"/people/{pat.person.ref}/money/"))
    auditor = signed_in(Client(), user("Audrey Auditor", Role.AUDITOR))
    seen = text(auditor.get(f"/people/{pat.person.ref}/money/"))
    assert "PO-0000001" in seen and "End all support" not in seen


def test_what_is_on_its_way_to_people_is_not_held_by_them_yet(db):
    direct_payment("Pat Example", 20000)
    gone = sent(four_weekly())
    before, then = dict(balances(gone.pay_on - DAY)), dict(balances(gone.pay_on))
    assert (before["Held for people"], before["On its way to people"]) == (0, gone.total_pence)
    assert (then["Held for people"], then["On its way to people"]) == (gone.total_pence, 0)
    assert gone.total_pence > 0 and sum(before.values()) == sum(then.values()) == 0
