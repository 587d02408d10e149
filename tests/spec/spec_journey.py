"""Reference: the clock from asking to the first direct payment."""

from spec.arrangements import day
from spec.tables import Page, Table
from wherewithal.core.journey import Asked, wait
from wherewithal.core.period import written

LED_ON = ", to an assessment"


def waited(requests: str, paid: str) -> tuple[str, str, str]:
    asked = [
        Asked(day(one.removesuffix(LED_ON)), one.endswith(LED_ON)) for one in requests.split("; ") if one
    ]
    found = wait(asked, [day(one) for one in paid.split("; ") if one])
    ends = (written(one) if one else "-" for one in (found.asked_on, found.paid_on))
    return (*ends, "-" if found.days is None else str(found.days))


PAGE = Page(
    slug="journey",
    title="From asking to the first direct payment",
    says=(
        "A person's page says how long they waited, or have waited so far; a measure counts the same days of "
        "everybody. Both follow this rule."
    ),
    tables=(
        Table(
            title="When the clock starts and ends",
            says=(
                "It ends with the first payment of all. It starts with the last request up to then that went "
                "on to an assessment, or where none did, with the last."
            ),
            given=("requests", "first paid, under each agreement"),
            then=("starts", "ends", "days"),
            rows=(
                ("", "", "-", "-", "-"),
                ("2 March 2026", "", "2 March 2026", "-", "-"),
                ("2 March 2026, to an assessment", "9 April 2026", "2 March 2026", "9 April 2026", "38"),
                (
                    "5 January 2026; 2 March 2026, to an assessment", "9 April 2026",
                    "2 March 2026", "9 April 2026", "38",
                ),
                (
                    "2 March 2026, to an assessment; 6 April 2026", "9 April 2026",
                    "2 March 2026", "9 April 2026", "38",
                ),
                ("5 January 2026; 2 March 2026", "9 April 2026", "2 March 2026", "9 April 2026", "38"),
                (
                    "2 March 2026, to an assessment; 20 April 2026, to an assessment", "9 April 2026",
                    "2 March 2026", "9 April 2026", "38",
                ),
                (
                    "2 March 2026, to an assessment; 6 July 2026, to an assessment",
                    "3 August 2026; 9 April 2026",
                    "2 March 2026", "9 April 2026", "38",
                ),
                ("9 April 2026, to an assessment", "9 April 2026", "9 April 2026", "9 April 2026", "0"),
                ("20 April 2026, to an assessment", "9 April 2026", "-", "9 April 2026", "-"),
                (
                    "2 March 2026, to an assessment; 20 April 2026", "",
                    "2 March 2026", "-", "-",
                ),
            ),
            run=waited,
        ),
    ),
)  # fmt: skip
