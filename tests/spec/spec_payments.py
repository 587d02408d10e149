"""Reference: what is due as a direct payment, and what comes back."""

from spec.arrangements import PERIOD, day, line, prices, span
from spec.tables import Page, Table
from wherewithal.core import payments, settling
from wherewithal.core.arrangement import ArrangementLine, Ending, hospital
from wherewithal.core.money import pounds
from wherewithal.core.payments import Paid, Terms
from wherewithal.core.refusal import Refusal


def due(period: str, weekly: str, runs: str) -> str:
    return pounds(payments.due(span(period), Terms((line(weekly, runs),))).pence)


def due_or_refusal(period: str, weekly: str, runs: str) -> str:
    try:
        return due(period, weekly, runs)
    except Refusal as refusal:
        return refusal.says


def each(*weekly: str) -> tuple[str, str, str]:
    lines = tuple(
        ArrangementLine(f"PO-{number}", "Support", prices(one), (span("20 April 2026 to 20 April 2026"),))
        for number, one in enumerate(weekly)
    )
    made = payments.due(span(PERIOD), Terms(lines))
    return (*(pounds(amount) for amount in made.by_reference.values()), pounds(made.pence))


def in_hospital(weekly: str, stay: str, still_paid: int) -> tuple[str, str]:
    days = span(stay)
    suspension = hospital(days.first, days.last, still_paid)
    suspended = (suspension,) if suspension else ()
    made = payments.due(span(PERIOD), Terms((line(weekly, suspended=suspended),)))
    return pounds(made.pence), made.lines[-1].says


def ended(weekly: str, last_day: str, reason: str) -> tuple[str, str]:
    before = Terms((line(weekly),))
    after = Terms((line(weekly, ended=Ending(day(last_day), reason)),))
    paid = payments.due(span(PERIOD), before).pence
    back = settling.overpaid(after, [settling.Entry(span(PERIOD), line(weekly).reference, paid)])
    return pounds(payments.due(span(PERIOD), after).pence), pounds(back.pence)


def net_or_gross(weekly: str, weekly_contribution: str, mode: str, runs: str) -> tuple[str, str, str]:
    terms = Terms((line(weekly, runs),), prices(weekly_contribution), mode)
    made = payments.due(span(PERIOD), terms)
    return pounds(made.gross_pence), pounds(made.contribution_pence), pounds(made.pence)


def as_on_the_payslip(weekly: str, weekly_contribution: str) -> tuple[str, ...]:
    made = payments.due(span(PERIOD), Terms((line(weekly),), prices(weekly_contribution)))
    return tuple(f"{one.says} = {pounds(one.value or 0)}" for one in made.lines)


def back_dated(old: str, new: str) -> tuple[str, str, str]:
    period = span(PERIOD)
    paid = payments.due(period, Terms((line(old),))).pence
    now = payments.difference_statement([Paid(period, paid)], Terms((line(new),)))
    return pounds(paid), pounds(now.rows[0].due.pence), pounds(now.pence)


PAGE = Page(
    slug="payments",
    title="Direct payments: what is due",
    says="A direct payment is paid four weeks at a time, in advance. What is due follows from the weekly "
    "prices of the plan's arrangements and the days on which they run.",
    tables=(
        Table(
            title="Part periods",
            says="A week's price counts by days: price x days / 7, rounded once, half up. The first and the "
            "last day both count. Nothing is due outside the days on which support runs.",
            given=("period", "price a week", "support runs"),
            then=("due",),
            rows=(
                (PERIOD, "£214.50", "1 January 2026 on", "£858.00"),
                (PERIOD, "£214.50", "20 April 2026 to 17 May 2026", "£858.00"),
                (PERIOD, "£214.50", "17 May 2026 on", "£30.64"),
                (PERIOD, "£100.00", "8 May 2026 on", "£142.86"),
                (PERIOD, "£0.07", "17 May 2026 on", "£0.01"),
                (PERIOD, "£0.03", "17 May 2026 on", "£0.00"),
                (PERIOD, "£0.04", "17 May 2026 on", "£0.01"),
                (PERIOD, "£214.50", "18 May 2026 on", "£0.00"),
                (PERIOD, "£214.50", "1 January 2026 to 19 April 2026", "£0.00"),
                ("29 April 2026 to 17 May 2026", "£100.00", "1 January 2026 on", "£271.43"),
            ),
            run=due,
        ),
        Table(
            title="Each arrangement is rounded once",
            says="Two arrangements that run on 20 April 2026 only. Each has its own purchase order, so each "
            "is rounded on its own, and the payment is their sum.",
            given=("first, a week", "second, a week"),
            then=("first", "second", "payment"),
            rows=(
                ("£0.04", "£0.04", "£0.01", "£0.01", "£0.02"),
                ("£0.03", "£0.03", "£0.00", "£0.00", "£0.00"),
                ("£100.00", "£50.00", "£14.29", "£7.14", "£21.43"),
            ),
            run=each,
        ),
        Table(
            title="A price that changes within the period",
            says="Each day counts at the price of that day. A day of support without a price is refused by "
            "name.",
            given=("period", "price a week", "support runs"),
            then=("due",),
            rows=(
                (PERIOD, "£100.00 from 6 April 2026, £107.00 from 4 May 2026", "6 April 2026 on", "£414.00"),
                (PERIOD, "£100.00 from 6 April 2026, £107.00 from 1 May 2026", "6 April 2026 on", "£417.00"),
                (PERIOD, "£100.00 from 6 April 2026, £107.00 from 18 May 2026", "6 April 2026 on", "£400.00"),
                (
                    PERIOD,
                    "£107.00 from 4 May 2026",
                    "6 April 2026 on",
                    "“Personal assistant” has no price on 20 April 2026. Add the price it started at.",
                ),
                (PERIOD, "£107.00 from 4 May 2026", "4 May 2026 on", "£214.00"),
            ),
            run=due_or_refusal,
        ),
        Table(
            title="In hospital",
            says=f"Of the period {PERIOD}, at a price for which all four weeks come to £400.00. The council "
            "goes on paying for the first days of a stay (its own policy), so that a personal "
            "assistant can be kept.",
            given=("price a week", "in hospital", "days still paid"),
            then=("due", "last line of the workings"),
            rows=(
                (
                    "£100.00",
                    "27 April 2026 to 3 May 2026",
                    0,
                    "£300.00",
                    "Personal assistant: 14 days at £100.00 a week",
                ),
                (
                    "£100.00",
                    "27 April 2026 to 3 May 2026",
                    7,
                    "£400.00",
                    "Personal assistant: 28 days at £100.00 a week",
                ),
                (
                    "£100.00",
                    "27 April 2026 on",
                    7,
                    "£200.00",
                    "Personal assistant: nothing for 14 days, in hospital",
                ),
                (
                    "£100.00",
                    "1 April 2026 to 30 April 2026",
                    7,
                    "£242.86",
                    "Personal assistant: 17 days at £100.00 a week",
                ),
                (
                    "£100.00",
                    "30 March 2026 on",
                    7,
                    "£0.00",
                    "Personal assistant: nothing for 28 days, in hospital",
                ),
            ),
            run=in_hospital,
        ),
        Table(
            title="An end within a period that was paid in advance",
            says=f"The period {PERIOD} was paid in full, £400.00 at £100.00 a week. The day of the end is "
            "paid: someone who dies on a day drew on support that day. The rest comes back, to the "
            "penny.",
            given=("price a week", "last day", "why"),
            then=("due", "comes back"),
            rows=(
                ("£100.00", "29 April 2026", "died", "£142.86", "£257.14"),
                ("£100.00", "20 April 2026", "died", "£14.29", "£385.71"),
                ("£100.00", "19 April 2026", "moved", "£0.00", "£400.00"),
                ("£100.00", "17 May 2026", "no_longer_eligible", "£400.00", "£0.00"),
                ("£100.00", "30 June 2026", "nhs_continuing_healthcare", "£400.00", "£0.00"),
            ),
            run=ended,
        ),
        Table(
            title="Net or gross of the contribution",
            says="Net, the person's contribution is taken off and the person adds it to their budget "
            "themselves. Gross, the whole is paid and the contribution is billed apart. It is asked "
            "for the days on which support is paid, and is never more than the cost of those days.",
            given=("price a week", "contribution a week", "paid", "support runs"),
            then=("cost of support", "contribution", "the council pays"),
            rows=(
                ("£208.00", "£12.00", "net", "1 January 2026 on", "£832.00", "£48.00", "£784.00"),
                ("£208.00", "£12.00", "gross", "1 January 2026 on", "£832.00", "£48.00", "£832.00"),
                ("£208.00", "£12.00", "net", "8 May 2026 on", "£297.14", "£17.14", "£280.00"),
                ("£208.00", "£12.00", "net", "18 May 2026 on", "£0.00", "£0.00", "£0.00"),
                ("£10.00", "£12.00", "net", "1 January 2026 on", "£40.00", "£40.00", "£0.00"),
                (
                    "£208.00",
                    "£12.00, £14.00 from 4 May 2026",
                    "net",
                    "1 January 2026 on",
                    "£832.00",
                    "£52.00",
                    "£780.00",
                ),
                (
                    "£208.00",
                    "£12.00 from 4 May 2026",
                    "net",
                    "1 January 2026 on",
                    "£832.00",
                    "£24.00",
                    "£808.00",
                ),
            ),
            run=net_or_gross,
        ),
        Table(
            title="Workings as on a payslip",
            says=f"Every payment shows its lines, and they add up to it. Here for {PERIOD}.",
            given=("price a week", "contribution a week"),
            then=("first line", "second line", "third line"),
            rows=(
                (
                    "£208.00, £214.50 from 4 May 2026",
                    "£12.00",
                    "Personal assistant: 14 days at £208.00 a week = £416.00",
                    "Personal assistant: 14 days at £214.50 a week = £429.00",
                    "Less your contribution: 28 days at £12.00 a week = -£48.00",
                ),
                (
                    "£208.00, £214.50 from 6 May 2026",
                    "£12.00, £12.40 from 6 May 2026",
                    "Personal assistant: 16 days at £208.00 a week = £475.43",
                    "Personal assistant: 12 days at £214.50 a week = £367.71",
                    "Less your contribution: 16 days at £12.00 a week, then 12 days at £12.40 a week = "
                    "-£48.69",
                ),
            ),
            run=as_on_the_payslip,
        ),
        Table(
            title="A price changed after it was paid",
            says=f"For {PERIOD}: what was paid at the old price, what is due at the new one, and the "
            "difference. Below zero, it comes back.",
            given=("price when it was paid", "price now"),
            then=("paid", "due", "difference"),
            rows=(
                ("£100.00", "£100.00, £107.00 from 4 May 2026", "£400.00", "£414.00", "£14.00"),
                ("£100.00", "£104.00", "£400.00", "£416.00", "£16.00"),
                ("£100.00", "£100.00, £96.00 from 4 May 2026", "£400.00", "£392.00", "-£8.00"),
                ("£100.00", "£100.00", "£400.00", "£400.00", "£0.00"),
            ),
            run=back_dated,
        ),
    ),
)
