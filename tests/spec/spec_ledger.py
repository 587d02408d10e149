"""Reference: the accounts, the transfers between them, and how they are checked."""

from dataclasses import replace
from datetime import UTC, date, datetime

from spec.tables import Page, Table
from wherewithal.core import ledger
from wherewithal.core.ledger import CHART, COUNCIL, Account, Transfer
from wherewithal.core.money import pence, pounds
from wherewithal.core.refusal import Refusal

AT = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
ON = date(2026, 4, 20)
# where each happening of a story moves money, when it can move it in more than one way
USUAL = {"contribution_paid": "held", "contribution_back": "own_share"}


def account(name: str) -> Account:
    """``council``, ``held``, or ``held of P-2``; an account of nobody in particular is P-1's."""
    kind, _, of = name.partition(" of ")
    return COUNCIL if kind == "council" else Account(kind, of or "P-1")


def transfer(
    kind: str, debit: str, credit: str, amount: str = "£10.00", key: str = "k1", day: int = 20
) -> Transfer:
    return Transfer(key, account(debit), account(credit), pence(amount), date(2026, 4, day), AT, kind, "PO-1")


def allowed(kind: str, credit: str, debit: str, amount: str) -> str:
    try:
        transfer(kind, debit, credit, amount)
    except Refusal as refusal:
        return refusal.says
    return "yes"


def story(text: str) -> list[Transfer]:
    """``payment £784.00, spending £52.00``: one transfer for each, a day apart."""
    made = []
    for number, part in enumerate(text.split(", ")):
        kind, amount, *into = part.split(" ")
        moves = [
            move for move in CHART[kind] if len(CHART[kind]) == 1 or move[0] == (into or [USUAL[kind]])[0]
        ]
        debit, credit = moves[0]
        made.append(transfer(kind, debit, credit, amount, f"k{number}", 20 + number))
    return made


def after(text: str) -> tuple[str, ...]:
    transfers = story(text)
    whole = ledger.balances(transfers)
    assert sum(whole.values()) == 0
    names = ("held", "spent", "contribution", "own_share", "council")
    return tuple(pounds(ledger.balance(account(name), transfers)) for name in names)


def lines(text: str) -> tuple[str, ...]:
    rows = ledger.statement(account("held"), story(text))
    return tuple(f"{row.kind} {pounds(row.pence)}, then {pounds(row.balance_pence)}" for row in rows)


def undone(kind: str, debit: str, credit: str) -> tuple[str, str, str]:
    back = ledger.reverse(transfer(kind, debit, credit), "k2", AT, on=ON)
    return back.debit.kind, back.credit.kind, back.about


def sent_back(pays: str, told: str) -> str:
    payment = replace(transfer("payment", "held", "council"), on=date.fromisoformat(pays))
    back = ledger.sent_back(payment, "k2", AT, on=date.fromisoformat(told))
    assert (back.debit, back.credit, back.pence) == (payment.credit, payment.debit, payment.pence)
    return back.on.isoformat()


def asked_twice(first: str, second: str) -> str:
    posted = {"k1": transfer("payment", "held", "council", first)}
    try:
        return f"{len(ledger.new_only([transfer('payment', 'held', 'council', second)], posted))} new"
    except Refusal as refusal:
        return refusal.says


def side_by_side(run: str, posted: str, file: str) -> str:
    sides = {
        name: {f"payment {number}": pence(amount) for number, amount in enumerate(told.split(", "), 1)}
        for name, told in (("run", run), ("ledger", posted), ("file", file))
    }
    return "; ".join(ledger.reconcile_lines(sides)) or "yes"


PAGE = Page(
    slug="ledger",
    title="The ledger: every pound has two sides",
    says="Each person has accounts of their own, and every transfer takes money from one account and gives "
    "it to another. Nothing is changed afterwards: a mistake is corrected by another transfer.",
    tables=(
        Table(
            title="Which way money moves",
            says="Five kinds of account: the council's purse; what is held for the person; what was spent; "
            "the contribution that is asked and unpaid; the person's own share, as asked. Each kind of "
            "transfer joins two of them, one way only.",
            given=("transfer", "from", "to", "amount"),
            then=("allowed",),
            rows=(
                ("payment", "council", "held", "£10.00", "yes"),
                ("returned", "held", "council", "£10.00", "yes"),
                ("spending", "held", "spent", "£10.00", "yes"),
                ("refund", "spent", "held", "£10.00", "yes"),
                ("provider_payment", "council", "spent", "£10.00", "yes"),
                ("provider_refund", "spent", "council", "£10.00", "yes"),
                ("contribution_due", "own_share", "contribution", "£10.00", "yes"),
                ("contribution_waived", "contribution", "own_share", "£10.00", "yes"),
                ("contribution_paid", "contribution", "held", "£10.00", "yes"),
                ("contribution_paid", "contribution", "council", "£10.00", "yes"),
                ("contribution_back", "held", "own_share", "£10.00", "yes"),
                ("contribution_back", "council", "own_share", "£10.00", "yes"),
                ("surplus_back", "held", "council", "£10.00", "yes"),
                ("reclaim", "held", "council", "£10.00", "yes"),
                (
                    "payment",
                    "held",
                    "spent",
                    "£10.00",
                    "“payment” does not move money from “held” to “spent”.",
                ),
                ("gift", "council", "held", "£10.00", "“gift” does not move money from “council” to “held”."),
                (
                    "payment",
                    "held",
                    "held",
                    "£10.00",
                    "Money cannot move from an account to itself. Choose two accounts.",
                ),
                (
                    "payment",
                    "council",
                    "held",
                    "£0.00",
                    "A transfer moves a whole number of pence above 0. To undo one, reverse it.",
                ),
                (
                    "payment",
                    "council",
                    "held",
                    "-£10.00",
                    "A transfer moves a whole number of pence above 0. To undo one, reverse it.",
                ),
                (
                    "spending",
                    "held of P-1",
                    "spent of P-2",
                    "£10.00",
                    "Money does not move from one person's budget to another's.",
                ),
            ),
            run=allowed,
        ),
        Table(
            title="Balances",
            says="A balance is what came to an account less what left it. All balances together are always "
            "£0.00. What is held is what the person sees as left.",
            given=("what happened",),
            then=("held", "spent", "contribution unpaid", "own share", "council"),
            rows=(
                ("payment £832.00", "£832.00", "£0.00", "£0.00", "£0.00", "-£832.00"),
                ("payment £832.00, spending £545.60", "£286.40", "£545.60", "£0.00", "£0.00", "-£832.00"),
                (
                    "payment £832.00, spending £45.60, refund £5.60",
                    "£792.00",
                    "£40.00",
                    "£0.00",
                    "£0.00",
                    "-£832.00",
                ),
                (
                    "payment £784.00, contribution_due £48.00",
                    "£784.00",
                    "£0.00",
                    "£48.00",
                    "-£48.00",
                    "-£784.00",
                ),
                (
                    "payment £784.00, contribution_due £48.00, contribution_paid £48.00",
                    "£832.00",
                    "£0.00",
                    "£0.00",
                    "-£48.00",
                    "-£784.00",
                ),
                (
                    "payment £832.00, contribution_due £48.00, contribution_paid £48.00 council",
                    "£832.00",
                    "£0.00",
                    "£0.00",
                    "-£48.00",
                    "-£784.00",
                ),
                (
                    "payment £784.00, contribution_due £48.00, contribution_waived £48.00",
                    "£784.00",
                    "£0.00",
                    "£0.00",
                    "£0.00",
                    "-£784.00",
                ),
                ("provider_payment £120.00", "£0.00", "£120.00", "£0.00", "£0.00", "-£120.00"),
                ("payment £832.00, returned £832.00", "£0.00", "£0.00", "£0.00", "£0.00", "£0.00"),
                (
                    "payment £832.00, spending £500.00, surplus_back £200.00",
                    "£132.00",
                    "£500.00",
                    "£0.00",
                    "£0.00",
                    "-£632.00",
                ),
                ("payment £400.00, reclaim £257.14", "£142.86", "£0.00", "£0.00", "£0.00", "-£142.86"),
            ),
            run=after,
        ),
        Table(
            title="A statement",
            says="The person's account as a bank statement: each line, and the balance after it.",
            given=("what happened",),
            then=("first line", "second line", "third line"),
            rows=(
                (
                    "payment £832.00, spending £45.60, refund £5.60",
                    "payment £832.00, then £832.00",
                    "spending -£45.60, then £786.40",
                    "refund £5.60, then £792.00",
                ),
                (
                    "payment £20.00, spending £45.60, payment £832.00",
                    "payment £20.00, then £20.00",
                    "spending -£45.60, then -£25.60",
                    "payment £832.00, then £806.40",
                ),
            ),
            run=lines,
        ),
        Table(
            title="Undone by another transfer",
            says="A reversal takes the same amount the other way, and names the transfer that it undoes.",
            given=("transfer", "to", "from"),
            then=("reversal to", "reversal from", "about"),
            rows=(
                ("payment", "held", "council", "council", "held", "k1"),
                ("spending", "spent", "held", "held", "spent", "k1"),
            ),
            run=undone,
        ),
        Table(
            title="A payment that the bank sends back",
            says="It is undone from the day on which the bank says so, but never before the day on which it "
            "counts: nobody's account falls below £0.00 by that.",
            given=("payment counts from", "the bank says so on"),
            then=("return counts from",),
            rows=(
                ("2026-04-20", "2026-04-22", "2026-04-22"),
                ("2026-04-20", "2026-04-20", "2026-04-20"),
                ("2026-04-20", "2026-04-17", "2026-04-20"),
            ),
            run=sent_back,
        ),
        Table(
            title="Asked twice, done once",
            says="A transfer carries a key made of what it is about. The same key with the same money has "
            "one effect; with other money it is refused.",
            given=("posted under the key", "asked again with"),
            then=("result",),
            rows=(
                ("£10.00", "£10.00", "0 new"),
                (
                    "£10.00",
                    "£12.00",
                    "This key was used for another transfer of £10.00. Nothing was posted; use a new key "
                    "for new money.",
                ),
            ),
            run=asked_twice,
        ),
        Table(
            title="A run, its transfers and its file",
            says="Each payment must be the same in all three. Where one differs, that is said in words.",
            given=("run", "transfers", "file"),
            then=("agree",),
            rows=(
                ("£10.00, £20.00", "£10.00, £20.00", "£10.00, £20.00", "yes"),
                (
                    "£10.00, £20.00",
                    "£10.00, £19.99",
                    "£10.00, £20.00",
                    "payment 2: run £20.00, ledger £19.99, file £20.00",
                ),
                (
                    "£10.00, £20.00",
                    "£10.00, £20.00",
                    "£30.00",
                    "payment 1: run £10.00, ledger £10.00, file £30.00; "
                    "payment 2: run £20.00, ledger £20.00, file nothing",
                ),
            ),
            run=side_by_side,
        ),
    ),
)
