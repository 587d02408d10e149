"""Reference: what a person pays towards their care."""

from dataclasses import replace
from datetime import date

from spec.tables import Page, Table
from wherewithal.core.charging import Contribution, assess
from wherewithal.core.means import Expense, Income, LightTouch, Means
from wherewithal.core.money import pence, pounds
from wherewithal.core.pension_age import age_group, reaches_pension_age_on
from wherewithal.core.refusal import Refusal
from wherewithal.policy.charging import income_kinds, rules_on

TODAY = date(2026, 5, 1)
NOBODY = Means(born_on=date(1946, 3, 9))
BUDGET = 50000

MARGARET = Means(  # 80, lives alone in a rented flat
    born_on=date(1946, 3, 9),
    capital_pence=1520000,
    incomes=(
        Income("state_pension", 23000),
        Income("private_pension", 4150),
        Income("attendance_allowance", 7670),
        Income("savings_credit", 900),
    ),
    housing_costs_pence_per_week=3100,
)
DEV = Means(  # 34, lives alone, works some hours
    born_on=date(1991, 8, 14),
    incomes=(
        Income("universal_credit", 19800),
        Income("pip_daily_living", 7670),
        Income("mobility", 8000),
        Income("earnings", 9600),
    ),
    disability_expenses=(Expense("laundry", 640), Expense("special_diet", 1200)),
    disability_premium=True,
)
PEOPLE = {
    "Margaret, 80": MARGARET,
    "Margaret with savings of £23,250.01": replace(MARGARET, capital_pence=2325001),
    "Dev, 34": DEV,
    "Dev, without the mobility component and earnings": replace(DEV, incomes=DEV.incomes[:2]),
    "Dev, without the disability benefit": replace(DEV, incomes=DEV.incomes[:1]),
}


def charge(means: Means, budget: int = BUDGET, on: date = TODAY) -> Contribution:
    return assess(rules_on(on), means, budget_pence_per_week=budget, on=on)


def lines(made: Contribution, start: str):
    """The values of the lines that begin so."""
    return [line.value for line in made.workings.lines if line.says.startswith(start)]


def mark(made: Contribution, *names: str) -> str:
    return "no" if set(names) & set(made.unverified) else "yes"


def capital(amount: str):
    made = charge(replace(NOBODY, capital_pence=pence(amount)))
    if made.full_cost:
        return "full cost", ""
    [tariff] = lines(made, "Income assumed")
    return "by income", pounds(tariff)


def whole(person: str, budget: str):
    made = charge(PEOPLE[person], pence(budget))
    return pounds(made.pence_per_week), "yes" if made.full_cost else "no"


def protected(on: date, born_on: date, household: str, extras: str):
    means = replace(
        NOBODY,
        born_on=born_on,
        household=household,
        dependent_children=extras.count("child"),
        disability_premium="disability" in extras,
        enhanced_disability_premium="enhanced" in extras,
        carer_premium="carer" in extras,
    )
    made = charge(means, on=on)
    rates = {row["name"] for row in made.policy if "protected" in row["name"] or "premium" in row["name"]}
    left = lines(made, "Minimum income guarantee") + lines(made, "Disability premium")
    left += lines(made, "Enhanced") + lines(made, "Carer premium")
    return pounds(-sum(left)), mark(made, *rates)


def income(kind: str, amount: str, on: date = TODAY):
    made = charge(replace(NOBODY, incomes=(Income(kind, pence(amount)),)), on=on)
    return pounds(made.workings.lines[1].value), mark(made, f"income_{kind}")


def disability_costs(listed: str, benefit: str):
    costs = (Expense("laundry", pence(listed)),)
    incomes = (Income("state_pension", 40000), Income("attendance_allowance", pence(benefit)))
    made = charge(replace(NOBODY, incomes=incomes, disability_expenses=costs))
    return pounds(-sum(lines(made, "Special washing") + lines(made, "Costs of disability")))


def published(on: date, budget: str):
    """Knowsley Council's first published example, with its age turned into a birthday."""
    means = Means(
        born_on=date(2002, 5, 1),
        incomes=(
            Income("universal_credit", 16796),
            Income("pip_daily_living", 10855 - 3590),
            Income("night_element", 3590),
            Income("mobility", 7575),
        ),
        disability_expenses=(Expense("laundry", 642), Expense("clothing_footwear", 618)),
        disability_premium=True,
        enhanced_disability_premium=True,
    )
    return pounds(charge(means, pence(budget), on).pence_per_week)


def without_the_form(how: str, budget: str):
    ways = {
        "declined to say": {"assessed": "declined"},
        "pays for own care": {"assessed": "self_funder"},
        "light touch: plainly able": {"light_touch": LightTouch("ample")},
        "light touch: benefits only": {"light_touch": LightTouch("benefits_only")},
        "light touch: £8.00 agreed": {"light_touch": LightTouch("small_charge", 800)},
        "a carer": {"about": "carer"},
    }
    way = {"assessed": "light_touch"} | ways[how] if "light_touch" in ways[how] else ways[how]
    made = charge(replace(MARGARET, **way), pence(budget))
    return pounds(made.pence_per_week), "yes" if made.full_cost else "no", made.workings.lines[0].says


def pension_age(born_on: date):
    [timetable] = [row["value"] for row in charge(NOBODY).policy if row["name"] == "pension_age"]
    return reaches_pension_age_on(born_on, timetable)


def group(born_on: date, on: date):
    [timetable] = [row["value"] for row in charge(NOBODY, on=on).policy if row["name"] == "pension_age"]
    return age_group(born_on, on, timetable).replace("_", " ")


def year_without_rates(on: date):
    try:
        return rules_on(on).title
    except Refusal as refusal:
        return refusal.says


def fairer(age: str, extras: str, pension_credit: str):
    born = {"20": date(1990, 6, 1), "40": date(1970, 6, 1), "75": date(1935, 6, 1)}[age]
    means = Means(
        born_on=born,
        incomes=(Income("pension_credit_guarantee", pence(pension_credit)),),
        disability_premium="disability" in extras,
        household="couple" if "couple" in extras else "single",
    )
    try:
        made = charge(means, on=date(2011, 3, 1))
    except Refusal as refusal:
        return "", refusal.says
    kept = sum(lines(made, "Basic") + lines(made, "Guarantee credit") + lines(made, "Disability premium"))
    kept += sum(lines(made, "Added"))
    return pounds(-kept), pounds(made.pence_per_week)


def night_part(on: date, night_care: str):
    incomes = (Income("attendance_allowance", 4780), Income("night_element", 2360))
    made = charge(replace(NOBODY, incomes=incomes, night_care=night_care == "yes"), on=on)
    return pounds(sum(line.value for line in made.workings.lines[1:3]))


def workings(number: int):
    """One line of Margaret's workings, by number from 1."""
    line = charge(MARGARET).workings.lines[number - 1]
    return line.says, line.answer, pounds(line.value), "yes" if line.verified else "no"


def kinds(on: date, treatment: str):
    return ", ".join(kind.title for kind in income_kinds(on) if kind.treatment == treatment)


CAPITAL = Table(
    "Capital",
    "Above £23,250.00 the person pays the full cost; exactly at it is not above it. Between £14,250.00 and "
    "£23,250.00 an income of £1.00 a week is assumed for each £250.00 or part of it. That part of a step "
    "counts is not confirmed in the regulations themselves, and is marked so. SI 2014/2672 regs 12 and 25.",
    ("capital",),
    ("charged", "assumed a week"),
    (
        ("£0.00", "by income", "£0.00"),
        ("£14,250.00", "by income", "£0.00"),
        ("£14,250.01", "by income", "£1.00"),
        ("£14,500.00", "by income", "£1.00"),
        ("£14,500.01", "by income", "£2.00"),
        ("£23,249.99", "by income", "£36.00"),
        ("£23,250.00", "by income", "£36.00"),
        ("£23,250.01", "full cost", ""),
    ),
    capital,
)

WHOLE = Table(
    "From means to contribution",
    "Income that counts, and income assumed from savings, less what must be left, housing costs and costs "
    "of disability; never more than the budget and never below £0.00. Margaret has State Pension 230.00, a "
    "pension of 41.50, Attendance Allowance 76.70, savings credit 9.00, savings of 15,200.00 and rent of "
    "31.00. Dev has Universal Credit 198.00, daily living component 76.70, mobility component 80.00, "
    "earnings of 96.00, and 18.40 of disability costs. Both are made up. In May 2026.",
    ("person", "budget a week"),
    ("contribution a week", "full cost"),
    (
        ("Margaret, 80", "£500.00", "£69.75", "no"),
        ("Margaret, 80", "£60.00", "£60.00", "no"),
        ("Margaret, 80", "£0.00", "£0.00", "no"),
        ("Margaret with savings of £23,250.01", "£500.00", "£500.00", "yes"),
        ("Dev, 34", "£500.00", "£84.35", "no"),
        ("Dev, without the mobility component and earnings", "£500.00", "£84.35", "no"),
        ("Dev, without the disability benefit", "£500.00", "£7.65", "no"),
    ),
    whole,
)

PUBLISHED = Table(
    "A published example",
    "Knowsley Council publishes this assessment for 2024-25: aged 22, Universal Credit 167.96, daily living "
    "component 108.55 of which 35.90 is for nights and not counted, mobility component 75.75, disability "
    "costs 12.60, minimum income guarantee 160.30 with both disability premiums. The council's answer is "
    "67.71, and ours is the same.",
    ("on", "budget a week"),
    ("contribution a week",),
    ((date(2024, 6, 3), "£391.95", "£67.71"),),
    published,
)

GUARANTEE = Table(
    "The minimum income guarantee",
    "By year, age and household, with an amount for each child and premiums (reg 7). Rates change on 6 "
    "April. A rate that was not read in a source is used, and marked: see the last column. The regulations "
    "leave a lone parent one amount at any age; at pension age the higher amount of a single person is "
    "left.",
    ("on", "born", "household", "also"),
    ("left a week", "every rate verified"),
    (
        (date(2015, 4, 1), date(1980, 1, 1), "single", "", "£91.40", "yes"),
        (date(2015, 4, 1), date(1980, 1, 1), "single", "disability, enhanced", "£151.45", "yes"),
        (date(2022, 4, 5), date(1946, 1, 1), "single", "", "£189.00", "yes"),
        (date(2022, 4, 6), date(1946, 1, 1), "single", "", "£194.70", "yes"),
        (date(2023, 4, 6), date(1946, 1, 1), "single", "", "£214.35", "yes"),
        (date(2024, 4, 6), date(1946, 1, 1), "single", "", "£228.70", "no"),
        (date(2025, 4, 6), date(1946, 1, 1), "single", "", "£232.60", "no"),
        (TODAY, date(2006, 1, 1), "single", "", "£95.40", "no"),
        (TODAY, date(1980, 1, 1), "single", "", "£120.40", "no"),
        (TODAY, date(1946, 1, 1), "single", "", "£241.45", "no"),
        (TODAY, date(1980, 1, 1), "single", "disability", "£171.95", "no"),
        (TODAY, date(1980, 1, 1), "lone_parent", "child, child", "£334.10", "no"),
        (TODAY, date(1955, 1, 1), "lone_parent", "", "£241.45", "no"),
        (TODAY, date(1980, 1, 1), "couple", "", "£94.55", "no"),
        (TODAY, date(1946, 1, 1), "couple", "carer", "£239.55", "no"),
    ),
    protected,
)

INCOME = Table(
    "Income, kind by kind",
    "What counts of one income a week. Earnings and the mobility component never count; savings credit does "
    "not count for care at home; a disability benefit counts, and its costs are then left to the person; of "
    "some war pensions the first £10.00 is left out. In May 2026.",
    ("kind", "a week"),
    ("counts", "rule verified"),
    (
        ("state_pension", "£230.00", "£230.00", "yes"),
        ("pension_credit_guarantee", "£50.00", "£50.00", "yes"),
        ("savings_credit", "£9.00", "£0.00", "yes"),
        ("attendance_allowance", "£76.70", "£76.70", "yes"),
        ("pip_daily_living", "£76.70", "£76.70", "yes"),
        ("mobility", "£80.00", "£0.00", "yes"),
        ("earnings", "£400.00", "£0.00", "yes"),
        ("child_benefit", "£26.00", "£0.00", "yes"),
        ("war_widows_pension", "£160.00", "£150.00", "yes"),
        ("war_widows_pension", "£6.00", "£0.00", "yes"),
        ("war_pension", "£120.00", "£0.00", "yes"),
        ("esa", "£92.05", "£92.05", "no"),
    ),
    income,
)

WAR_PENSION = Table(
    "A rule that changed",
    "A veteran's war pension was counted above £10.00, and later not at all; the day of the change is not "
    "confirmed.",
    ("kind", "a week", "on"),
    ("counts", "rule verified"),
    (
        ("war_pension", "£120.00", date(2016, 6, 1), "£110.00", "no"),
        ("war_pension", "£120.00", date(2018, 6, 1), "£0.00", "no"),
        ("war_pension", "£120.00", date(2025, 6, 1), "£0.00", "yes"),
    ),
    income,
)

COSTS = Table(
    "Costs of disability",
    "The listed costs are left to the person. Exampleshire allows £10.00 without bills to whoever has a "
    "disability benefit that counts, up to that benefit: a choice of the council's, made up.",
    ("listed a week", "Attendance Allowance"),
    ("left a week",),
    (
        ("£0.00", "£76.70", "£10.00"),
        ("£6.40", "£76.70", "£10.00"),
        ("£18.40", "£76.70", "£18.40"),
        ("£6.40", "£0.00", "£6.40"),
        ("£0.00", "£4.00", "£4.00"),
    ),
    disability_costs,
)

NIGHT = Table(
    "The night part of a high-rate disability benefit",
    "It counts only where night care is arranged: for everybody in 2010-11, and by Exampleshire's choice "
    "now. Enter the night part as an income of its own. Attendance Allowance 47.80 and a night part of "
    "23.60.",
    ("on", "night care"),
    ("counts",),
    (
        (date(2011, 3, 1), "no", "£47.80"),
        (date(2011, 3, 1), "yes", "£71.40"),
        (TODAY, "no", "£47.80"),
        (TODAY, "yes", "£71.40"),
    ),
    night_part,
)

FORMLESS = Table(
    "Without the full form",
    "Who chooses not to say what they have, and who pays for their own care, pays in full. With the person's "
    "agreement the form can be left out (reg 10). Exampleshire does not charge carers: a choice of the "
    "council's.",
    ("how", "budget a week"),
    ("contribution a week", "full cost", "first line of the workings"),
    (
        (
            "declined to say",
            "£120.00",
            "£120.00",
            "yes",
            "The person chose not to say what they have, so the council treats them as able to pay in full",
        ),
        ("pays for own care", "£120.00", "£120.00", "yes", "The person pays for their own care"),
        (
            "light touch: plainly able",
            "£120.00",
            "£120.00",
            "yes",
            "Light touch: plainly able to pay in full",
        ),
        (
            "light touch: benefits only",
            "£120.00",
            "£0.00",
            "no",
            "Light touch: benefits show that the person cannot pay",
        ),
        (
            "light touch: £8.00 agreed",
            "£120.00",
            "£8.00",
            "no",
            "Light touch: a small charge, agreed with the person",
        ),
        (
            "light touch: £8.00 agreed",
            "£5.00",
            "£5.00",
            "no",
            "Light touch: a small charge, agreed with the person",
        ),
        ("a carer", "£120.00", "£0.00", "no", "The council does not charge carers for support to carers"),
    ),
    without_the_form,
)

PENSION_AGE = Table(
    "Pension age, by birthday",
    "66 until it steps up by a month for each month of birth, to 67 (Pensions Act 2014).",
    ("born",),
    ("reached on",),
    (
        (date(1946, 3, 9), date(2012, 3, 9)),
        (date(1960, 4, 5), date(2026, 4, 5)),
        (date(1960, 4, 6), date(2026, 5, 6)),
        (date(1960, 7, 31), date(2026, 11, 30)),
        (date(1961, 3, 5), date(2028, 2, 5)),
        (date(1961, 3, 6), date(2028, 3, 6)),
    ),
    pension_age,
)

AGE_GROUP = Table(
    "Age groups",
    "The group changes on the birthday, or on the day that pension age is reached. Before October 2020 the "
    "timetable is that of women's State Pension age, which Pension Credit went by, and it is marked "
    "unverified.",
    ("born", "on"),
    ("group",),
    (
        (date(2001, 5, 2), date(2026, 5, 1), "18 to 24"),
        (date(2001, 5, 1), date(2026, 5, 1), "25 to pension age"),
        (date(1960, 4, 6), date(2026, 5, 5), "25 to pension age"),
        (date(1960, 4, 6), date(2026, 5, 6), "pension age"),
        (date(1953, 4, 5), date(2016, 3, 5), "25 to pension age"),
        (date(1953, 4, 5), date(2016, 3, 6), "pension age"),
        (date(1954, 9, 30), date(2020, 9, 5), "25 to pension age"),
        (date(1954, 9, 30), date(2020, 9, 6), "pension age"),
    ),
    group,
)

YEARS = Table(
    "Years without rates",
    "A year without rates is refused by name; another year's figures are never used.",
    ("on",),
    ("rules",),
    (
        (date(2011, 4, 5), "Fairer Charging, 2010-11"),
        (
            date(2011, 4, 6),
            "There are no charging rates for 2011-12 on record (asked for 6 April 2011). Another year's "
            "figures are never used instead. Whoever keeps the policy adds them, each with its source.",
        ),
        (
            date(2014, 12, 31),
            "There are no charging rates for 2014-15 on record (asked for 31 December 2014). Another year's "
            "figures are never used instead. Whoever keeps the policy adds them, each with its source.",
        ),
        (date(2015, 4, 1), "Care and Support (Charging and Assessment of Resources) Regulations 2014"),
        (date(2027, 4, 5), "Care and Support (Charging and Assessment of Resources) Regulations 2014"),
        (
            date(2027, 4, 6),
            "There are no charging rates for 2027-28 on record (asked for 6 April 2027). Another year's "
            "figures are never used instead. Whoever keeps the policy adds them, each with its source.",
        ),
    ),
    year_without_rates,
)

FAIRER = Table(
    "Fairer Charging, 2010-11",
    "The basic level of Income Support, or the guarantee credit, plus 25%, must be left; the 25% is rounded "
    "to whole pence, half up. A couple under pension age is refused, since its rate was not found.",
    ("age", "also", "income a week"),
    ("left a week", "contribution a week"),
    (
        ("20", "", "£100.00", "£64.81", "£35.19"),
        ("40", "", "£100.00", "£81.81", "£18.19"),
        ("40", "disability", "£130.00", "£116.81", "£13.19"),
        ("75", "", "£170.00", "£165.75", "£4.25"),
        ("75", "", "£132.60", "£165.75", "£0.00"),
        (
            "40",
            "couple",
            "£100.00",
            "",
            "No value of “Basic Income Support, member of a couple under pension age” is on record for "
            "1 March 2011. Whoever keeps the policy adds it, with its source.",
        ),
    ),
    fairer,
)

WORKINGS = Table(
    "The workings",
    "Each line has its amount, its source and whether that was verified. Margaret in May 2026.",
    ("line",),
    ("says", "how", "a week", "verified"),
    (
        (1, "Savings and other capital", "not above the upper limit of £23,250.00", "£15,200.00", "yes"),
        (2, "State Pension", "£230.00 a week, counted", "£230.00", "yes"),
        (5, "Pension Credit, savings credit", "£9.00 a week, not counted", "£0.00", "yes"),
        (
            6,
            "Income assumed from savings",
            "£1.00 for each £250.00, or part of it, above £14,250.00",
            "£4.00",
            "no",
        ),
        (7, "Minimum income guarantee, single person of pension age", "", "-£241.45", "no"),
        (8, "Housing costs: rent, mortgage, council tax, service charges", "", "-£31.00", "yes"),
        (
            9,
            "Costs of disability, up to the standard amount",
            "the council allows this much without bills",
            "-£10.00",
            "yes",
        ),
        (10, "Left over to pay with", "", "£69.75", "yes"),
        (11, "Contribution a week", "", "£69.75", "yes"),
    ),
    workings,
)

KINDS = Table(
    "Kinds of which the first part does not count",
    "The kinds of income are policy, by date.",
    ("on", "treatment"),
    ("kinds",),
    (
        (date(2011, 3, 1), "partly", "War disablement pension, War widow's or widower's pension"),
        (
            TODAY,
            "partly",
            "War widow's or widower's pension, Civilian war injury pension, Payment to victims of National "
            "Socialist persecution, Survivor's guaranteed income payment, armed forces",
        ),
    ),
    kinds,
)

PAGE = Page(
    "charging",
    "Charging: what a person pays towards their care",
    "After a financial assessment a person may pay a contribution towards care at home: under the Care and "
    "Support (Charging and Assessment of Resources) Regulations 2014 (SI 2014/2672) from April 2015, and "
    "under Fairer Charging in 2010-11. Every amount comes from a dated policy file with its source. An "
    "amount that was not read in a source is marked unverified, and every page and letter that used it says "
    "so.",
    (
        CAPITAL,
        WHOLE,
        PUBLISHED,
        GUARANTEE,
        INCOME,
        WAR_PENSION,
        COSTS,
        NIGHT,
        FORMLESS,
        PENSION_AGE,
        AGE_GROUP,
        YEARS,
        FAIRER,
        WORKINGS,
        KINDS,
    ),
)
