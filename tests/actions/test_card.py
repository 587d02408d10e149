"""Card lines: in whole or not at all, matched with a reason, asked about by exception, undone by reversal."""

from datetime import timedelta

import pytest
from making import user
from paying import (
    PERIOD,
    balance,
    direct_payment,
    doing,
    four_weekly,
    lives_with,
    sent,
    support,
)

from wherewithal.actions import arrangement, card
from wherewithal.actions.card_file import dry_run
from wherewithal.formats.card_csv import CardLine, FileHasFaults, alike, failed_rows
from wherewithal.records.models import Actual, Agreement, Import, Person, PlanLine, Question, Transfer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = PERIOD + 28 * DAY
CARD = "EXC-1"
HEAD = "line_id,card,posted_on,merchant,merchant_code,amount,reference"


@pytest.fixture(scope="module")
def paid(lasting):
    """A person with a card, paid for four weeks."""
    agreement = direct_payment("Pat Example", 20000, card=CARD)
    sent(four_weekly())
    return agreement.person.pk


@pytest.fixture
def pat(paid):
    return Person.objects.get(pk=paid)


def file_of(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def row(
    line_id: str = "L1", merchant: str = "Corner Stores", amount: str = "48.00", code: str = "5411", **more
):
    day = more.get("on", PERIOD + DAY).isoformat()
    return f"{line_id},{more.get('of', CARD)},{day},{merchant},{code},{amount},"


def take_in(*rows: str, on=NEXT - DAY, name: str = "april.csv") -> Import:
    look = dry_run(file_of(*rows), on=on)
    return card.take_in(reading=look.reading, file_name=name, **doing(on))


def line(**more) -> CardLine:
    given = {"identity": "W1", "card": CARD, "posted_on": PERIOD + DAY, "merchant": "Corner Stores",
             "merchant_code": "5411", "pence": 4800, "reference": "", "row": 0}  # fmt: skip
    return CardLine(**given | more)


def raised(on=NEXT - DAY) -> set[str]:
    card.raise_questions(on=on, **doing(on))
    return set(Question.objects.exclude(state="closed").values_list("code", flat=True))


def test_a_file_is_taken_in_whole_and_the_money_is_spent(pat):
    batch = take_in(row(), row("L2", amount="-8.00"), row("L3"))
    assert (batch.lines_count, batch.total_pence, Actual.objects.count()) == (3, 8800, 3)
    assert (balance(pat, "held"), balance(pat, "spent")) == (80000 - 8800, 8800)
    assert set(Transfer.objects.filter(actual__isnull=False).values_list("kind", flat=True)) == {
        "spending", "refund",
    }  # fmt: skip


def test_two_equal_purchases_of_a_day_survive_and_are_shown(pat):
    data = file_of(row(""), row(""))
    look = dry_run(data, on=NEXT)
    assert len(alike(look.new)) == 1
    card.take_in(reading=look.reading, file_name="twice.csv", **doing(NEXT))
    assert balance(pat, "spent") == 9600


def test_every_fault_is_told_at_once_and_nothing_is_taken_in(pat):
    data = file_of(row(), row("L2", of="NOBODY"), row("L3", amount="lots"))
    look = dry_run(data, on=NEXT)
    assert [(fault.row, fault.column) for fault in look.reading.faults] == [(3, "card"), (4, "amount")]
    with pytest.raises(FileHasFaults, match="2 faults"):
        card.take_in(reading=look.reading, file_name="x.csv", **doing(NEXT))
    assert (Import.objects.count(), Actual.objects.count()) == (0, 0)
    failed = failed_rows(look.reading).decode("utf-8-sig").splitlines()
    assert failed[1] == (
        '3,"Row 3, card: found “NOBODY”. Expected the number of a card that belongs to a direct payment '
        'here.",'
        "L2,NOBODY,2026-04-21,Corner Stores,5411,48.00,"
    )


def test_a_card_of_nobody_is_told_with_the_other_faults_of_its_row(pat):
    both = row("L2", of="NOBODY", amount="lots"), row("L3", of="NOBODY"), row("L3", of="NOBODY")
    look = dry_run(file_of(row(), row("L1", amount="lots"), *both), on=NEXT)
    told = [(fault.row, fault.column) for fault in look.reading.faults]
    assert told == [(3, "amount"), (4, "amount"), (4, "card"), (5, "card"), (6, "line_id"), (6, "card")]
    full = file_of(row(of="4111111111111111", amount="lots"), row(of="", amount="lots"))
    hidden = [(fault.row, fault.column) for fault in dry_run(full, on=NEXT).reading.faults]
    assert hidden == [(2, "card"), (2, "amount"), (3, "card"), (3, "amount")], "each cell once"


def test_a_file_is_taken_in_once_and_lines_that_came_before_are_left_alone(pat):
    take_in(row(), row("L2"))
    with pytest.raises(card.TakenInAlready, match=r"17 May 2026 as “april.csv”"):
        take_in(row(), row("L2"))
    later = take_in(row(), row("L2"), row("L3"))
    assert (later.lines_count, balance(pat, "spent")) == (1, 3 * 4800)
    with pytest.raises(card.NothingNew, match="All 1 lines"):
        take_in(row())


def test_a_line_that_changed_since_it_came_is_a_fault(pat):
    take_in(row())
    look = dry_run(file_of(row(amount="49.00")), on=NEXT)
    assert look.reading.faults[0].says.endswith("same as when it came before: £48.00 to Corner Stores.")


def test_a_file_is_undone_by_reversals_and_may_come_again(pat):
    batch = take_in(row(code="7995"), row("L2", amount="-8.00"))
    raised()
    with pytest.raises(card.NoReason):
        card.undo(batch=batch, reason=" ", **doing(NEXT))
    card.undo(batch=batch, reason="The wrong month", **doing(NEXT))
    assert (balance(pat, "held"), balance(pat, "spent")) == (80000, 0)
    assert Transfer.objects.filter(kind="reversal", reverses__isnull=False).count() == 2
    assert set(Actual.objects.values_list("state", flat=True)) == {"undone"}
    assert set(Question.objects.filter(actual__isnull=False).values_list("state", "outcome")) == {
        ("closed", "fine"),
    }
    with pytest.raises(card.NotTakenIn):
        card.undo(batch=batch, reason="Again", **doing(NEXT))
    take_in(row(code="7995"), row("L2", amount="-8.00"))
    assert balance(pat, "spent") == 4000


def test_a_received_line_counts_once_and_may_not_change(pat):
    for _ in range(2):
        found = card.receive(line=line(), by=card.provider(), at=doing(NEXT)["at"])
    assert (found.source, balance(pat, "spent")) == ("webhook", 4800)
    with pytest.raises(card.LineChanged, match="correction is a line of its own"):
        card.receive(line=line(pence=4900), **doing(NEXT))
    with pytest.raises(card.UnknownCard, match="EXC-9"):
        card.receive(line=line(card="EXC-9", identity="W2"), **doing(NEXT))
    assert card.provider() == card.provider()
    assert not card.provider().is_active and not card.provider().has_usable_password()


def test_a_late_line_of_a_card_is_of_whoever_held_it(pat):
    arrangement.end_all(person=pat, on=PERIOD + DAY, because="Moved", **doing(PERIOD + 2 * DAY))
    other = direct_payment("Sam Sample", signed_on=PERIOD + 5 * DAY, card=CARD)
    for number, day in enumerate((PERIOD, PERIOD + 3 * DAY, PERIOD + 5 * DAY)):
        card.receive(line=line(identity=f"W{number}", posted_on=day), **doing(NEXT))
    owners = list(Actual.objects.order_by("spent_on").values_list("person", flat=True))
    assert owners == [pat.pk, other.person.pk, other.person.pk]


def test_lines_are_matched_to_the_plan_and_say_why(pat):
    plan = pat.plans.get()
    club = support(plan, 1800, first=PERIOD, what="Day centre", supplier="Sunny Day Centre Ltd")
    take_in(row(merchant="SUNNY DAY CENTRE", amount="18.00"), row("L2"))
    found = Actual.objects.get(line_id="L1")
    assert (found.arrangement, found.state) == (club, "matched")
    assert found.matched_because.startswith("“SUNNY DAY CENTRE” is like “Sunny Day Centre Ltd”")
    assert Actual.objects.get(line_id="L2").state == "imported"


def test_a_match_by_hand_teaches_the_next_line(pat):
    take_in(row())
    assistant = pat.arrangements.get()
    first = card.match(actual=Actual.objects.get(), arrangement=assistant, **doing(NEXT))
    assert (first.arrangement, first.matched_because, first.state) == (assistant, "By hand", "matched")
    take_in(row("L2", amount="12.00"), name="may.csv")
    assert Actual.objects.get(line_id="L2").arrangement == assistant
    opened = card.match(actual=first, arrangement=None, **doing(NEXT))
    assert (opened.arrangement, opened.state) == (None, "imported")


def test_a_line_is_not_matched_to_somebody_elses_support_or_after_it_was_undone(pat):
    batch = take_in(row())
    other = direct_payment("Sam Sample").plan.arrangements.get()
    with pytest.raises(card.NotTheirs):
        card.match(actual=Actual.objects.get(), arrangement=other, **doing(NEXT))
    card.undo(batch=batch, reason="Wrong", **doing(NEXT))
    with pytest.raises(card.NotTakenIn):
        card.match(actual=Actual.objects.get(), arrangement=pat.arrangements.get(), **doing(NEXT))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row(code="7995", merchant="Lucky Bets")], "excluded_merchant"),
        ([row(merchant="Mr Robin Example")], "household_payee"),
        ([row(code="6011", amount="60.00"), row("L2", code="6011", amount="41.00")], "cash_above_limit"),
    ],
)
def test_only_what_the_rules_name_is_asked_about_and_once(pat, rows, code):
    lives_with(pat, "Robin Example", "sibling")
    take_in(row("L0"), *rows)
    assert raised() == {code}
    assert card.raise_questions(on=NEXT, **doing(NEXT)) == 0
    question = Question.objects.get()
    assert question.actual.state == "asked" and question.asks.startswith("You ")
    assert Actual.objects.get(line_id="L0").state == "imported"


def test_a_relative_whom_the_plan_pays_by_exception_is_not_asked_about(pat):
    lives_with(pat, "Robin Example", "sibling")
    PlanLine.objects.update(
        supplier="Robin Example", relation="sibling", exception_reason="Knows the night routine"
    )
    take_in(row(merchant="Robin Example"))
    assert raised() == set()


def test_silence_is_asked_about_but_not_in_hospital_and_not_every_day(pat):
    quiet = PERIOD + 42 * DAY
    sent(four_weekly(NEXT))
    assert raised(quiet - DAY) == set()
    assert raised(quiet) == {"nothing_spent"}
    question = Question.objects.get()
    card.close(question=question, outcome="fine", **doing(quiet))
    assert raised(quiet + DAY) == set()
    assert raised(quiet + 42 * DAY) >= {"nothing_spent"}, "still nothing, six weeks later"


def test_nothing_is_read_from_the_silence_of_money_in_ones_own_bank_of_which_no_line_comes(pat):
    Agreement.objects.update(paid_to=Agreement.PaidTo.BANK, card="")
    assert raised(PERIOD + 60 * DAY) == set()


def test_silence_in_hospital_is_left_alone(pat):
    arrangement.suspend(arrangement=pat.arrangements.get(), first=PERIOD, **doing(PERIOD))
    assert raised(PERIOD + 60 * DAY) == set()


def test_money_piling_up_is_asked_about(pat):
    for number in (1, 2):
        sent(four_weekly(PERIOD + number * 28 * DAY))
    take_in(row(on=PERIOD + 50 * DAY), on=PERIOD + 56 * DAY)
    assert raised(PERIOD + 57 * DAY) == {"more_than_weeks_held"}


def test_a_person_explains_and_an_officer_closes(pat):
    take_in(row(code="7995"))
    raised()
    question = Question.objects.get()
    with pytest.raises(card.NoReason):
        card.explain(question=question, answer=" ", **doing(NEXT))
    sam = user("Pat Example")
    question = card.explain(question=question, answer="A raffle at the club", by=sam, at=doing(NEXT)["at"])
    assert (question.state, question.answered_by, question.actual.state) == ("answered", sam, "explained")
    with pytest.raises(card.NoReason, match="came of it"):
        card.close(question=question, outcome="", **doing(NEXT))
    with pytest.raises(card.NoReason, match="what was said"):
        card.close(question=question, outcome="advised", **doing(NEXT))
    question = card.close(question=question, outcome="advised", note="Raffles are not support", **doing(NEXT))
    assert (question.state, question.actual.state) == ("closed", "closed")
    for again in (card.close, card.explain):
        with pytest.raises(card.NotOpen, match="closed on 18 May 2026"):
            again(
                question=question,
                **({"outcome": "fine"} if again is card.close else {"answer": "x"}),
                **doing(NEXT),
            )


def test_a_line_with_two_questions_is_closed_with_the_last_and_to_be_paid_back_if_one_says_so(pat):
    lives_with(pat, "Robin Example", "sibling")
    take_in(row(code="7995", merchant="Robin Example"))
    raised()
    first, second = Question.objects.order_by("code")
    card.close(question=first, outcome="pay_back", note="Not support", **doing(NEXT))
    assert Actual.objects.get().state == "asked"
    card.close(question=second, outcome="fine", **doing(NEXT))
    assert Actual.objects.get().state == "reclaimed"
