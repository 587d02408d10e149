"""Reference: which part of a plan a card line was for."""

from datetime import date, datetime

from spec.arrangements import span
from spec.tables import Page, Table
from wherewithal.core.matching import Candidate, match
from wherewithal.core.money import pence
from wherewithal.core.policy import Used
from wherewithal.policy.card import match_rules

PLAN = (
    Candidate("PO-1", "Day centre", "Sunny Day Centre Ltd", span("1 January 2026 on"), 5400, 1800),
    Candidate("PO-2", "Personal assistant", "Robin Relief", span("1 January 2026 on"), 20000),
    Candidate("PO-3", "Swimming", "", span("1 January 2026 to 31 March 2026"), 1250),
)

RULES = match_rules(Used(date(2026, 4, 6)))


def on(day: str):
    return datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007


def found(merchant: str, amount: str, day: str) -> tuple[str, str]:
    one = match(merchant, pence(amount), on(day), PLAN, RULES)
    return (one.reference, one.because) if one else ("open", "")


def taught(before: str, merchant: str) -> tuple[str, str]:
    plan = [
        Candidate("PO-9", "Trips", "", span("1 January 2026 on"), 900, merchants=frozenset({before})),
        *PLAN,
    ]
    one = match(merchant, 2500, on("6 April 2026"), plan, RULES)
    return (one.reference, one.because) if one else ("open", "")


PAGE = Page(
    slug="card-lines",
    title="Card lines: what they were for",
    says="Money that is spent belongs to a part of the plan. Each line is matched by the names on both "
    "sides and by what things cost, with the reason beside it; an officer can change it. Where nothing fits, "
    "or two parts fit alike, the line stays open.",
    tables=(
        Table(
            title="By name, by amount, or not at all",
            says="A plan with PO-1, a day centre at Sunny Day Centre Ltd (£18.00 a day, £54.00 a week), "
            "PO-2, a personal assistant, Robin Relief (£200.00 a week), and PO-3, swimming at £12.50 a week "
            "with no supplier named, until 31 March 2026. A last bill may come four weeks after the end.",
            given=("the card says", "amount", "day"),
            then=("order", "because"),
            rows=(
                (
                    "SUNNY DAY CENTRE",
                    "£36.00",
                    "6 April 2026",
                    "PO-1",
                    "“SUNNY DAY CENTRE” is like “Sunny Day Centre Ltd”; £36.00 is 2 x £18.00",
                ),
                (
                    "SUNNY DAY CENT",
                    "£9.99",
                    "6 April 2026",
                    "PO-1",
                    "“SUNNY DAY CENT” is like “Sunny Day Centre Ltd”",
                ),
                (
                    "R Relief",
                    "£200.00",
                    "6 April 2026",
                    "PO-2",
                    "“R Relief” is like “Robin Relief”; £200.00 is the price of a week",
                ),
                (
                    "Town Pool",
                    "£12.50",
                    "28 April 2026",
                    "PO-3",
                    "£12.50 is the price of a week, and of nothing else in the plan",
                ),
                ("Town Pool", "£12.50", "29 April 2026", "open", ""),
                ("Corner Stores", "£48.00", "6 April 2026", "open", ""),
                ("Corner Stores", "£200.00", "6 April 2026", "open", ""),
            ),
            run=found,
        ),
        Table(
            title="What was said by hand comes first",
            says="The same plan with PO-9, trips, to which a line was matched by hand. Later lines of that "
            "payee follow.",
            given=("matched by hand to PO-9", "the card says"),
            then=("order", "because"),
            rows=(
                ("Town Coaches", "TOWN COACHES", "PO-9", "“TOWN COACHES” was matched to it by hand before"),
                (
                    "Sunny Day Centre",
                    "Sunny Day Centre",
                    "PO-9",
                    "“Sunny Day Centre” was matched to it by hand before",
                ),
                ("Town Coaches", "Corner Stores", "open", ""),
            ),
            run=taught,
        ),
    ),
)
