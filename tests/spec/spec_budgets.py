"""How personal budgets are held and what they come to: tiny rows, counted by plain Python and by DuckDB."""

from spec import oracle, oracle_rows, particulars
from spec.events import people, person
from spec.tables import Page, Table
from wherewithal.analytics.count import count
from wherewithal.analytics.people import people as who
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2025-26")
BOUNDS = tuple(oracle_rows.BOUNDS)
QUARTILES = ("budgets-lower-quartile", "budgets-median", "budgets-upper-quartile")


def _standing(support: str, *measures: str, died: str = "") -> tuple[str, ...]:
    """Of one person; plain Python must say the same."""
    rows = person(support, died=died)
    figures = count(rows, measures, YEAR, by=("council",))
    said = tuple("yes" if one.numerator else "base" if one.denominator else "no" for one in figures)
    plain = tuple(oracle.standing(rows, measure, YEAR)["999", 1] for measure in measures)
    assert said == plain, f"DuckDB says {said}, plain Python {plain}"
    return said


def _held(support: str) -> tuple[str, ...]:
    return _standing(support, *oracle_rows.HELD)


def _worth(support: str) -> tuple[str, str]:
    """What it comes to, and in which of the four sizes it counts."""
    standings = _standing(support, *BOUNDS)
    size = next((id for id, said in zip(BOUNDS, standings, strict=True) if said == "yes"), "")
    assert standings == tuple("yes" if id == size else "base" if size else "no" for id in BOUNDS)
    rows = person(support)
    [middle] = count(rows, ["budgets-median"], YEAR, by=("council",))
    plain = oracle_rows.worth(rows, YEAR)
    assert middle.value == (None if plain is None else rounded(plain, 0))
    return f"{middle.value}" if size else "[x]", size.removeprefix("budgets-") or "none"


def _why(support: str, died: str) -> str:
    (told,) = who(person(support, died=died), "budgets-10000-or-more", YEAR).to_pylist()
    return str(told["why"])


def _spread(*pounds_a_week: str) -> tuple[str, ...]:
    supports = [f"managed budget at {price} Weekly since 2024-05-01" for price in pounds_a_week if price]
    rows = people(*supports, "managed budget since 2024-05-01")
    ids = (BOUNDS[0], BOUNDS[-1], *QUARTILES)
    figures = count(rows, ids, YEAR, by=("council",))
    return tuple(str(one.value) if one.status == "ok" else f"[{one.status}]" for one in figures)


def _funds(said: str) -> str:
    rows = particulars.people(said)
    [figure] = count([], ["budgets-individual-service-fund"], YEAR, particulars=rows, by=("council",))
    assert (figure.numerator, figure.denominator) == particulars.figure(rows, figure.measure, YEAR)
    return "yes" if figure.numerator else "base" if figure.denominator else "no"


HELD = Table(
    title="How a budget is held",
    says="""On 31 March 2026. *yes* is held in this way, *base* in another, *no* has no personal budget. A
budget is mixed when a part is a direct payment and the council manages or commissions another. Everybody
with a budget is in exactly one of the three.""",
    given=("Support",),
    then=("Direct payment only", "Mixed", "Managed by the council"),
    rows=(
        ("direct payment since 2024-05-01", "yes", "base", "base"),
        ("direct payment by component since 2024-05-01", "yes", "base", "base"),
        ("managed budget since 2024-05-01", "base", "base", "yes"),
        ("direct payment since 2024-05-01; managed budget since 2024-05-01", "base", "yes", "base"),
        ("direct payment since 2024-05-01; commissioned since 2024-05-01", "base", "yes", "base"),
        ("managed budget since 2024-05-01; commissioned since 2024-05-01", "base", "base", "yes"),
        (
            "direct payment since 2024-05-01; community, mechanism blank since 2024-05-01",
            "yes",
            "base",
            "base",
        ),
        ("direct payment since 2024-05-01; commissioned 2024-05-01 to 2026-03-30", "yes", "base", "base"),
        ("direct payment since 2024-05-01; commissioned 2024-05-01 to 2026-03-31", "base", "yes", "base"),
        ("commissioned since 2024-05-01", "no", "no", "no"),
        ("direct payment 2024-05-01 to 2026-03-30", "no", "no", "no"),
        ("short-term direct payment since 2026-03-01", "no", "no", "no"),
        ("carer's direct payment since 2025-05-01", "no", "no", "no"),
    ),
    run=_held,
)

WORTH = Table(
    title="What a budget comes to in a year",
    says="""The prices of what runs on 31 March 2026, taken for 52 weeks, and what was paid once in the
year, in pounds. A price for a session, an hour or a day counts as often as it is planned in a week. Support
that the council commissions without a budget is no part of one. Where a price, its frequency or the planned
units are missing, the budget is not known: `[x]`, and in no size.""",
    given=("Support",),
    then=("Pounds a year", "Size"),
    rows=(
        ("direct payment at 19.23 Weekly since 2024-05-01", "1000", "under-1000"),
        ("direct payment at 19.24 Weekly since 2024-05-01", "1000", "1000-to-5000"),
        ("direct payment at 192.31 Weekly since 2024-05-01", "10000", "10000-or-more"),
        ("direct payment at 100.00 Fortnightly since 2024-05-01", "2600", "1000-to-5000"),
        ("direct payment at 400.00 4-weekly since 2024-05-01", "5200", "5000-to-10000"),
        ("direct payment at 400.00 Monthly since 2024-05-01", "4800", "1000-to-5000"),
        ("direct payment at 100.00 Quarterly since 2024-05-01", "400", "under-1000"),
        ("direct payment at 999.99 Annually since 2024-05-01", "1000", "under-1000"),
        ("managed budget at 18.50 Hourly x 10.5 since 2024-05-01", "10101", "10000-or-more"),
        ("managed budget at 50.00 Daily x 2 since 2024-05-01", "5200", "5000-to-10000"),
        ("managed budget at 40.00 Per session x 0.5 since 2024-05-01", "1040", "1000-to-5000"),
        ("direct payment at 50.00 Weekly since 2024-05-01; "
         "direct payment at 260.00 One-off 2025-06-01 to 2025-06-01",
         "2860", "1000-to-5000"),
        ("direct payment at 50.00 Weekly since 2024-05-01; "
         "direct payment at 260.00 One-off 2025-03-01 to 2025-03-31",
         "2600", "1000-to-5000"),
        ("direct payment at 50.00 Weekly since 2024-05-01; managed budget at 60.00 Weekly since 2025-05-01",
         "5720", "5000-to-10000"),
        ("direct payment at 50.00 Weekly since 2024-05-01; commissioned at 60.00 Weekly since 2025-05-01",
         "2600", "1000-to-5000"),
        ("direct payment at 50.00 Weekly since 2024-05-01; "
         "managed budget at 60.00 Weekly 2025-05-01 to 2025-12-31",
         "2600", "1000-to-5000"),
        ("direct payment since 2024-05-01", "[x]", "none"),
        ("direct payment at 50.00 since 2024-05-01", "[x]", "none"),
        ("managed budget at 18.50 Hourly since 2024-05-01", "[x]", "none"),
        ("direct payment at 50.00 Weekly since 2024-05-01; managed budget since 2024-05-01", "[x]", "none"),
        ("direct payment at 0.00 Weekly since 2024-05-01", "0", "under-1000"),
        ("commissioned at 60.00 Weekly since 2025-05-01", "[x]", "none"),
    ),
    run=_worth,
)  # fmt: skip

WHY = Table(
    title="Who is left out of the sizes, and why",
    says="Whoever has a budget of which the cost is not known is told apart, and is never 0.",
    given=("Support", "Died"),
    then=("Why",),
    rows=(
        ("direct payment at 200.00 Weekly since 2024-05-01", "", "Within these bounds"),
        ("direct payment at 50.00 Weekly since 2024-05-01", "", "A budget of another size"),
        ("direct payment since 2024-05-01", "", "What some of it costs is not known"),
        ("commissioned since 2024-05-01", "", "No personal budget on the last day"),
        ("direct payment at 50.00 Weekly since 2024-05-01", "2026-03-31", "A budget of another size"),
        (
            "direct payment at 50.00 Weekly since 2024-05-01",
            "2026-03-30",
            "No personal budget on the last day",
        ),
    ),
    run=_why,
)

SPREAD = Table(
    title="The spread of budgets",
    says="""Four people's budgets in pounds a week, and a fifth person's that is not known and counts in
none of these. Shares in percent; the middle and the quartiles in pounds a year, between two people a half
or a quarter of the way.""",
    given=("First", "Second", "Third", "Fourth"),
    then=("Under £1,000", "£10,000 or more", "Lower quartile", "Middle", "Upper quartile"),
    rows=(
        ("10.00", "50.00", "100.00", "200.00", "25.0", "25.0", "2080", "3900", "6500"),
        ("10.00", "10.00", "10.00", "10.00", "100.0", "0.0", "520", "520", "520"),
        ("100.00", "", "", "", "0.0", "0.0", "5200", "5200", "5200"),
        ("10.00", "20.00", "30.00", "", "33.3", "0.0", "780", "1040", "1300"),
        ("", "", "", "", "[x]", "[x]", "[x]", "[x]", "[x]"),
    ),
    run=_spread,
)

FUNDS = Table(
    title="Individual service funds, from our own record",
    says="Client Level Data has no word for a fund that a provider holds; our own record has.",
    given=("Support",),
    then=("Counted",),
    rows=(
        ("service fund for care at home since 2024-05-01", "yes"),
        ("direct payment for a gym since 2024-05-01; service fund for care at home since 2024-05-01", "yes"),
        ("direct payment for a gym since 2024-05-01", "base"),
        ("service fund for care at home 2024-05-01 to 2026-03-30", "no"),
        ("commissioned for care at home since 2024-05-01", "no"),
    ),
    run=_funds,
)

PAGE = Page(
    slug="budgets",
    title="Personal budgets: how they are held and what they come to",
    says="""Counted from Client Level Data on the year's last day, with the costs that it holds. "Direct
payment at 50.00 Weekly since 2024-05-01" is a service that is still open, at 50 pounds a week.""",
    tables=(HELD, WORTH, WHY, SPREAD, FUNDS),
)
