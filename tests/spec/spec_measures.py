"""Take-up and waiting times: tiny rows, each counted by plain Python and by DuckDB, which must agree."""

from collections import defaultdict
from datetime import date
from functools import cache

from spec import oracle
from spec.events import people, person
from spec.tables import Page, Table
from wherewithal.analytics.count import count
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.people import people as who
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import measure
from wherewithal.web.measure_definition import lines

YEAR = ReportingYear("2025-26")
NI130 = tuple(oracle.NI130)
CLIENTS = ("ascof-3d-1a", "ascof-3d-2a")
CARERS = ("ascof-3d-1b", "ascof-3d-2b")

OF_2011 = ("ascof-1c-1", "ascof-1c-2")
OF_2014 = ("ascof-1c-1a", "ascof-1c-2a", "ascof-1c-1b", "ascof-1c-2b")

TEN = {
    "Ama": "direct payment since 2024-05-01",
    "Ben": "managed budget since 2024-05-01",
    "Cal": "commissioned since 2024-05-01",
    "Dot": "reablement 2025-06-01 to 2025-07-12",
    "Eve": "intermediate care 2025-09-01 to 2025-09-28",
    "Fay": "equipment, for sight loss 2025-10-01 to 2025-10-01",
    "Gus": "meals for a while 2025-11-01 to 2025-12-24",
    "Hal": "reablement 2025-04-10 to 2025-05-20; direct payment since 2025-05-21",
    "Ida": "direct payment 2024-05-01 to 2025-08-31; residential home since 2025-09-01",
    "Joe": "carer's direct payment 2025-05-01 to 2025-07-31",
}


@cache
def _standings(measures: tuple[str, ...], period: ReportingYear, died: str) -> dict[str, tuple[str, ...]]:
    """Every support on this page counted at once, each as the one person of a council of its own."""
    supports = [*TEN.values(), *(row[0] for table in BY_SUPPORT for row in table.rows)]
    rows = [row for support in supports for row in person(support, died=died, council=support)]
    found = defaultdict(list)
    for figure in count(rows, measures, period, by=("council",)):
        found[figure.council].append("yes" if figure.numerator else "base" if figure.denominator else "no")
    return {support: tuple(standings) for support, standings in found.items()}


def _one(support: str, *measures: str, period: ReportingYear = YEAR, died: str = "") -> tuple[str, ...]:
    said = _standings(measures, period, died)[support]
    rows = person(support, died=died)
    plain = tuple(oracle.standing(rows, measure, period)["999", 1] for measure in measures)
    assert said == plain, f"DuckDB says {said}, plain Python {plain}"
    return said


def _all(support: str) -> tuple[str, ...]:
    return _one(support, *NI130, *CLIENTS)


def _named(name: str) -> tuple[str, ...]:
    return _all(TEN[name])


def _percent(measure: str) -> tuple[int | None, int, str]:
    rows = people(*TEN.values())
    [figure] = count(rows, [measure], YEAR, by=("council",))
    assert (figure.numerator, figure.denominator) == oracle.figure(rows, measure, YEAR)
    return figure.numerator, figure.denominator, f"{figure.value}%"


def _last_day(support: str, died: str) -> str:
    return _one(support, "ascof-3d-1a", died=died)[0]


def _of_the_dead(measure: str, until: str, died: str) -> str:
    of = YEAR.so_far(date.fromisoformat(until))
    [why] = who(person("managed budget since 2024-05-01", died=died), measure, of)["why"].to_pylist()
    return why


@cache
def _reasons() -> dict[str, str]:
    rows = [row for (support, *_) in SETTINGS.rows for row in person(support, council=support)]
    table = who(rows, "ascof-3d-1a", YEAR)
    return dict(zip(table["LA_Code"].to_pylist(), table["why"].to_pylist(), strict=True))


def _setting(support: str) -> tuple[str, ...]:
    return (_reasons()[support], *_one(support, *CLIENTS))


def _carer(support: str) -> tuple[str, ...]:
    return _one(support, *CARERS, "ni130-revised")


def _in_other_years(support: str) -> tuple[str, ...]:
    return _one(support, *OF_2011, *OF_2014)


def _definition(id: str) -> tuple[str, ...]:
    one = measure(id)
    told = dict(lines(one))
    return (told["When"], told["Years"], told["Can be told by"], one.rounding)


def _assessed(support: str) -> tuple[str, str, int]:
    """Each person's rows apart, by a bar."""
    rows = people(*(one.strip() for one in support.split("|")))
    ids = ("days-to-assessment-median", "days-to-assessment-mean")
    median, mean = count(rows, ids, YEAR, by=("council",))
    plain_median, plain_mean, number = oracle.wait(oracle.ways_to_assessment(rows, YEAR), YEAR)
    assert median.denominator == mean.denominator == number
    for figure, plain in ((median, plain_median), (mean, plain_mean)):
        assert (figure.value is None) == (plain is None)
        assert plain is None or abs(float(figure.value) - plain) <= 0.0501
    return _shown(median), _shown(mean), number


def _groups(born: str) -> str:
    rows = person("managed budget since 2024-05-01", born=born)
    figures = count(rows, ["ascof-3d-1a"], YEAR)
    for figure in figures:
        assert (figure.numerator, figure.denominator) == oracle.figure(
            rows, figure.measure, YEAR, figure.group
        )
    return ", ".join(figure.group for figure in figures if figure.denominator) or "none"


def _so_far(support: str, on: str) -> tuple[str, ...]:
    return _one(support, "ni130-revised", "ascof-3d-1a", period=YEAR.so_far(date.fromisoformat(on)))


def _waits(journeys: str) -> tuple[str, str, int]:
    pairs = [_journey(words) for words in journeys.split(";")]
    rows = [
        {"LA_Code": "999", "person_key": key, "requested_on": asked, "first_paid_on": paid}
        for key, (asked, paid) in enumerate(pairs, 1)
    ]
    events = people(*("request 2025-01-01 to 2025-01-01" for _ in pairs))
    ids = ("days-to-first-payment-median", "days-to-first-payment-mean")
    median, mean = count(events, ids, YEAR, journeys=rows, by=("council",))
    plain_median, plain_mean, number = oracle.wait(pairs, YEAR)
    assert median.denominator == mean.denominator == number
    for figure, plain in ((median, plain_median), (mean, plain_mean)):
        assert (figure.value is None) == (plain is None)
        assert plain is None or abs(float(figure.value) - plain) <= 0.0501
    return _shown(median), _shown(mean), number


def _journey(words: str) -> tuple[date, date | None]:
    asked, _, paid = words.strip().partition(" to ")
    return date.fromisoformat(asked), date.fromisoformat(paid) if paid else None


def _shown(figure: Figure) -> str:
    return str(figure.value) if figure.status == "ok" else f"[{figure.status}]"


def _rounded(directed: int, others: int) -> tuple[str, str]:
    budgets, commissioned = ["managed budget since 2024-05-01"], ["commissioned since 2024-05-01"]
    rows = people(*budgets * directed, *commissioned * others) or people("request 2025-05-01 to 2025-05-01")
    [figure] = count(rows, ["ascof-3d-1a"], YEAR, by=("council",))
    assert (figure.numerator, figure.denominator) == oracle.figure(rows, "ascof-3d-1a", YEAR)
    return _shown(figure), figure.base


DEFINITIONS = Table(
    title="Ten people, every definition",
    says="""Each of ten made-up people under seven definitions of take-up, in 2025-26. *yes* is in the
numerator, *base* in the denominator only, *no* in neither. The revised NI130 counts everyone with support at
home at some time in the year, short-term support too; its variants leave out, step by step, what a person
cannot have a personal budget for. ASCOF 3D counts on 31 March, and long-term support only.""",
    given=("Person",),
    then=("NI130", "without reablement", "and intermediate care", "and sensory services", "long term only",
          "3D(1a)", "3D(2a)"),
    rows=(
        ("Ama", "yes", "yes", "yes", "yes", "yes", "yes", "yes"),
        ("Ben", "yes", "yes", "yes", "yes", "yes", "yes", "base"),
        ("Cal", "base", "base", "base", "base", "base", "base", "base"),
        ("Dot", "base", "no", "no", "no", "no", "no", "no"),
        ("Eve", "base", "base", "no", "no", "no", "no", "no"),
        ("Fay", "base", "base", "base", "no", "no", "no", "no"),
        ("Gus", "base", "base", "base", "base", "no", "no", "no"),
        ("Hal", "yes", "yes", "yes", "yes", "yes", "yes", "yes"),
        ("Ida", "yes", "yes", "yes", "yes", "yes", "no", "no"),
        ("Joe", "yes", "yes", "yes", "yes", "yes", "no", "no"),
    ),
    run=_named,
)  # fmt: skip

TOGETHER = Table(
    title="The same ten people together",
    says="""One council, one year, seven figures, from 50.0% to 83.3%: a take-up says nothing without its
definition.""",
    given=("Definition",),
    then=("Numerator", "Denominator", "Take-up"),
    rows=(
        ("ni130-revised", 5, 10, "50.0%"),
        ("ni130-without-reablement", 5, 9, "55.6%"),
        ("ni130-without-reablement-intermediate-care", 5, 8, "62.5%"),
        ("ni130-without-reablement-intermediate-care-sensory", 5, 7, "71.4%"),
        ("ni130-without-short-term", 5, 6, "83.3%"),
        ("ascof-3d-1a", 3, 4, "75.0%"),
        ("ascof-3d-2a", 2, 4, "50.0%"),
    ),
    run=_percent,
)

EXCLUSIONS = Table(
    title="NI130: what counts, and what each variant leaves out",
    says="""Support counts when it has a day in the year, 1 April 2025 to 31 March 2026. An exclusion looks at
each service, not at the person: who has other support stays in. Long-term support for sight loss stays in;
equipment for it goes out with sensory services. A direct payment for short-term support is self-directed,
until short-term support is left out. Our reading of a definition whose wording is not verified.""",
    given=("Support",),
    then=("NI130", "without reablement", "and intermediate care", "and sensory services", "long term only",
          "3D(1a)", "3D(2a)"),
    rows=(
        ("commissioned, for sight loss since 2024-05-01", *["base"] * 7),
        ("reablement by component 2025-05-01 to 2025-06-01", "base", *["no"] * 6),
        ("equipment since 2025-05-01", *["base"] * 4, "no", "no", "no"),
        ("short-term direct payment 2025-05-01 to 2025-06-01", *["yes"] * 4, "no", "no", "no"),
        ("reablement 2025-05-01 to 2025-06-01; commissioned 2025-06-02 to 2026-01-31", *["base"] * 5,
         "no", "no"),
        ("managed budget 2024-05-01 to 2025-04-01", *["yes"] * 5, "no", "no"),
        ("managed budget 2024-05-01 to 2025-03-31", *["no"] * 7),
        ("managed budget since 2026-03-31", *["yes"] * 6, "base"),
        ("managed budget since 2026-04-01", *["no"] * 7),
        ("managed budget 2025-06-01 to 2025-05-01", *["no"] * 7),
        ("nursing home since 2024-05-01", *["no"] * 7),
        ("request 2025-05-01 to 2025-05-09", *["no"] * 7),
    ),
    run=_all,
)  # fmt: skip

LAST_DAY = Table(
    title="ASCOF 3D: the last day",
    says="""A snapshot on 31 March 2026. A service that ends on that day, and a person who dies on it, still
count. Source: Department of Health and Social Care, published method for 2024-25 on.""",
    given=("Support", "Died"),
    then=("3D(1a)",),
    rows=(
        ("managed budget since 2024-05-01", "", "yes"),
        ("managed budget 2024-05-01 to 2026-03-31", "", "yes"),
        ("managed budget 2024-05-01 to 2026-03-30", "", "no"),
        ("managed budget since 2026-03-31", "", "yes"),
        ("managed budget since 2026-04-01", "", "no"),
        ("managed budget since 2024-05-01", "2026-03-31", "yes"),
        ("managed budget since 2024-05-01", "2026-03-30", "no"),
        ("managed budget 2024-05-01 to 2026-06-30", "2026-03-30", "no"),
        ("managed budget since 2024-05-01", "2026-05-02", "yes"),
    ),
    run=_last_day,
)

DIED = Table(
    title="Who died, and is not counted",
    says="""A definition of the last day leaves out who died before it, one of the whole year who died before
it began. Each has a managed budget since 1 May 2024.""",
    given=("Measure", "Year until", "Died"),
    then=("Counted as",),
    rows=(
        ("ascof-3d-1a", "2026-03-31", "2026-03-30", "Died before 31 March 2026"),
        ("ascof-3d-1a", "2026-03-31", "2025-03-31", "Died before 31 March 2026"),
        ("ascof-3d-1a", "2025-09-30", "2025-09-29", "Died before 30 September 2025"),
        ("ascof-3d-1a", "2025-09-30", "2025-09-30",
         "Support in the community by a budget that the council manages on 30 September 2025"),
        ("ascof-1c-1b", "2026-03-31", "2025-03-31", "Died before 1 April 2025"),
        ("ascof-1c-1b", "2026-03-31", "2025-04-01", "No support of their own in the year"),
    ),
    run=_of_the_dead,
)  # fmt: skip

SETTINGS = Table(
    title="ASCOF 3D: one setting per person",
    says="""The highest counts: nursing, residential, then the community by direct payment, managed budget,
commissioned, not known; prison last. A direct payment may be said by the delivery mechanism or by the service
component. Support in the community stays in the base when how it is paid is blank or is not in the list.""",
    given=("Support",),
    then=("Counted as", "3D(1a)", "3D(2a)"),
    rows=(
        ("direct payment since 2025-01-01; nursing home since 2025-01-01",
         "Nursing care on 31 March 2026", "no", "no"),
        ("direct payment since 2025-01-01; residential home since 2025-01-01",
         "Residential care on 31 March 2026", "no", "no"),
        ("managed budget since 2025-01-01; direct payment since 2025-01-01; commissioned since 2025-01-01",
         "Support in the community by direct payment on 31 March 2026", "yes", "yes"),
        ("direct payment by component since 2025-01-01",
         "Support in the community by direct payment on 31 March 2026", "yes", "yes"),
        ("commissioned since 2025-01-01; managed budget since 2025-01-01",
         "Support in the community by a budget that the council manages on 31 March 2026", "yes", "base"),
        ("community, mechanism blank since 2025-01-01; commissioned since 2025-01-01",
         "Support in the community that the council commissions on 31 March 2026", "base", "base"),
        ("community, mechanism blank since 2025-01-01",
         "Support in the community, how it is paid not known on 31 March 2026", "base", "base"),
        ("community, mechanism not in the list since 2025-01-01",
         "Support in the community, how it is paid not known on 31 March 2026", "base", "base"),
        ("in prison, managed budget since 2025-01-01; community, mechanism blank since 2025-01-01",
         "Support in the community, how it is paid not known on 31 March 2026", "base", "base"),
        ("in prison, managed budget since 2025-01-01", "Support in prison on 31 March 2026", "no", "no"),
        ("in prison, direct payment since 2025-01-01", "Support in prison on 31 March 2026", "no", "no"),
        ("reablement since 2026-03-01", "No long-term support on 31 March 2026", "no", "no"),
    ),
    run=_setting,
)  # fmt: skip

CARERS_IN_YEAR = Table(
    title="Carers",
    says="""Counted over the year. For carers, unlike for people with support, a blank delivery mechanism
is out of the base. A break given to the person cared for is not the carer's own support. The published
script passes over a managed budget whose component is blank; NI130 does not.""",
    given=("Support",),
    then=("3D(1b)", "3D(2b)", "NI130"),
    rows=(
        ("carer's direct payment 2025-05-01 to 2025-05-31", "yes", "yes", "yes"),
        ("carer's managed budget 2024-05-01 to 2025-04-01", "yes", "base", "yes"),
        ("carer's managed budget 2024-05-01 to 2025-03-31", "no", "no", "no"),
        ("carer's commissioned support since 2026-03-31", "base", "base", "base"),
        ("carer's commissioned support since 2025-05-01; carer's direct payment 2025-05-01 to 2025-05-02",
         "yes", "yes", "yes"),
        ("carer's support, mechanism blank since 2025-05-01", "no", "no", "base"),
        ("carer's managed budget, component blank since 2025-05-01", "no", "no", "yes"),
        ("break for the person cared for since 2025-05-01", "no", "no", "no"),
        ("carer's commissioned support since 2025-05-01; managed budget since 2025-05-01",
         "base", "base", "yes"),
    ),
    run=_carer,
)  # fmt: skip

OTHER_YEARS = Table(
    title="ASCOF 1C: 2011 to 2014, and 2014 to 2023",
    says="""1C(1) and 1C(2) count people and carers together, over the year, as the revised NI130 does. From
2014 people are counted on 31 March (1A, 2A) and carers over the year (1B, 2B). The return that the measure
came from then had no column for support of which it is not known how it is paid: such people are left out,
whom 3D counts. Our reading: the wording of neither was found for all its years.""",
    given=("Support",),
    then=("1C(1)", "1C(2)", "1C(1A)", "1C(2A)", "1C(1B)", "1C(2B)"),
    rows=(
        ("direct payment since 2024-05-01", "yes", "yes", "yes", "yes", "no", "no"),
        ("managed budget since 2024-05-01", "yes", "base", "yes", "base", "no", "no"),
        ("commissioned since 2024-05-01", "base", "base", "base", "base", "no", "no"),
        ("community, mechanism blank since 2024-05-01", "base", "base", "no", "no", "no", "no"),
        ("direct payment since 2024-05-01; nursing home since 2026-01-01",
         "yes", "yes", "no", "no", "no", "no"),
        ("reablement 2025-06-01 to 2025-07-12", "base", "base", "no", "no", "no", "no"),
        ("managed budget 2024-05-01 to 2026-03-30", "yes", "base", "no", "no", "no", "no"),
        ("carer's direct payment 2025-05-01 to 2025-07-31", "yes", "yes", "no", "no", "yes", "yes"),
        ("carer's managed budget, component blank since 2025-05-01",
         "yes", "base", "no", "no", "yes", "base"),
        ("carer's commissioned support since 2025-05-01", "base", "base", "no", "no", "base", "base"),
        ("carer's support, mechanism blank since 2025-05-01", "base", "base", "no", "no", "no", "no"),
        ("break for the person cared for since 2025-05-01", "no", "no", "no", "no", "no", "no"),
    ),
    run=_in_other_years,
)  # fmt: skip

HOLDS = Table(
    title="What a definition holds for",
    says="""Each definition says when it counts, in which years it was the official one, what its figures
may be told by, and how they are rounded. Any of them can be counted for any year; where it was not official
then, the page says so.""",
    given=("Definition",),
    then=("When", "Years", "Can be told by", "Rounded"),
    rows=(
        ("ni130-first", "Over the year",
         "Official from 1 April 2008 to 31 March 2009; for other years it is counted alike",
         "council, age", "to 1 decimal, halves up"),
        ("ni130-revised", "Over the year",
         "Official from 1 April 2009 to 31 March 2011; for other years it is counted alike",
         "council, age, gender, ethnic group, main reason for support", "to 1 decimal, halves up"),
        ("ascof-1c-1", "Over the year",
         "Official from 1 April 2011 to 31 March 2014; for other years it is counted alike",
         "council, age, gender, ethnic group, main reason for support", "to 1 decimal, halves up"),
        ("ascof-1c-1a", "On the year’s last day",
         "Official from 1 April 2014 to 31 March 2023; for other years it is counted alike",
         "council, age, gender, ethnic group, main reason for support", "to 1 decimal, halves up"),
        ("ascof-3d-1a", "On the year’s last day",
         "Official from 1 April 2024; for other years it is counted alike",
         "council, age, gender, ethnic group, main reason for support", "to 1 decimal, halves up"),
        ("budgets-median", "On the year’s last day", "Any", "council, age", "to whole numbers, halves up"),
        ("days-to-assessment-median", "Over the year", "Any", "council, age", "to 1 decimal, halves up"),
        ("local-saved-at-review", "Over the year", "Any", "council, age", "to 2 decimals, halves up"),
    ),
    run=_definition,
)  # fmt: skip

AGES = Table(
    title="Age groups",
    says="""Age is in whole years on the period's last day. Somebody whose age is not known is in the total
and in no group; children are in none.""",
    given=("Born",),
    then=("Groups",),
    rows=(
        ("1961-04-01", "total, 18-64"),
        ("1961-03-31", "total, 65+"),
        ("2008-03-31", "total, 18-64"),
        ("2008-04-01", "none"),
        ("", "total"),
    ),
    run=_groups,
)

SO_FAR = Table(
    title="The year so far",
    says="""Before the year ends a measure runs to a day: what starts later is not counted yet, and a snapshot
is taken on that day.""",
    given=("Support", "Counted on"),
    then=("NI130", "3D(1a)"),
    rows=(
        ("managed budget since 2025-09-30", "2025-09-30", "yes", "yes"),
        ("managed budget since 2025-10-01", "2025-09-30", "no", "no"),
        ("managed budget 2025-04-01 to 2025-09-29", "2025-09-30", "yes", "no"),
        ("managed budget since 2026-02-01", "2026-03-31", "yes", "yes"),
    ),
    run=_so_far,
)

WAITS = Table(
    title="Days from request to first payment",
    says="""Calendar days, for people first paid in the year. The same day is 0. When nobody was paid there is
no figure: `[x]`, not available. Journeys are separated by semicolons; one without a second date is not paid
yet.""",
    given=("Requested to first paid",),
    then=("Median", "Mean", "People"),
    rows=(
        ("2025-04-01 to 2025-05-13", "42.0", "42.0", 1),
        ("2025-05-01 to 2025-05-01; 2025-05-01 to 2025-06-01; 2025-05-01 to 2025-05-08", "7.0", "12.7", 3),
        ("2025-05-01 to 2025-05-11; 2025-05-01 to 2025-05-12", "10.5", "10.5", 2),
        ("2025-02-01 to 2025-04-01", "59.0", "59.0", 1),
        ("2025-02-01 to 2025-03-31", "[x]", "[x]", 0),
        ("2026-02-01 to 2026-04-01; 2026-02-01", "[x]", "[x]", 0),
        ("2025-06-01 to 2025-05-01; 2025-06-01 to 2025-06-03", "2.0", "2.0", 1),
    ),
    run=_waits,
)

ASSESSED = Table(
    title="Days from request to assessment",
    says="""From the events of any Client Level Data: from the last request that went on to an assessment, or
where none did, the last, to the first long-term assessment that was finished in the year. Who has no request
before it is left out. People are parted by a bar.""",
    given=("Requests and assessments",),
    then=("Median", "Mean", "People"),
    rows=(
        ("request that led on 2025-05-01 to 2025-05-03; assessment 2025-05-10 to 2025-06-12",
         "42.0", "42.0", 1),
        ("request that led on 2025-03-01 to 2025-03-03; assessment 2025-03-10 to 2025-04-01",
         "31.0", "31.0", 1),
        ("request that led on 2025-05-01 to 2025-05-03; request 2025-05-20 to 2025-05-20; "
         "assessment 2025-05-21 to 2025-05-31", "30.0", "30.0", 1),
        ("request 2025-05-01 to 2025-05-03; request 2025-05-20 to 2025-05-20; "
         "assessment 2025-05-21 to 2025-05-31",
         "11.0", "11.0", 1),
        ("request that led on 2025-05-01 to 2025-05-03; assessment 2025-05-10 to 2025-05-31; "
         "assessment 2025-08-10 to 2025-08-31", "30.0", "30.0", 1),
        ("request that led on 2025-05-01 to 2025-05-01; assessment 2025-05-01 to 2025-05-01 | "
         "request that led on 2025-05-01 to 2025-05-01; "
         "assessment 2025-05-01 to 2025-05-12", "5.5", "5.5", 2),
        ("assessment 2025-05-10 to 2025-05-31", "[x]", "[x]", 0),
        ("request that led on 2025-06-01 to 2025-06-01; assessment 2025-05-10 to 2025-05-31",
         "[x]", "[x]", 0),
        ("request that led on 2025-05-01 to 2025-05-03; short-term assessment 2025-05-10 to 2025-05-31",
         "[x]", "[x]", 0),
        ("request that led on 2026-03-01 to 2026-03-03; assessment 2026-03-10 to 2026-04-01",
         "[x]", "[x]", 0),
    ),
    run=_assessed,
)  # fmt: skip

ROUNDING = Table(
    title="Rounding and the base",
    says="""A percentage has one decimal and a half rounds up. With nobody in the base there is no percentage,
and never 0%. Each figure says what it is of.""",
    given=("Self-directed", "Others"),
    then=("Figure", "Base"),
    rows=(
        (1, 0, "100.0", "1 person with long-term community support on 31 March 2026"),
        (0, 3, "0.0", "3 people with long-term community support on 31 March 2026"),
        (1, 15, "6.3", "16 people with long-term community support on 31 March 2026"),
        (3, 13, "18.8", "16 people with long-term community support on 31 March 2026"),
        (1, 1999, "0.1", "2,000 people with long-term community support on 31 March 2026"),
        (0, 0, "[x]", "0 people with long-term community support on 31 March 2026"),
    ),
    run=_rounded,
)

BY_SUPPORT = (EXCLUSIONS, LAST_DAY, SETTINGS, CARERS_IN_YEAR, OTHER_YEARS, SO_FAR)

PAGE = Page(
    slug="measures",
    title="Measures: take-up and waiting times",
    says="""How many people direct their own support depends on who is counted. Here is each definition, row
by row, as it is counted. "Direct payment since 2024-05-01" is a service that is still open.""",
    tables=(
        DEFINITIONS,
        TOGETHER,
        EXCLUSIONS,
        LAST_DAY,
        DIED,
        SETTINGS,
        CARERS_IN_YEAR,
        OTHER_YEARS,
        HOLDS,
        AGES,
        SO_FAR,
        ASSESSED,
        WAITS,
        ROUNDING,
    ),
)
