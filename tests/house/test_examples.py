"""The sums that the explanations work out by hand are those that the code comes to."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from wherewithal.core.allocation import allocate, what_would_change
from wherewithal.core.arrangement import ArrangementLine, Price
from wherewithal.core.circumstances import Circumstances
from wherewithal.core.ledger import COUNCIL, Account, Transfer, balances
from wherewithal.core.left import left_to_spend
from wherewithal.core.money import pounds
from wherewithal.core.payments import Terms, due
from wherewithal.core.period import Period
from wherewithal.policy.allocation import scheme_in_force

EXPLANATION = Path(__file__).resolve().parents[2] / "docs" / "explanation"
STARTS = date(2026, 4, 20)


def explained(page):
    """The page on one line, since a sentence may run over two."""
    return " ".join((EXPLANATION / page).read_text().split())


def arrangement(number, what, pence_per_week):
    return ArrangementLine(number, what, (Price(STARTS, pence_per_week),), (Period(STARTS),))


PLAN = (arrangement("PO-1", "the assistant", 16_000), arrangement("PO-2", "the club", 4_800))


def test_the_indicative_budget_of_the_example():
    page, on = explained("indicative-budget.md"), date(2026, 5, 5)
    sister = Circumstances(unpaid_care="some", willing=True, lives_with_someone=True)
    scheme = scheme_in_force(on)
    for line in allocate(scheme, points=64, circumstances=sister, on=on).workings.lines:
        assert line.says in page or line.value is None
        assert line.unit == "points" or line.value is None or pounds(line.value) in page
    for sentence in what_would_change(scheme, points=64, circumstances=sister, on=on):
        amount = sentence[sentence.index("£") :].split()[0]
        assert f"{amount} a week" in page


def test_the_payment_of_the_example():
    page, terms = explained("money.md"), Terms(PLAN, (Price(STARTS, 1_200),))
    paid = due(Period(STARTS, date(2026, 5, 17)), terms)
    assert f"| **The council pays** | **{pounds(paid.pence)}** |" in page
    assert all(pounds(line.value) in page for line in paid.lines)
    late = due(Period(date(2026, 4, 30), date(2026, 5, 17)), Terms(PLAN[:1]))
    assert f"£160.00 x 18 / 7 = {pounds(late.pence)}" in page


def test_the_accounts_of_the_example():
    held, spent, asked, own = (Account(kind, "P") for kind in ("held", "spent", "contribution", "own_share"))
    moves = [
        (held, COUNCIL, 78_400, "payment"),
        (asked, own, 4_800, "contribution_due"),
        (held, asked, 4_800, "contribution_paid"),
        (spent, held, 54_560, "spending"),
    ]
    at = datetime(2026, 5, 12, tzinfo=ZoneInfo("Europe/London"))
    found = balances(
        Transfer(kind, debit, credit, pence, at.date(), at, kind) for debit, credit, pence, kind in moves
    )
    shown = {COUNCIL: "-784.00", held: "286.40", spent: "545.60", asked: "0.00", own: "-48.00"}
    assert {account: pounds(pence).replace("£", "") for account, pence in found.items()} == shown
    assert "-784.00 + 286.40 + 545.60 + 0.00 - 48.00 = 0.00" in explained("money.md")


def test_what_is_left_in_the_example():
    left = left_to_spend(28_640, PLAN, on=date(2026, 5, 12), next_payment_on=date(2026, 5, 18))
    assert all(pounds(line.value) in explained("money.md") for line in left.lines)
