"""Reference: when direct payments and contributions are paid, and what is left to spend."""

from datetime import date

from spec.arrangements import PERIOD, day, line, span
from spec.tables import Page, Table
from wherewithal.core import contribution, left, payments
from wherewithal.core.arrangement import Suspension
from wherewithal.core.money import pence, pounds
from wherewithal.core.period import written
from wherewithal.policy.holiday import bank_holidays

ANCHOR = date(2015, 4, 6)


def first(agreed: str, starts: str, next_period: str) -> tuple[str, str]:
    holidays = bank_holidays(2026, 2027)
    made = payments.first_payment(day(agreed), day(starts), day(next_period), holidays)
    if made is None:
        return "nothing: the four-weekly run pays it", "-"
    return (
        f"{written(made.period.first)} to {written(made.period.last)}",
        f"{made.pay_by:%A} {written(made.pay_by)}",
    )


def calendar(on: str) -> tuple[str, str]:
    period, pay_on = payments.next_payment(ANCHOR, day(on), bank_holidays(2025, 2027))
    return f"{written(period.first)} to {written(period.last)}", f"{pay_on:%A} {written(pay_on)}"


def contributions(paid_in: str, on: str) -> tuple[str, str, str, str]:
    receipts = []
    for part in paid_in.split(", ") if paid_in != "nothing" else []:
        amount, _, came = part.partition(" on ")
        receipts.append(contribution.Receipt(day(came), pence(amount)))
    bills = [
        contribution.Bill(span(PERIOD), 4800, day("4 May 2026")),
        contribution.Bill(span("18 May 2026 to 14 June 2026"), 4800, day("1 June 2026")),
    ]
    now = contribution.standing(bills, receipts, on=day(on), grace_days=7)
    return tuple(
        pounds(one) for one in (now.paid_pence, now.waiting_pence, now.missed_pence, now.ahead_pence)
    )


def left_to_spend(held: str, weekly: str, to_come: str, on: str) -> tuple[str, str, str]:
    now = left.left_to_spend(
        pence(held),
        [line(weekly)],
        on=day(on),
        next_payment_on=day("18 May 2026"),
        contribution_to_come_pence=pence(to_come),
    )
    return pounds(now.planned_pence), pounds(now.pence), written(now.until)


def mark(weekly: str, on: str) -> str:
    suspended = (Suspension(span("4 May 2026 to 10 May 2026")),)
    return pounds(left.planned_by(day(on), [line(weekly, suspended=suspended)], span(PERIOD)))


PAGE = Page(
    slug="pay-days",
    title="Direct payments: when they are paid, and what is left to spend",
    says="The first payment comes soon after agreement; then the four-weekly run pays in advance. Between "
    "two payments, a person can see what is left.",
    tables=(
        Table(
            title="The first payment does not wait",
            says="Within 2 working days of agreement (the council's own policy) a payment goes out on its "
            "own. It covers the days up to the next four-weekly period that can still take the person "
            "in. Weekends and the bank holidays of England do not count.",
            given=("agreed", "support starts", "next period from"),
            then=("covers", "paid by"),
            rows=(
                (
                    "22 April 2026",
                    "27 April 2026",
                    "18 May 2026",
                    "27 April 2026 to 17 May 2026",
                    "Friday 24 April 2026",
                ),
                (
                    "24 April 2026",
                    "27 April 2026",
                    "18 May 2026",
                    "27 April 2026 to 17 May 2026",
                    "Tuesday 28 April 2026",
                ),
                (
                    "2 April 2026",
                    "6 April 2026",
                    "20 April 2026",
                    "6 April 2026 to 19 April 2026",
                    "Wednesday 8 April 2026",
                ),
                (
                    "23 December 2026",
                    "28 December 2026",
                    "25 January 2027",
                    "28 December 2026 to 24 January 2027",
                    "Tuesday 29 December 2026",
                ),
                (
                    "30 April 2026",
                    "20 April 2026",
                    "18 May 2026",
                    "20 April 2026 to 17 May 2026",
                    "Tuesday 5 May 2026",
                ),
                (
                    "16 May 2026",
                    "17 May 2026",
                    "18 May 2026",
                    "17 May 2026 to 17 May 2026",
                    "Tuesday 19 May 2026",
                ),
                ("22 April 2026", "18 May 2026", "18 May 2026", "nothing: the four-weekly run pays it", "-"),
            ),
            run=first,
        ),
        Table(
            title="The four-weekly calendar",
            says="Periods of 28 days are counted from 6 April 2015, a Monday. A period is paid on its first "
            "day, or on the last working day before it.",
            given=("on",),
            then=("next payment covers", "paid on"),
            rows=(
                ("19 April 2026", "20 April 2026 to 17 May 2026", "Monday 20 April 2026"),
                ("20 April 2026", "18 May 2026 to 14 June 2026", "Monday 18 May 2026"),
                ("23 December 2026", "28 December 2026 to 24 January 2027", "Thursday 24 December 2026"),
                ("24 December 2026", "25 January 2027 to 21 February 2027", "Monday 25 January 2027"),
            ),
            run=calendar,
        ),
        Table(
            title="Contributions: due, paid, missed",
            says="£48.00 is due on 4 May 2026 and again on 1 June 2026; a bill is missed when something of "
            "it is unpaid more than 7 days after its day. Money settles the oldest bill first.",
            given=("paid in", "on"),
            then=("paid", "waiting", "missed", "ahead"),
            rows=(
                ("nothing", "11 May 2026", "£0.00", "£96.00", "£0.00", "£0.00"),
                ("nothing", "12 May 2026", "£0.00", "£48.00", "£48.00", "£0.00"),
                ("£20.00 on 4 May 2026", "12 May 2026", "£20.00", "£48.00", "£28.00", "£0.00"),
                (
                    "£20.00 on 4 May 2026, £28.00 on 20 May 2026",
                    "20 May 2026",
                    "£48.00",
                    "£48.00",
                    "£0.00",
                    "£0.00",
                ),
                ("£100.00 on 4 May 2026", "4 May 2026", "£96.00", "£0.00", "£0.00", "£4.00"),
                ("£48.00 on 13 May 2026", "12 May 2026", "£0.00", "£48.00", "£48.00", "£0.00"),
            ),
            run=contributions,
        ),
        Table(
            title="Left to spend",
            says="What is held, with a contribution that is still to come in, less what the plan needs from "
            "today to the day before the next payment on 18 May 2026. Below zero, the plan needs more "
            "than is there.",
            given=("held", "planned a week", "contribution to come", "on"),
            then=("planned", "left to spend", "until"),
            rows=(
                ("£832.00", "£208.00", "£0.00", "20 April 2026", "£832.00", "£0.00", "17 May 2026"),
                ("£784.00", "£208.00", "£48.00", "20 April 2026", "£832.00", "£0.00", "17 May 2026"),
                ("£286.40", "£208.00", "£0.00", "11 May 2026", "£208.00", "£78.40", "17 May 2026"),
                ("£286.40", "£208.00", "£0.00", "17 May 2026", "£29.71", "£256.69", "17 May 2026"),
                ("£150.00", "£208.00", "£0.00", "11 May 2026", "£208.00", "-£58.00", "17 May 2026"),
            ),
            run=left_to_spend,
        ),
        Table(
            title="Where the plan would be today",
            says=f"The chart's mark: what the plan has spent by the end of a day of {PERIOD}, here with a "
            "week in hospital from 4 to 10 May 2026.",
            given=("planned a week", "by the end of"),
            then=("spent by plan",),
            rows=(
                ("£208.00", "19 April 2026", "£0.00"),
                ("£208.00", "20 April 2026", "£29.71"),
                ("£208.00", "3 May 2026", "£416.00"),
                ("£208.00", "10 May 2026", "£416.00"),
                ("£208.00", "17 May 2026", "£624.00"),
                ("£208.00", "30 May 2026", "£624.00"),
            ),
            run=mark,
        ),
    ),
)
