"""From who qualifies to a plan that is handed in: the offer, the budget, what is paid, the plan itself."""

from datetime import date

from browser.needs import Newcomer, find
from browser.visitor import Visitor

# What the made-up scheme and the rules of today come to, worked by hand in docs/tutorial/one-budget.md.
INDICATIVE, CONTRIBUTION, PLAN = "£98.26", "£8.35", "£94.00"


def offer(worker: Visitor) -> None:
    worker.press("Go on to the offer of a direct payment")
    worker.press("Record the offer")
    worker.choose("What do you offer?", "A direct payment")
    worker.choose("In which format?", "Large print")
    worker.choose("What did they say?", "Yes, they want one")
    worker.press("Record the offer")


def propose(worker: Visitor) -> None:
    worker.tab("Summary")
    worker.press("Work out the indicative budget")
    worker.choose("Does support have far to travel to where they live?", "No")
    worker.press("Work out the budget")
    worker.sees(f"{INDICATIVE} a week is the indicative budget")


def assess_means(worker: Visitor) -> None:
    worker.tab("Summary")
    worker.press("Assess what the person pays")
    worker.choose("How are they assessed?", "In full")
    worker.write("Savings and other capital", "15,000")
    for row, (kind, amount) in enumerate(
        {"State Pension": "201.40", "Attendance Allowance": "73.90"}.items(), 1
    ):
        worker.select(f"Income {row}", kind)
        worker.write(f"Income {row}, a week", amount)
    worker.write("Housing costs a week, after any help with them", "18.50")
    worker.choose("They live as", "Single")
    worker.choose("Is care at night arranged?", "No")
    worker.press("Work out what they pay")
    worker.sees(f"They pay {CONTRIBUTION} a week.")


def plan(worker: Visitor, first: date) -> None:
    """Two outcomes, a line for each, a risk and the three tests."""
    worker.tab("Summary")
    worker.press("Start the plan")
    worker.choose("Who writes it?", "A worker with the person")
    worker.press("Start the plan")
    describe(worker)
    add_outcome(worker, "I am washed and dressed by nine", "Getting dressed")
    add_line(worker, "I am washed and dressed by nine", "Help in the mornings", "Personal assistant",
             "Posy Pretend", ("5", "hours", "15.20"), first)  # fmt: skip
    add_outcome(worker, "I sing in the choir", "Keeping up with family and friends")
    add_line(worker, "I sing in the choir", "The choir and a lift there", "Day activity or group",
             "Imaginary Choir", ("1", "sessions", "18.00"), first)  # fmt: skip
    add_risk(worker)
    answer_tests(worker)


def describe(worker: Visitor) -> None:
    worker.follow("Change")
    worker.write("What matters to them", "My mornings, and the choir.")
    worker.write("First wish", "To be up and dressed by nine")
    worker.write("What happens when support falls through?", "My neighbour rings the agency.")
    worker.press("Save")


def add_outcome(worker: Visitor, text: str, serves: str) -> None:
    worker.follow("Add an outcome")
    worker.write("What should be different?", text)
    worker.choose("Which outcomes of the Care Act does it serve?", serves)
    worker.press("Save the outcome")


def add_line(
    worker: Visitor,
    outcome: str,
    what: str,
    kind: str,
    supplier: str,
    cost: tuple[str, str, str],
    first: date,
) -> None:
    """``cost``: how much, of what, the price of one."""
    card = worker.page.locator(".ww-card").filter(has_text=outcome)
    worker.follow("Add something that is bought or arranged", card)
    worker.write("What is it?", what)
    worker.select("What kind of thing is it?", kind)
    for question, given in zip(("How much each time?", "Price of one"), (cost[0], cost[2]), strict=True):
        worker.write(question, given)
    worker.select("Of what?", cost[1])
    worker.choose("How often?", "every week")
    worker.write_day("From", first)
    worker.choose("How is the money held?", "Direct payment")
    worker.write("Who supplies it?", supplier)
    worker.press("Save")


def add_risk(worker: Visitor) -> None:
    worker.follow("Add a risk")
    worker.write("What could go wrong?", "The assistant is ill and nobody comes.")
    worker.choose("What kind of risk is it?", "To how support runs")
    worker.select("How likely?", "3, possible")
    worker.select("How bad?", "3, moderate")
    library = worker.page.get_by_label("From the library").locator("option")
    worker.select("From the library", library.filter(has_text="second").first.inner_text())
    worker.write("Who sees to it?", "Posy Pretend")
    worker.select("How likely then?", "2, unlikely")
    worker.select("How bad then?", "2, small")
    worker.press("Save the risk")


def answer_tests(worker: Visitor) -> None:
    worker.follow("Answer", worker.page.locator("section").filter(has_text="Three tests"))
    for number, asks in enumerate(
        ("Is everything in the plan lawful?",
         "Could the council explain this plan in public without falling into disrepute?",
         "Will the plan work for the person?")
    ):  # fmt: skip
        worker.choose(asks, "Yes")
        worker.page.get_by_label("Why?").nth(number).fill("It is help at home and a choir.")
    worker.press("Save the answers")


def conditions(officer: Visitor, who: Newcomer) -> None:
    """Answered one by one, for a direct payment that the person holds."""
    find(officer, who)
    officer.tab("Plan")
    officer.follow("Answer the conditions")
    officer.choose("Who would hold the money?", who.name)
    officer.press("Go on")
    for yes in officer.page.get_by_label("Yes", exact=True).all():
        yes.check()
    officer.press("Decide")


def submit(worker: Visitor) -> None:
    worker.tab("Plan")
    worker.press("Check and send for sign-off")
    worker.press("Send for sign-off")
