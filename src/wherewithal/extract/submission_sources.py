"""From which columns of the record each field of a submission is written: there a change has its reason."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Model

from wherewithal.extract.submission import LINKED
from wherewithal.records.models import (
    Arrangement,
    Assessment,
    Caring,
    FinancialAssessment,
    Observation,
    Person,
    Price,
    Request,
    Review,
)

NOUNS: Mapping[str, type[Model]] = {
    "Request": Request, "Assessment": Assessment, "Service": Arrangement, "Review": Review,
}  # fmt: skip
ITSELF = "pgh_obj_id"


class Source(NamedTuple):
    """Columns of a noun's history, found by ``link``; of the person, or else of what the event is about.

    ``comes_true``: what was recorded long before is told from the day on which it comes true, such as an end.
    """

    noun: type[Model]
    columns: tuple[str, ...]
    link: str = ITSELF
    of_person: bool = False
    comes_true: bool = False


def sources(what: str, field: str) -> tuple[Source, ...]:
    """Of a field in the events of a type (``what``); nothing where the record does not say it."""
    return _OF_EVENT[what].get(field) or _OF_PERSON.get(field, ())


def itself(what: str) -> Source:
    """Whatever happened to what an event of this type is about."""
    return Source(NOUNS[what], ())


def _person(*columns: str) -> tuple[Source, ...]:
    return (Source(Person, columns, of_person=True),)


def _caring(link: str) -> tuple[Source, ...]:
    return (Source(Caring, ("since", "until"), link, of_person=True, comes_true=True),)


_PAYS = Source(FinancialAssessment, ("state", "pence_per_week"), "person_id", of_person=True)
_OF_PERSON: Mapping[str, tuple[Source, ...]] = {
    "NHS_Number": _person("nhs_number"),
    "LA_Person_Unique_Identifier": _person("ref"),
    "Gender": _person("sex"),
    "Ethnicity": _person("ethnicity"),
    "Date_of_Birth": _person("born_on"),
    "Date_of_Death": _person("ended_on", "end_reason"),
    "Primary_Support_Reason": _person("support_reason"),
    "Postcode": _person("postcode"),
    "Accommodation_Status": _person("accommodation"),
    "Client_Funding_Status": (*_person("funding"), _PAYS),
    "Has_Unpaid_Carer": _caring("cared_for_id"),
    **dict.fromkeys(("No_of_adults_being_cared_for", *LINKED), _caring("carer_id")),
}


def _of(noun: type[Model], **fields: Any) -> dict[str, tuple[Source, ...]]:
    """Fields by the columns of the noun itself, each one column or several."""
    return {
        field: (Source(noun, columns if isinstance(columns, tuple) else (columns,)),)
        for field, columns in fields.items()
    }


_PRICED = (
    Source(Price, ("first", "pence_per_week"), "arrangement_id", comes_true=True),
    Source(Arrangement, ("line_id",)),
)
_OF_EVENT: Mapping[str, Mapping[str, tuple[Source, ...]]] = {
    "Request": {
        **_of(Request, Event_Start_Date="received_on", Event_End_Date="decided_on", Event_Outcome="outcome",
              Request_Route_of_Access="route"),
        "Client_Type": _person("support_reason"),
    },
    "Assessment": _of(
        Assessment, Event_Start_Date="started_on", Event_End_Date="agreed_on", Client_Type="kind",
        Eligible_Needs_Identified="eligible", Event_Outcome="eligible",
    ),
    "Service": {
        **_of(Arrangement, Event_Start_Date="first", Client_Type="service", Service_Type=("service", "term"),
              Service_Component=("service", "term", "kind"), Delivery_Mechanism="held"),
        "Event_End_Date": (Source(Arrangement, ("last",), comes_true=True),),
        **dict.fromkeys(("Unit_Cost", "Cost_Frequency_Unit_Type", "Planned_units_per_week"), _PRICED),
    },
    "Review": {
        **_of(Review, Event_Start_Date="held_on", Event_End_Date="done_on", Review_Reason="trigger",
              Event_Outcome="next_step"),
        "Review_Outcomes_Achieved": (Source(Observation, ("level",), "review_id"),),
    },
}  # fmt: skip
