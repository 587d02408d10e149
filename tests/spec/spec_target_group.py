"""Reference: the target group in years to come, and the national picture of 2011."""

from fractions import Fraction

from spec.tables import Page, Table
from wherewithal.analytics.national_picture import picture
from wherewithal.analytics.national_years import facts
from wherewithal.analytics.size_band import in_words
from wherewithal.analytics.target_group import project
from wherewithal.core.band import Band, exactly
from wherewithal.policy.target_groups import Part, Scenario, TargetGroup


def band(text: str) -> Band:
    """``100`` or ``90, 100, 110``: low, central and high."""
    numbers = [Fraction(one) for one in text.split(", ")]
    return Band(*numbers) if len(numbers) == 3 else exactly(numbers[0])


def said(found: Band) -> str:
    low, central, high = (
        f"{float(one):.1f}".removesuffix(".0") for one in (found.low, found.central, found.high)
    )
    return central if low == high else f"{low}, {central}, {high}"


def one_part(size: str, use: tuple[str, str], then: tuple[str, str], now: tuple[str, str]) -> TargetGroup:
    ages = ("18-64", "65-over")
    rates, before, after = (dict(zip(ages, map(band, one), strict=True)) for one in (use, then, now))
    part = Part("part", "A part", True, "It goes on", "high", False, band(size), rates, "made up")
    population = {"2010": before, "2013": after}
    return TargetGroup(
        "Made up", "Exampleshire", "made up", "2010", (part,), population, (), exactly(4438), "made up"
    )


def grows(size: str, younger: str, older: str, older_people: str) -> str:
    group = one_part(size, (younger, older), ("1000", "1000"), ("1000", older_people))
    return said(project(group, "2013", Fraction(100)).people)


def fewer(size: str, fewer_percent: str, new: str) -> str:
    group = one_part(size, ("1", "1"), ("1000", "1000"), ("1000", "1000"))
    scenario = Scenario("one", "One", band(fewer_percent), band(new), ("part",), "made up")
    return said(project(group, "2013", Fraction(100), scenario).people)


def money(size: str, take_up: str) -> tuple[str, str]:
    group = one_part(size, ("1", "1"), ("1000", "1000"), ("1000", "1000"))
    found = project(group, "2013", Fraction(take_up))
    return said(found.budgets), said(found.pounds)


def in_print(size: str) -> str:
    low, central, high = band(size).in_print
    return f"{low}, {central}, {high}"


def size(people: str) -> str:
    return in_words(band(people))


def told(topic: str, year: str, what: str) -> tuple[str, str]:
    """A fact of the national picture; ``-`` where nothing may be told."""
    found = next(one for one in facts() if (one.topic, one.year, one.what) == (topic, year, what))
    return found.written or "-", found.worked_out or found.caveat or "as printed"


def line(what: str) -> tuple[str, str]:
    found = next(one for one in picture() if one.what == what)
    return found.written, found.caveat


PAGE = Page(
    slug="target-group",
    title="The target group in years to come, and the national picture of 2011",
    says="What `wherewithal target group` tells. All but the national picture is made up. A figure known "
    "within bounds is written low, central, high; no answer is more exact than what went into it.",
    tables=(
        Table(
            title="Population and use at each age",
            says="A part grows as its users would, if at each age as many of 1,000 people used it as before. "
            "Here 1,000 people are 18 to 64 in both years; of those aged 65 and over 1,000 become more. Of "
            "rates within bounds the growth is the least and the most that any of them give.",
            given=("people", "use at 18-64", "use at 65 and over", "people of 65 and over"),
            then=("three years later",),
            rows=(
                (
                    "2000",
                    "10",
                    "50",
                    "1000",
                    "2000",
                ),
                (
                    "2000",
                    "0",
                    "50",
                    "1100",
                    "2200",
                ),
                (
                    "2000",
                    "50",
                    "0",
                    "1100",
                    "2000",
                ),
                (
                    "2000",
                    "50",
                    "50",
                    "1100",
                    "2100",
                ),
                (
                    "2000",
                    "0, 50, 100",
                    "50",
                    "1100",
                    "2066.7, 2100, 2200",
                ),
                (
                    "1900, 2000, 2100",
                    "50",
                    "50",
                    "1100",
                    "1995, 2100, 2205",
                ),
                (
                    "2000",
                    "50",
                    "50",
                    "1050, 1100, 1150",
                    "2050, 2100, 2150",
                ),
            ),
            run=grows,
        ),
        Table(
            title="Fewer come in",
            says="Reablement and early intervention keep so many in a hundred from coming in. Of those who "
            "have support, so many in a hundred came within a year; after three years those who were there "
            "before are fewer, and the effect is greater.",
            given=("people", "fewer, %", "new in a year, %"),
            then=("three years later",),
            rows=(
                (
                    "2000",
                    "0",
                    "25",
                    "2000",
                ),
                (
                    "2000",
                    "20",
                    "0",
                    "2000",
                ),
                (
                    "2000",
                    "20",
                    "25",
                    "1768.8",
                ),
                (
                    "2000",
                    "20",
                    "100",
                    "1600",
                ),
                (
                    "2000",
                    "10, 20, 30",
                    "25",
                    "1653.1, 1768.8, 1884.4",
                ),
                (
                    "1900, 2000, 2100",
                    "10, 20, 30",
                    "20, 25, 30",
                    "1525.5, 1768.8, 1997.5",
                ),
            ),
            run=fewer,
        ),
        Table(
            title="Budgets and money",
            says="At a mean of £4,438 a year.",
            given=("people", "take-up, %"),
            then=("budgets", "pounds a year"),
            rows=(
                (
                    "2000",
                    "100",
                    "2000",
                    "8876000",
                ),
                (
                    "2000",
                    "60",
                    "1200",
                    "5325600",
                ),
                (
                    "1900, 2000, 2100",
                    "60",
                    "1140, 1200, 1260",
                    "5059320, 5325600, 5591880",
                ),
            ),
            run=money,
        ),
        Table(
            title="No finer than the bounds bear",
            says="In print, a figure has two digits of the width of its bounds; one without bounds is whole.",
            given=("known as",),
            then=("printed",),
            rows=(
                (
                    "2000.4",
                    "2000, 2000, 2000",
                ),
                (
                    "1996.4, 2000.4, 2004.4",
                    "1996, 2000, 2004",
                ),
                (
                    "1903, 2004, 2107",
                    "1900, 2000, 2110",
                ),
                (
                    "12345678, 16543210, 22987654",
                    "12000000, 17000000, 23000000",
                ),
            ),
            run=in_print,
        ),
        Table(
            title="The national picture of 2011",
            says="From the printed figures of the survey report of September 2011, "
            "`analytics.national_picture.picture`, each with what does not follow.",
            given=("what",),
            then=("comes to", "what does not follow"),
            rows=(
                (
                    "People with a personal budget",
                    "338,000 people",
                    (
                        "Printed as “more than”: at least so many. No day and no definition of a "
                        "budget is printed."
                    ),
                ),
                (
                    "A year before",
                    "169,000 people",
                    "Printed as double, so about so many; how close to double is not printed.",
                ),
                (
                    "Money in personal budgets",
                    "£1,500,000,000",
                    (
                        "Printed as passed. Whether it was spent in a year or is what budgets come "
                        "to is not said."
                    ),
                ),
                (
                    "Mean of a budget",
                    "£4,438",
                    (
                        "Both parts are printed as “more than”, so it is neither a least nor a "
                        "most; and a mean says nothing of what most people have."
                    ),
                ),
                (
                    "Direct spending on adult care, as implied",
                    "£10,500,000,000",
                    (
                        "Printed as almost 1 in 7, so at least so much where the money is right; "
                        "which spending is direct is not said."
                    ),
                ),
                (
                    "Budgets under £1,000 a year",
                    "67,600 people",
                    "A fifth in words, so rounded; how far is not printed.",
                ),
                (
                    "Budgets of £10,000 a year or more",
                    "84,500 people",
                    "A quarter in words, so rounded; how far is not printed.",
                ),
                (
                    "Budgets between",
                    "185,900 people",
                    "What the two leave; how they spread is not printed.",
                ),
                (
                    "The least that such a spread costs",
                    "£1,030,900,000",
                    "The money that is printed is above it, so the two can both be true.",
                ),
                (
                    "The most that the budgets of £10,000 or more can be on average",
                    "£15,551",
                    (
                        "Were the money what is printed and all other budgets at their least; the "
                        "real mean is lower."
                    ),
                ),
                (
                    "Councils with a third or more, March 2011",
                    "62.9%",
                    "Of the 132 that replied, not of 152; each by its own count of who is eligible.",
                ),
                (
                    "Of these, with over half",
                    "32.5%",
                    "Of 83, not of 132.",
                ),
            ),
            run=line,
        ),
        Table(
            title="The size band of a target group",
            says="By the two sizes that the survey report of September 2011 prints (section 2.2): some "
            "London boroughs "
            "count fewer than 5,000 people, large counties typically more than 15,000. Where the bounds "
            "of a size "
            "reach into more than one band, no band is chosen.",
            given=("people",),
            then=("band",),
            rows=(
                ("4999", "fewer than 5,000 people, as some London boroughs had in 2011"),
                ("5000", "5,000 to 15,000 people, between the two sizes that were printed in 2011"),
                ("15000", "5,000 to 15,000 people, between the two sizes that were printed in 2011"),
                ("15001", "more than 15,000 people, as large counties typically had in 2011"),
                ("3300, 3750, 4200", "fewer than 5,000 people, as some London boroughs had in 2011"),
                (
                    "4800, 5200, 5600",
                    "fewer than 5,000 or 5,000 to 15,000 people: its bounds reach into 2 bands",
                ),
                (
                    "4000, 9000, 16000",
                    "fewer than 5,000 or 5,000 to 15,000 or more than 15,000 people: its bounds reach "
                    "into 3 bands",
                ),
            ),
            run=size,
        ),
        Table(
            title="The national picture by year",
            says="From the published tables of England, `analytics.national_years.facts`: as printed, "
            "or worked out from "
            "two counts of one source and one year. Between years of different counts no growth is "
            "told; the reason "
            "stands in its place.",
            given=("subject", "year", "what"),
            then=("comes to", "how, or why not"),
            rows=(
                (
                    "people",
                    "2011-12",
                    "People who had a direct payment at 31 March",
                    "108,105 people",
                    "Rounded to the nearest 5 in print.",
                ),
                (
                    "money",
                    "2011-12",
                    "Spent in the year on direct payments, gross",
                    "£1,133,609,000",
                    "printed in thousands of pounds",
                ),
                (
                    "growth",
                    "2010-11",
                    "People with a direct payment on 31 March, 2009 to 2012: 2009-10 to 2010-11",
                    "-",
                    "Asked for in the same words, but councils did not count a personal budget alike in "
                    "the two "
                    "years: one falls from 3,515 people to 560.",
                ),
                (
                    "growth",
                    "2024-25",
                    "Clients with a direct payment, ASCOF: 2020-21 to 2024-25",
                    "-",
                    "From 2024-25 the measure is counted from Client Level Data, before from the Short "
                    "and Long "
                    "Term return; from 2023-24 it is called 3D(2a), before 1C(2A).",
                ),
                (
                    "held",
                    "2024-25",
                    "By direct payment, all or a part of it",
                    "29.7%",
                    "117,655 of 395,670 clients with self-directed support",
                ),
                (
                    "held",
                    "2024-25",
                    "In another way",
                    "70.3%",
                    "278,015 of 395,670 clients with self-directed support",
                ),
                (
                    "councils",
                    "2009-10",
                    "Highest take-up of a council",
                    "58.7%",
                    "Of eligible people, as each counts them.",
                ),
            ),
            run=told,
        ),
    ),
)
