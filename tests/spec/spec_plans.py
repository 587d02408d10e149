"""Reference: what a support plan costs and what stands in its way."""

from datetime import date
from fractions import Fraction

from spec.tables import Page, Table
from wherewithal.core import plan, restriction
from wherewithal.core.costing import Contingency, CostedLine, cost, share
from wherewithal.core.policy import Used
from wherewithal.core.relatives import Payee
from wherewithal.core.risk import Risk, Score
from wherewithal.policy import delegation, direct_payment, mitigation
from wherewithal.policy import restriction as policy

ON = date(2026, 4, 6)
MENDED = {"lawful": (True, "Yes."), "disrepute": (True, "Yes."), "will_work": (True, "It worked before.")}


def line(units="1", pence=10000, how_often="weekly", **changes):
    given = {
        "id": "1", "outcome": "swim", "what": "Swimming with Sam Sample", "kind": "day_activity",
        "unit": "week", "first": ON, "last": None, "held": "council_managed", "term": "long",
    }  # fmt: skip
    return CostedLine(units=Fraction(units), pence_per_unit=pence, how_often=how_often, **(given | changes))


def a_line(units, pence, how_often):
    one = line(units, pence, how_often)
    return one.pence_per_week, one.pence_per_year, one.one_off_pence


def whole_plan(percent):
    lines = [
        line(pence=15600, held="direct_payment"),
        line(pence=4400),
        line(pence=52000, how_often="one-off"),
    ]
    total = cost(lines, share(lines, percent, "direct_payment"))
    return total.pence_per_week, total.by_held["direct_payment"], total.contingency_pence_per_week


def bought(kind, held, term, exception, council):
    one = line(kind=kind, held=held, term=term, exception=exception)
    found = restriction.meets(one, policy.restrictions(Used(ON), f"local/{council}"))
    if not found:
        return "yes"
    return "no" if any(problem.blocks for problem in found) else "yes, by exception"


def rules():
    used = Used(ON)
    return plan.Rules(
        kinds=policy.kinds(used),
        restrictions=policy.restrictions(used),
        relations=direct_payment.relations(used),
        tests=delegation.tests(used),
        mitigations=mitigation.library(used),
    )


def drafted(**changes):
    given = {
        "first": ON, "outcomes": {"swim": "I swim every week."}, "lines": (line(),), "written_by": "person",
        "indicative_pence_per_week": 10000, "tests": MENDED, "if_it_breaks_down": "Sam's sister comes.",
    }  # fmt: skip
    return plan.Plan(**(given | changes))


CHANGES = {
    "nothing": {},
    "no outcome": {"outcomes": {}},
    "a line for no outcome of the plan": {"lines": (line(outcome="sing"),)},
    "an outcome without a line": {"outcomes": {"swim": "I swim every week.", "sing": "I sing again."}},
    "a line without a known kind": {"lines": (line(kind="treats"),)},
    "a line without units": {"lines": (line(units="0"),), "indicative_pence_per_week": 0},
    "a line that costs nothing": {"lines": (line(pence=0),), "indicative_pence_per_week": 0},
    "a line of 168 hours a week": {
        "lines": (line("336", 100, "fortnightly", unit="hour"),),
        "indicative_pence_per_week": 16800,
    },
    "a line of more hours than a week has": {
        "lines": (line("336.5", 100, "fortnightly", unit="hour"),),
        "indicative_pence_per_week": 16825,
    },
    "a line that ends before it starts": {"lines": (line(last=date(2026, 4, 5)),)},
    "a line that ends on the day it starts": {"lines": (line(last=ON),)},
    "a line over before the plan starts": {"lines": (line(first=date(2026, 1, 5), last=date(2026, 4, 5)),)},
    "no test answered": {"tests": {}},
    "a test answered no": {"tests": MENDED | {"will_work": (False, "It failed before.")}},
    "a test answered without a reason": {"tests": MENDED | {"will_work": (True, " ")}},
    "nothing said of support breaking down": {"if_it_breaks_down": ""},
    "a contingency instead": {"if_it_breaks_down": "", "contingency": Contingency(0, "in_house")},
    "no council budget": {"indicative_pence_per_week": None},
    "a direct payment, its conditions open": {"lines": (line(held="direct_payment"),)},
    "a direct payment, its conditions not met": {
        "lines": (line(held="direct_payment"),),
        "direct_payment_allowed": False,
    },
    "a direct payment, its conditions met": {
        "lines": (line(held="direct_payment"),),
        "direct_payment_allowed": True,
    },
    "a direct payment to a son at home": {
        "lines": (line(held="direct_payment", payee=Payee("child", same_household=True)),),
        "direct_payment_allowed": True,
    },
    "a council-managed payment to a son at home": {
        "lines": (line(payee=Payee("child", same_household=True)),),
    },
    "a risk without mitigation": {"risks": (Risk("1", "May fall", "customer", Score(2, 2)),)},
}


def stands_in_its_way(changed):
    found = plan.problems(drafted(**CHANGES[changed]), rules(), ON)
    return sum(problem.blocks for problem in found), sum(not problem.blocks for problem in found)


def compared(indicative):
    found = plan.problems(drafted(indicative_pence_per_week=indicative), rules(), ON)
    return found[0].says if found else ""


PAGE = Page(
    slug="support-plans",
    title="Support plans: what they cost and what stands in their way",
    says=(
        "A plan has outcomes, and lines that are bought or arranged to reach them. Everything that stands "
        "in its way is shown at once, beside the part it is about, with the rule's source. Money is whole "
        "pence."
    ),
    tables=(
        Table(
            title="One line",
            says=(
                "Units, times the price of one, times how often: weekly 1, fortnightly 1/2, 4-weekly 1/4, "
                "monthly 12/52, quarterly 4/52, yearly 1/52. Rounded once, half up. A year is worked from "
                "the line, not from the rounded week. A one-off is spread over 52 weeks for the budget, "
                "and shown whole as well."
            ),
            given=("units", "pence each", "how often"),
            then=("pence a week", "pence a year", "one-off pence"),
            rows=(
                ("10", 1500, "weekly", 15000, 780000, 0),
                ("7.5", 1315, "weekly", 9863, 512850, 0),
                ("1", 4400, "fortnightly", 2200, 114400, 0),
                ("1", 2501, "fortnightly", 1251, 65026, 0),
                ("1", 40000, "4-weekly", 10000, 520000, 0),
                ("1", 10000, "monthly", 2308, 120000, 0),
                ("1", 13000, "quarterly", 1000, 52000, 0),
                ("1", 52000, "yearly", 1000, 52000, 0),
                ("1", 52000, "one-off", 1000, 52000, 52000),
                ("0", 1500, "weekly", 0, 0, 0),
            ),
            run=a_line,
        ),
        Table(
            title="Contingency",
            says=(
                "A plan of £156.00 a week by direct payment, £44.00 managed by the council, and £520.00 "
                "once. A contingency is a share of what comes regularly; the one-off is left out of it."
            ),
            given=("contingency percent",),
            then=("plan, pence a week", "held as direct payment", "of it contingency"),
            rows=((0, 21000, 15600, 0), (5, 22000, 16600, 1000), (10, 23000, 17600, 2000)),
            run=whole_plan,
        ),
        Table(
            title="What a budget may buy",
            says=(
                "Restrictions are policy data. These are those of Exampleshire, a made-up council, and of a "
                "council that has none. A long stay in a care home cannot be paid by direct payment anywhere."
            ),
            given=("kind", "held as", "term", "reason for an exception", "policy file"),
            then=("may be bought",),
            rows=(
                ("personal_assistant", "direct_payment", "long", "", "restrictions", "yes"),
                ("gambling", "direct_payment", "long", "He loves it.", "restrictions", "no"),
                ("gambling", "direct_payment", "long", "", "restrictions-none", "yes"),
                ("food", "direct_payment", "long", "", "restrictions", "no"),
                (
                    "food",
                    "direct_payment",
                    "long",
                    "Meals are the need.",
                    "restrictions",
                    "yes, by exception",
                ),
                ("food", "council_managed", "long", "", "restrictions", "yes"),
                ("residential", "direct_payment", "long", "", "restrictions-none", "no"),
                ("residential", "direct_payment", "short", "", "restrictions-none", "yes"),
                ("residential", "commissioned", "long", "", "restrictions", "yes"),
            ),
            run=bought,
        ),
        Table(
            title="What stops a plan, and what is only shown",
            says=(
                "A plan goes to sign-off when nothing stops it. What does not stop it is there for whoever "
                "decides. Each row is a good plan with one thing changed."
            ),
            given=("what was changed",),
            then=("stops it", "only shown"),
            rows=(
                ("nothing", 0, 0),
                ("no outcome", 2, 0),
                ("a line for no outcome of the plan", 1, 1),
                ("an outcome without a line", 0, 1),
                ("a line without a known kind", 1, 0),
                ("a line without units", 1, 0),
                ("a line that costs nothing", 0, 1),
                ("a line of 168 hours a week", 0, 0),
                ("a line of more hours than a week has", 0, 1),
                ("a line that ends before it starts", 1, 0),
                ("a line that ends on the day it starts", 0, 0),
                ("a line over before the plan starts", 1, 0),
                ("no test answered", 3, 0),
                ("a test answered no", 1, 0),
                ("a test answered without a reason", 1, 0),
                ("nothing said of support breaking down", 0, 1),
                ("a contingency instead", 0, 0),
                ("no council budget", 0, 0),
                ("a direct payment, its conditions open", 1, 0),
                ("a direct payment, its conditions not met", 1, 0),
                ("a direct payment, its conditions met", 0, 0),
                ("a direct payment to a son at home", 1, 0),
                ("a council-managed payment to a son at home", 0, 0),
                ("a risk without mitigation", 2, 0),
            ),
            run=stands_in_its_way,
        ),
        Table(
            title="Plan against indicative budget",
            says="The plan costs £100.00 a week. A difference is a warning in pounds.",
            given=("indicative, pence a week",),
            then=("warning",),
            rows=(
                (10000, ""),
                (
                    8000,
                    "The plan costs £20.00 a week more than the indicative budget of £80.00. "
                    "The final budget will need a reason.",
                ),
                (
                    10001,
                    "The plan costs £0.01 a week less than the indicative budget of £100.01. "
                    "The final budget will need a reason.",
                ),
            ),
            run=compared,
        ),
    ),
)
