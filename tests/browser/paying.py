"""The second half of the journey: a manager agrees, officers pay, a card line comes in, the person looks."""

import re
import time
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from browser.needs import Newcomer, find
from browser.visitor import Visitor

PLANNED = {"Help in the mornings": 76_00, "The choir and a lift there": 18_00}  # pence a week
CONTRIBUTION = 8_35  # pence a week
DAY = r"(\d+ \w+ \d{4})"
BOUGHT = 15_20  # pence: an hour of help


def sign_off(manager: Visitor, who: Newcomer) -> None:
    manager.menu("Decisions")
    manager.follow(who.name)
    for yes in manager.page.locator(".ww-decide").get_by_label("Yes", exact=True).all():
        yes.check()
    manager.choose("What do you decide?", "Agree the plan")
    manager.write("Your reasons", "It says what matters and who does it.")
    manager.write("Why does it differ?", "The choir costs less than was thought.")
    manager.press("Decide")
    manager.sees("Personal budget £94.00 a week")


def sign(officer: Visitor, who: Newcomer, on: date) -> None:
    """The agreement, as the record's next step says."""
    find(officer, who)
    officer.press("Sign the direct payment agreement")
    officer.choose("Where does the money go?", "Prepaid card")
    officer.write("Number that the card provider gave the card", who.card)
    officer.write("Sort code", "20-00-00")
    officer.write("Account number", "55779911")
    officer.write_day("When was the agreement signed?", on)
    officer.press("Record the signature")


def draft(finance: Visitor, ref: str) -> str:
    """The first payment as a run of its own, drafted and checked; the run's number."""
    finance.menu("Money")
    finance.click(finance.page.get_by_role("link", name=re.compile(r"^\d+ first payments?$")))
    finance.press(f"Draft the first payment of {ref}")
    finance.press("Check")
    return finance.heading().split()[0]


def send(finance: Visitor, number: str) -> None:
    """Another officer approves the run and writes the bank's file."""
    finance.menu("Money")
    finance.follow(number)
    finance.press("Approve")
    finance.press("Write the bank file")


@dataclass(frozen=True)
class Sent:
    """What a run's page says: the days it pays for, the day it pays on, its total."""

    first: date
    last: date
    pays_on: date
    total: str


def sent(run: Visitor) -> Sent:
    says = run.main()
    days, on = re.search(f"Days {DAY} to {DAY}", says), re.search(f"Pay day {DAY}", says)
    total = re.search(r"Total (£[\d,.]+)", says)
    assert days and on and total, says
    return Sent(_day(days[1]), _day(days[2]), _day(on[1]), total[1])


def take_in(officer: Visitor, who: Newcomer, on: date, folder: Path) -> None:
    """The card provider's file: looked at first, then taken in."""
    file = folder / f"{who.card}.csv"
    file.write_text(
        "line_id,card,posted_on,merchant,merchant_code,amount,reference\n"
        f"{who.card}-L1,{who.card},{on.isoformat()},Posy Pretend,8999,{BOUGHT / 100:.2f},one hour\n"
    )
    officer.menu("Money")
    officer.follow("Card files")
    officer.press("Take in a file")
    officer.page.get_by_label("Card file (CSV)").set_input_files(file)
    officer.press("Look at the file")
    officer.sees("New lines 1", "Faults 0", pounds(BOUGHT))
    officer.press("Take in 1 line")


def by_days(pence_per_week: int, first: date, last: date) -> int:
    """A week's price for some days, both ends among them, to the nearest penny, a half up."""
    return int(Fraction(pence_per_week * ((last - first).days + 1), 7) + Fraction(1, 2))


def due(first: date, last: date) -> int:
    return sum(by_days(pence, first, last) for pence in PLANNED.values())


def pounds(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02d}"


def sees_the_balance(person: Visitor, paid: Sent, on: date) -> None:
    """The sum is worked out here from the plan, the days and what was bought, and stands on the page."""
    own_share = by_days(CONTRIBUTION, paid.first, paid.last)
    came = due(paid.first, paid.last) - own_share
    assert paid.total == pounds(came)
    person.sees(f"You hold {pounds(came - BOUGHT)}.")
    says = person.main()
    until, weeks = re.search(rf"until \w+ {DAY}", says), re.search(rf"to {DAY} Spent", says)
    assert until and weeks and _day(until[1]) == paid.last, says
    month = _day(weeks[1]) - timedelta(days=27)
    used = by_days(PLANNED["Help in the mornings"], max(month, paid.first), on - timedelta(days=1))
    paid_already = max(0, BOUGHT - used)  # what was bought beyond the plan so far is for the days to come
    planned = due(on, paid.last) - paid_already
    person.sees(f"Your plan still needs {pounds(planned)} until then.")
    person.sees(f"Your own share of {pounds(own_share)} is still to come in.")
    person.sees(f"{pounds(came - BOUGHT + own_share - planned)} left to spend")


def _day(words: str) -> date:
    return date(*time.strptime(words, "%d %B %Y")[:3])
