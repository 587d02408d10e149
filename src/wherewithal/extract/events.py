"""Requests, assessments, support and reviews as events of Client Level Data, each with whose it is and what
of the record says it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Count, Q

from wherewithal.core.money import half_up
from wherewithal.extract.support import ran
from wherewithal.policy import extract as words
from wherewithal.records.models import Assessment, Request, Review
from wherewithal.records.models.plan import HowOften

CLIENT, CARER = "Service user", "Unpaid carer"
NO_SERVICE = dict.fromkeys(("Service_Type", "Service_Component", "Delivery_Mechanism"))
CARERS_REASON = "Social support: Support to unpaid carer"

Row = dict[str, Any]


class Event(NamedTuple):
    """Whose, by the id of the record; what it is about, by the id of the request, assessment, arrangement or
    review; and what is said of it.
    """

    of: int
    about: int
    row: Row


def events(on: date, since: date) -> Iterator[Event]:
    """What had happened by the end of ``on`` and was not over before ``since``; a query for each noun.

    A request, an assessment and a review count once they are over, support from its first day.
    """
    for maker in (_requests, _assessments, _services, _reviews):
        yield from maker(on, since)


def _requests(on: date, since: date) -> Iterator[Event]:
    asked = Request.objects.filter(decided_on__lte=on, decided_on__gte=since)
    for of, about, route, outcome, first, last, reason in asked.values_list(
        "person_id", "pk", "route", "outcome", "received_on", "decided_on", "person__support_reason"
    ):
        event = {
            **_event("Request", first, last, reason == CARERS_REASON),
            "Request_Route_of_Access": words.word("Request_Route_of_Access", route),
            "Event_Outcome": words.word("Request_Outcome", outcome),
        }
        yield Event(of, about, event)


def _assessments(on: date, since: date) -> Iterator[Event]:
    agreed = Assessment.objects.filter(agreed_on__lte=on, agreed_on__gte=since)
    for of, about, kind, first, last, eligible in agreed.values_list(
        "person_id", "pk", "kind", "started_on", "agreed_on", "eligible"
    ):
        found = "eligible" if eligible else "not_eligible"
        event = {
            **_event("Assessment", first, last, kind == "carer"),
            "Assessment_Type": "Long term assessment",
            "Eligible_Needs_Identified": words.word("Eligible_Needs_Identified", found),
            "Event_Outcome": words.word("Assessment_Outcome", found),
        }
        yield Event(of, about, event)


def _services(on: date, since: date) -> Iterator[Event]:
    for row in ran(on, since).values(
        "person_id", "pk", "service", "term", "kind", "held", "first", "last", "pence_per_week",
        "line__how_often", "line__units", "line__pence_per_unit",
    ):  # fmt: skip
        last = row["last"] if row["last"] and row["last"] <= on else None
        event = {
            **_event("Service", row["first"], last, row["service"] == "carer"),
            "Service_Type": words.service_type(row["service"], row["term"]),
            "Service_Component": words.component(row["service"], row["term"], row["kind"]),
            "Delivery_Mechanism": words.word("Delivery_Mechanism", row["held"]),
            **_cost(row),
        }
        yield Event(row["person_id"], row["pk"], event)


def _cost(row: Mapping[str, Any]) -> Row:
    """A one-off at its whole price; anything else as one unit a week at its price of the day."""
    if row["line__how_often"] == HowOften.ONE_OFF:
        pence = half_up(Fraction(row["line__units"]) * row["line__pence_per_unit"])
        return {"Unit_Cost": _pounds(pence), "Cost_Frequency_Unit_Type": "One-off"}
    if row["pence_per_week"] is None:
        return {}
    return {
        "Unit_Cost": _pounds(row["pence_per_week"]),
        "Cost_Frequency_Unit_Type": "Weekly",
        "Planned_units_per_week": Decimal(1),
    }


def _reviews(on: date, since: date) -> Iterator[Event]:
    done = Review.objects.filter(state=Review.State.DONE, done_on__lte=on, done_on__gte=since).annotate(
        seen=Count("observations"),
        met=Count("observations", filter=Q(observations__level="met")),
        not_met=Count("observations", filter=Q(observations__level="not_met")),
    )
    for row in done.values(
        "person_id",
        "pk",
        "plan__kind",
        "held_on",
        "done_on",
        "trigger",
        "next_step",
        "seen",
        "met",
        "not_met",
    ):
        level = {row["met"]: "all", row["not_met"]: "none"}.get(row["seen"], "some")
        event = {
            **_event("Review", row["held_on"], row["done_on"], row["plan__kind"] == "carer"),
            "Review_Reason": words.word("Review_Reason", "asked" if row["trigger"] else "planned"),
            "Review_Outcomes_Achieved": words.word("Review_Outcomes_Achieved", level)
            if row["seen"]
            else None,
            "Event_Outcome": words.word("Review_Outcome", row["next_step"]),
        }
        yield Event(row["person_id"], row["pk"], event)


def _event(kind: str, first: date | None, last: date | None, carer: bool) -> Row:
    return {
        **NO_SERVICE,
        "Event_Type": kind,
        "Event_Start_Date": first,
        "Event_End_Date": last,
        "Client_Type": CARER if carer else CLIENT,
    }


def _pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100
