"""The card provider's files, month by month, the last lines as they happen, and what is asked about them."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from wherewithal.actions import card, card_file
from wherewithal.core.period import Period
from wherewithal.core.roles import Role
from wherewithal.formats.card_csv import COLUMNS, CardLine, FileHasFaults, Reading, read
from wherewithal.records.models import Agreement, Arrangement, Question, User
from wherewithal.records.spending import held_by
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.clock import after, moment, on_working_day
from wherewithal.simulate.persona import chance
from wherewithal.simulate.spending import Bought, Holder, lines
from wherewithal.simulate.town import Town

DAY = timedelta(days=1)
STILL_OPEN = timedelta(days=20)  # what is asked in the last days often waits for its answer
SLIPPED, MISTAKEN = 4, 9  # the month whose file has a fault, and the month whose file is taken in too early
WRONG_FILE = "The provider sent the file of another month by mistake."
ANSWERS = {
    "excluded_merchant": "It is the only shop near my club; I bought sandwiches for the outing.",
    "household_payee": "My brother drove me there all week, and I paid for his petrol.",
    "cash_above_limit": "For the window cleaner and the hairdresser, who take only cash.",
    "nothing_spent": "I was at my sister's for two months. I am back now.",
    "more_than_weeks_held": "I am saving for the holiday in my plan.",
}
ADVICE = "Explained what the budget is for, and that we can agree an exception first."
PAY_BACK = "This was not for the plan. It is paid back in two parts."


def each_month(town: Town) -> Life:
    """Each month's file comes in the next one, the last one up to yesterday; then accounts are looked at."""
    officer = town.cast.any(Role.DIRECT_PAYMENT_OFFICER, town.rng("cards"))
    first = _next_month(town.years.first)
    for place in range(30):
        last = _next_month(first) - DAY
        at = moment(on_working_day(last + 3 * DAY), 11)
        if at >= town.until:
            break
        at = yield at
        _take_in(town, Period(first, last), place, officer, at)
        _ask(town, officer, at)
        first = last + DAY
    at = yield town.until - timedelta(hours=3)
    yesterday = at.date() - DAY
    if first <= yesterday:
        _take_in(town, Period(first, yesterday), -1, officer, at)
    _as_it_happens(town, at)
    _ask(town, officer, at)


def _as_it_happens(town: Town, at: datetime) -> None:
    """What was bought today comes line by line, from the provider's own machine."""
    today = Period(at.date(), at.date())
    for holder in _holders(town, today):
        for line in lines(holder, today, last=False):
            card.receive(line=line, by=card.provider(), at=at)


def _take_in(town: Town, days: Period, place: int, officer: User, at: datetime) -> None:
    bought = [line for holder in _holders(town, days) for line in lines(holder, days, place < 0)]
    if not bought:
        return
    name = f"cards-{days.first:%Y-%m}.csv"
    if place == SLIPPED:
        try:
            card.take_in(reading=_file(bought, at, slip=True), file_name=name, by=officer, at=at)
        except FileHasFaults:
            at += timedelta(minutes=20)  # mended, and given again whole
    taken = card.take_in(reading=_file(bought, at), file_name=name, by=officer, at=at)
    if place == MISTAKEN:
        card.undo(batch=taken, reason=WRONG_FILE, by=officer, at=at + timedelta(minutes=30))
        card.take_in(reading=_file(bought, at), file_name=name, by=officer, at=at + timedelta(minutes=50))


def _file(bought: Iterable[CardLine], at: datetime, slip: bool = False) -> Reading:
    """The provider's file as bytes, read as any file is read."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in bought:
        amount = "ten pounds" if slip and line.row == 1 else f"{line.pence / 100:.2f}"
        cells = (line.identity, line.card, line.posted_on.isoformat(), line.merchant, line.merchant_code)
        writer.writerow([*cells, amount, line.reference])
    on = at.date()
    return read(text.getvalue().encode(), on=on, layout=card_file.layout(on))


def _holders(town: Town, days: Period) -> list[Holder]:
    """Everybody with a card in those days, what their plan buys, and what the account holds at the end."""
    assert days.last
    agreements = (
        Agreement.objects.filter(first_paid_on__lte=days.last)
        .exclude(card="")
        .exclude(ended_on__lt=days.first)
    )
    found = {agreement.person_id: agreement for agreement in agreements.order_by("id")}
    numbers = town.numbers
    held, bought = held_by(list(found), days.last), _bought(list(found))
    return [
        Holder(town.lives[numbers[pk]], one.card, one.first_paid_on or one.signed_on, held.get(pk, 0),
               tuple(bought.get(pk, ())))
        for pk, one in found.items()
    ]  # fmt: skip


def _bought(people: list[int]) -> Mapping[int, list[Bought]]:
    found: dict[int, list[Bought]] = defaultdict(list)
    rows = Arrangement.objects.filter(person__in=people, held="direct_payment").exclude(state="planned")
    for row in rows.select_related("line").prefetch_related("prices", "suspensions").order_by("id"):
        found[row.person_id].append(
            Bought(
                supplier=row.supplier,
                kind=row.kind,
                how_often=row.line.how_often if row.line else "weekly",
                runs=Period(row.first, row.last),
                prices=tuple((price.first, price.pence_per_week) for price in row.prices.all()),
                away=tuple(Period(stay.first, stay.last) for stay in row.suspensions.all()),
            )
        )
    return found


def _ask(town: Town, officer: User, at: datetime) -> None:
    card.raise_questions(on=at.date(), by=officer, at=at)
    for question in Question.objects.filter(state=Question.State.OPEN, raised_on=at.date()).order_by("id"):
        town.calendar.add(_answered(town, question, officer, at))


def _answered(town: Town, question: Question, officer: User, at: datetime) -> Life:
    """The person says what it was, alone or on the telephone; an officer closes it some days later."""
    number = town.numbers[question.person_id]
    rng = chance(town.seed, number, f"question {question.code} {question.raised_on}")
    if town.until - at < STILL_OPEN and (number == 1 or rng.random() < 0.6):
        return
    if rng.random() < 0.9:
        at = yield after(at, rng, 1, 12)
        says = ANSWERS.get(question.code, "It was for what is in my plan.")
        card.explain(question=question, answer=says, by=question.person.user or officer, at=at)
    at = yield after(at, rng, 1, 14)
    outcome, note = rng.choices((("fine", ""), ("advised", ADVICE), ("pay_back", PAY_BACK)), (72, 20, 8))[0]
    if outcome == "pay_back" and question.actual_id is None:
        outcome, note = "advised", ADVICE
    card.close(question=question, outcome=outcome, note=note, by=officer, at=at)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
