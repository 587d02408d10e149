"""What every row of an extract says of its person: nothing that names them."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from wherewithal.policy import extract as words
from wherewithal.records.models import Caring, FinancialAssessment, Person

Row = dict[str, Any]


def people(on: date) -> dict[int, Row]:
    """Each person's columns, as known on ``on``, by the id of their record; one query."""
    caring = Caring.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    pays = FinancialAssessment.objects.filter(person=OuterRef("pk"), state="current", pence_per_week__gt=0)
    found = Person.objects.annotate(
        has_carer=Exists(caring.filter(cared_for=OuterRef("pk"))),
        cares_for=Subquery(
            caring.filter(carer=OuterRef("pk")).values("carer").annotate(many=Count("pk")).values("many")
        ),
        pays=Exists(pays),
    )
    columns = (
        "pk", "born_on", "ended_on", "end_reason", "sex", "ethnicity", "support_reason", "accommodation",
        "funding", "has_carer", "cares_for", "pays",
    )  # fmt: skip
    return {row["pk"]: _facts(row, on) for row in found.values(*columns)}


def _facts(row: Row, on: date) -> Row:
    died = row["ended_on"] if row["end_reason"] == Person.EndReason.DIED else None
    joint = row["funding"] == Person.Funding.COUNCIL and row["pays"]
    return {
        "Gender": words.word("Gender", row["sex"]),
        "Ethnicity": row["ethnicity"],
        "Date_of_Birth": row["born_on"].replace(day=1) if row["born_on"] else None,
        "Date_of_Death": died if died and died <= on else None,
        "Primary_Support_Reason": row["support_reason"],
        "Accommodation_Status": row["accommodation"],
        "Has_Unpaid_Carer": "Yes" if row["has_carer"] else "Unknown",
        "Client_Funding_Status": words.word(
            "Client_Funding_Status", "contribution" if joint else row["funding"]
        ),
        "No_of_adults_being_cared_for": row["cares_for"],
    }
