"""Reference: what is asked about in an account, by exception."""

from datetime import date

from spec.arrangements import day
from spec.tables import Page, Table
from wherewithal.core import exceptions
from wherewithal.core.exceptions import Holding, HouseholdMember, Spend
from wherewithal.core.money import pence
from wherewithal.core.policy import Used
from wherewithal.policy.card import flag_rules

ON = date(2026, 5, 17)
RULES = flag_rules(Used(ON))


def spend(amount: str, payee: str, code: str = "", on: str = "1 May 2026") -> Spend:
    return Spend("L1", day(on), pence(amount), payee, code)


def merchant(payee: str, code: str, amount: str) -> str:
    flag = exceptions.excluded_merchant(spend(amount, payee, code), RULES)
    return flag.for_person if flag else "nothing"


def household(payee: str, member: str, agreed: str) -> str:
    members = [HouseholdMember(member, "brother", agreed == "yes")]
    flag = exceptions.household_payee(spend("£48.00", payee), members)
    return flag.for_officer if flag else "nothing"


def cash(withdrawals: str) -> str:
    spends = []
    for part in withdrawals.split(", "):
        amount, _, on = part.partition(" on ")
        spends.append(spend(amount, "Cash machine", "6011", on))
    flags = exceptions.cash_above(spends, RULES)
    return flags[0].for_person if flags else "nothing"


def silence(last_spent: str, held: str, in_hospital: str, on: str) -> str:
    spends = [spend("£5.00", "Corner Stores", on=last_spent)] if last_spent != "never" else []
    holding = Holding(pence(held), 20800, day("20 April 2026"), in_hospital == "yes")
    flag = exceptions.nothing_spent(spends, holding, RULES, on=day(on))
    return flag.for_person if flag else "nothing"


def much_held(held: str, weekly: str) -> str:
    holding = Holding(pence(held), pence(weekly), day("20 April 2026"))
    flag = exceptions.more_than_weeks_held(holding, RULES, on=ON)
    return flag.for_officer if flag else "nothing"


PAGE = Page(
    slug="monitoring",
    title="Money spent: what is asked about",
    says="Spending is never blocked. A few things are asked about afterwards, kindly, by the council's dated "
    "policy; here Exampleshire's on 17 May 2026. A council may have none of these rules.",
    tables=(
        Table(
            title="The kind of merchant",
            says="Only merchant codes on the council's own list. A refund is not asked about.",
            given=("merchant", "code", "amount"),
            then=("the person is asked",),
            rows=(
                (
                    "Lucky Nag",
                    "7995",
                    "£12.00",
                    "You paid £12.00 to Lucky Nag on 1 May 2026. The card lists it under betting, and lists "
                    "can be wrong. What was it for?",
                ),
                ("Lucky Nag", "7995", "-£12.00", "nothing"),
                ("Corner Stores", "5411", "£48.00", "nothing"),
                ("Corner Stores", "", "£48.00", "nothing"),
            ),
            run=merchant,
        ),
        Table(
            title="Someone of the household",
            says="A direct payment must not pay a spouse or partner, or a listed relative in the same "
            "household, unless the council finds it necessary (SI 2014/2871 regulation 3). Names match by "
            "surname and first name or initial.",
            given=("payee", "in the household", "agreed"),
            then=("the officer reads",),
            rows=(
                (
                    "MR P EXAMPLE",
                    "Pat Example",
                    "no",
                    "£48.00 to MR P EXAMPLE on 1 May 2026: the name is that of Pat Example (brother), and "
                    "no exception is on record.",
                ),
                ("P. Example", "Pat Example", "yes", "nothing"),
                ("Q Example", "Pat Example", "no", "nothing"),
                ("Pat Example Plumbing", "Pat Example", "no", "nothing"),
                ("Example", "Pat Example", "no", "nothing"),
            ),
            run=household,
        ),
        Table(
            title="Cash",
            says="More than £100.00 of cash within 28 days.",
            given=("cash taken out",),
            then=("the person is asked",),
            rows=(
                ("£100.00 on 1 May 2026", "nothing"),
                (
                    "£60.00 on 1 May 2026, £60.00 on 28 May 2026",
                    "You took out £120.00 in cash in the 28 days up to 28 May 2026. Please tell us in a few "
                    "words what it was for.",
                ),
                ("£60.00 on 1 May 2026, £60.00 on 29 May 2026", "nothing"),
            ),
            run=cash,
        ),
        Table(
            title="Nothing spent",
            says="For 6 weeks since the last purchase, or since the first payment on 20 April 2026. Not of "
            "someone in hospital, and not where nothing is held.",
            given=("last spent", "held", "in hospital", "on"),
            then=("the person is asked",),
            rows=(
                ("1 May 2026", "£832.00", "no", "11 June 2026", "nothing"),
                (
                    "1 May 2026",
                    "£832.00",
                    "no",
                    "12 June 2026",
                    "You have not used your budget since 1 May 2026. Is everything all right, and can we "
                    "help you to get the support you planned?",
                ),
                (
                    "never",
                    "£832.00",
                    "no",
                    "1 June 2026",
                    "You have not used your budget since 20 April 2026. Is everything all right, and can we "
                    "help you to get the support you planned?",
                ),
                ("1 May 2026", "£832.00", "yes", "12 June 2026", "nothing"),
                ("1 May 2026", "£0.00", "no", "12 June 2026", "nothing"),
            ),
            run=silence,
        ),
        Table(
            title="Much held",
            says="More than 8 weeks of the person's direct payment.",
            given=("held", "a week"),
            then=("the officer reads",),
            rows=(
                ("£1,664.00", "£208.00", "nothing"),
                (
                    "£1,664.01",
                    "£208.00",
                    "£1,664.01 is held on 17 May 2026: more than 8 weeks at £208.00 a week (£1,664.00).",
                ),
                ("£50.00", "£0.00", "nothing"),
            ),
            run=much_held,
        ),
    ),
)
