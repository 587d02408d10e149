"""Faults in a return: somebody counted with and without each, and which measures say something else."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from spec.events import person
from spec.tables import Page, Table
from wherewithal.analytics.count import count
from wherewithal.analytics.load import loaded
from wherewithal.analytics.year import ReportingYear
from wherewithal.formats import cld
from wherewithal.policy.client_level_data import Effect, effects, told_of
from wherewithal.policy.measure import measure

YEAR = ReportingYear("2025-26")
Rows = list[dict[str, Any]]


def effect(id: str) -> Effect:
    return next(one for one in effects() if one.id == id)


def changed(id: str, support: str) -> list[str]:
    """The measures that count somebody with such support otherwise when their last row has the fault."""
    one = effect(id)
    sound = _sound(one, support)
    faulty = [*sound[:-1], {**sound[-1], **_fault(one, sound[-1])}]
    assert _is_about(one, faulty[-1] if one.fault == "order" else sound[-1]), f"{id} is about other rows"
    before, after = _counted(sound), _counted(faulty)
    return [measure for measure in told_of() if before[measure] != after[measure]]


def _sound(one: Effect, support: str) -> Rows:
    rows = [{**row, **_COSTS.get(one.id, _WEEKLY)} for row in person(support)]
    if one.field in ("NHS_Number", "LA_Person_Unique_Identifier"):
        return [{**row, **_IDENTITY[one.id]} for row in rows]
    return rows


_WEEKLY: dict[str, Any] = {"Unit_Cost": Decimal("200.00"), "Cost_Frequency_Unit_Type": "Weekly"}
_COSTS = {"planned-units": {"Unit_Cost": Decimal("20.00"), "Cost_Frequency_Unit_Type": "Hourly",
                            "Planned_units_per_week": Decimal("10.00")}}  # fmt: skip
_IDENTITY: Mapping[str, dict[str, str]] = {
    "nhs-number": {"NHS_Number": "9990000018", "LA_Person_Unique_Identifier": "E1001"},
    "no-identity": {"LA_Person_Unique_Identifier": "E1001"},
}


def _fault(one: Effect, row: Mapping[str, Any]) -> dict[str, Any]:
    if one.fault == "open":
        return {"Date_of_Death": row["Event_Start_Date"] + timedelta(30)}
    day_before = row["Event_Start_Date"] - timedelta(1)
    return {one.field: day_before if one.fault == "order" else None}


def _is_about(one: Effect, row: Mapping[str, Any]) -> bool:
    return all(row[field] in words for field, words in one.only.items()) and not any(
        row[field] in words for field, words in one.but.items()
    )


def _counted(rows: Rows) -> dict[str, Any]:
    if "LA_Person_Unique_Identifier" in rows[0]:
        return _loaded(rows)
    return _figures(rows)


def _figures(events: Any, connection: Any = None) -> dict[str, Any]:
    found = count(events, told_of(), YEAR, by=("council", "age"), connection=connection)
    return {
        id: [
            (one.group, one.numerator, one.denominator)
            for one in found
            if one.measure == id and one.denominator
        ]
        for id in told_of()
    }


def _loaded(rows: Rows) -> dict[str, Any]:
    """The same of a file, since whose a row is is settled when it is loaded; somebody else is in it too."""
    other = person("request 2025-06-01 to 2025-06-01")
    others = [{**row, "LA_Person_Unique_Identifier": "E1002"} for row in other]
    events = [{key: value for key, value in row.items() if key != "person_key"} for row in rows + others]
    batches = cld.batches(cld.write(events), found=cld.Findings())
    with loaded([batches], period=YEAR) as of:
        return _figures(of.events, of.connection)


FAMILIES = ("ascof-3d", "ascof-1c-2014", "ascof-1c-2011", "ni130", "budgets")
HELD = ["budgets-direct-payment-only", "budgets-mixed", "budgets-managed"]


def _changes(id: str, support: str) -> tuple[str, ...]:
    """Of each family the parts that change, or all."""
    found = changed(id, support)
    families = ([one for one in told_of() if measure(one).family == family] for family in FAMILIES)
    return tuple(_parts([one for one in ids if one in found], ids) for ids in families)


def _parts(found: list[str], ids: list[str]) -> str:
    if found == [id for id in ids if id.startswith("budgets-") and id not in HELD]:
        return "what they come to" if found else "none"
    return "all" if found == ids else ", ".join(map(_part, found)) or "none"


def _part(id: str) -> str:
    """A measure within its family: a variant of NI130 by the last that it leaves out."""
    if measure(id).family != "ni130":
        return id.rsplit("-", 1)[1]
    without = id.removeprefix("ni130-without-").removeprefix("ni130-")
    return without.replace("reablement-", "").replace("intermediate-care-", "").replace("-", " ")


def _cell(name: str, cell: str) -> str:
    row = person("direct payment since 2025-05-01")[0] | {"LA_Person_Unique_Identifier": "E1001", name: None}
    names = [field.name for field in cld.fields()]
    cells = cld.write([{name: row.get(name) for name in names}]).decode().split("\r\n")[1].split(",")
    cells[names.index(name)] = cell
    health = cld.check("\r\n".join((",".join(names), ",".join(cells))).encode())
    said = [f"{one.level}: {one.now or one.expected}" for one in health.faults if one.field == name]
    return ", ".join(said) or "in order"


CARER = "carer's managed budget 2025-05-01 to 2025-07-31"


EFFECTS = Table(
    title="What a fault does to the measures",
    says="""Somebody with the support named, at £200 a week, in 2025-26: counted as they are, and with the
fault in the row of their last support. Named are the parts of each family of measures that count them
otherwise, in the total or in an age group; of NI130 the revised one, and its variants by the last that they
leave out. A cell that cannot be used, such as a word that is in no list, counts as blank. Follows from each
measure’s definition.""",
    given=("Fault", "Somebody with"),
    then=("ASCOF 3D", "ASCOF 1C, 2014 to 2023", "ASCOF 1C, 2011 to 2014", "NI130", "Budgets"),
    rows=(
        ("mechanism-of-a-carer", "carer's direct payment 2025-05-01 to 2025-07-31",
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("mechanism-of-a-carer", "carer's commissioned support 2025-05-01 to 2025-07-31",
         "1b, 2b", "1b, 2b", "none", "none", "none"),
        ("mechanism-of-long-term-support", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("mechanism-of-long-term-support", "managed budget since 2025-05-01",
         "1a", "1a, 2a", "1", "all", "all"),
        ("mechanism-of-long-term-support", "commissioned since 2025-05-01",
         "none", "1a, 2a", "none", "none", "none"),
        ("mechanism-of-short-term-support", "meals by direct payment since 2025-05-01",
         "none", "none", "all", "revised, reablement, intermediate care, sensory", "none"),
        ("component-of-a-carer", CARER,
         "1b, 2b", "none", "none", "none", "none"),
        ("component-of-long-term-support", "direct payment by component since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("component-of-long-term-support", "reablement by component since 2025-05-01",
         "none", "none", "none", "reablement, intermediate care, sensory, short term", "none"),
        ("component-of-short-term-support", "short-term direct payment by component since 2025-05-01",
         "none", "none", "all", "revised, reablement, intermediate care, sensory", "none"),
        ("component-of-short-term-support", "intermediate care since 2025-05-01",
         "none", "none", "none", "intermediate care, sensory", "none"),
        ("service-type-of-a-client", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("service-type-of-a-client", "direct payment since 2025-05-01; nursing home since 2025-05-01",
         "1a, 2a", "1a, 2a", "none", "none", "none"),
        ("service-type-of-a-carer", CARER,
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("client-type", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("client-type", CARER,
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("support-reason", "equipment, for sight loss since 2025-05-01",
         "none", "none", "none", "sensory", "none"),
        ("start", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("start", CARER,
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("end-before-start", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("end-before-start", CARER,
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("death-before-start", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("death-before-start", CARER,
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("open-after-death", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "none", "none", "all"),
        ("birth", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("birth", CARER,
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("nhs-number", "request 2025-04-01 to 2025-04-01; direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("nhs-number", f"request 2025-04-01 to 2025-04-01; {CARER}",
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("no-identity", "direct payment since 2025-05-01",
         "1a, 2a", "1a, 2a", "all", "all", "all"),
        ("no-identity", CARER,
         "1b, 2b", "1b, 2b", "all", "all", "none"),
        ("unit-cost", "direct payment since 2025-05-01",
         "none", "none", "none", "none", "what they come to"),
        ("cost-frequency", "managed budget since 2025-05-01",
         "none", "none", "none", "none", "what they come to"),
        ("planned-units", "direct payment since 2025-05-01",
         "none", "none", "none", "none", "what they come to"),
    ),
    run=_changes,
)  # fmt: skip

CELLS = Table(
    title="How a cell is judged",
    says="""*refused*: nothing of the file is taken in; *error*: to be mended, until then the cell counts as
blank; *warning*: to know, with as what the cell is read or what else would be expected. Spaces, hyphens and
capitals make no difference. The words are those of release 2, and what is known of release 1.""",
    given=("Field", "What stands there"),
    then=("What is said",),
    rows=(
        ("Event_Start_Date", "01/05/2025", "in order"),
        ("Event_Start_Date", "2025-05-01", "warning: 01/05/2025"),
        ("Event_Start_Date", "01/05/2025 00:00", "warning: 01/05/2025"),
        ("Event_Start_Date", "31/02/2025",
         "refused: a date like 31/03/2026; the day first, then the month, and a day that there is"),
        ("Event_Start_Date", "45778", "refused: a date like 31/03/2026; a bare number is how a spreadsheet "
         "keeps a day: format the column as a date"),
        ("Event_Start_Date", "01/05/25", "refused: a date like 31/03/2026; the year with four digits"),
        ("Client_Type", "service-user", "warning: Service user"),
        ("Client_Type", "Carer", "warning: Unpaid carer"),
        ("Delivery_Mechanism", "Direct paymnt", "error: “Direct payment” or another word of the list"),
        ("Gender", "female", "warning: Female"),
        ("Gender", "Another", "warning: “Male”, “Female” or “Unknown”; it stays as it stands, and makes no "
         "group in figures"),
        ("Has_Unpaid_Carer", "Y", "warning: “Yes”, “No” or “Unknown”; it stays as it stands"),
        ("Review_Reason", "Planned", "in order"),
        ("Unit_Cost", "214.50", "in order"),
        ("Unit_Cost", "£214.50", "refused: an amount in pounds like 214.50"),
        ("Planned_units_per_week", "3.5", "in order"),
        ("NHS_Number", "999 000 0018", "in order"),
        ("NHS_Number", "9990000019",
         "error: an NHS number of ten digits, such as 999 000 0018, whose last digit fits the others"),
        ("NHS_Number", "1111111111",
         "error: an NHS number of ten digits, such as 999 000 0018, or nothing for somebody who has none"),
        ("LA_Code", "102", "in order"),
        ("LA_Code", "E10000006",
         "refused: 102, which is the code of Cumbria in social care collections"),
    ),
    run=_cell,
)  # fmt: skip

PAGE = Page(
    slug="return-faults",
    title="Faults in a return",
    says="""What `wherewithal cld check` says of a cell, and what a fault does to which measure. Each fault is
named as in `policy/national/client-level-data-effects.toml`, which has the words that are shown for it.""",
    tables=(EFFECTS, CELLS),
)
