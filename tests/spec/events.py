"""Tiny events tables in words: ``direct payment since 2024-05-01; reablement 2025-06-01 to 2025-07-12``.

A price stands behind ``at`` (``managed budget at 18.50 Hourly x 10 since 2024-05-01``), where somebody lives
behind ``living in``.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

LONG, SHORT, CARER = "Long term support: ", "Short term support: ", "Unpaid carer support: "
HOME, MANAGED, COMMISSIONED = (
    "Home support or domiciliary care",
    "CASSR managed personal budget",
    "CASSR commissioned support",
)
PHYSICAL = "Physical support: Personal care support"
SIGHT = "Sensory support: Support for visual impairment"

# What each word stands for: service type, component, delivery mechanism; then reason and client type.
_CLIENTS: dict[str, tuple[str, str, str | None]] = {
    "direct payment": (LONG + "Community", HOME, "Direct payment"),
    "direct payment by component": (LONG + "Community", "Direct payment", None),
    "managed budget": (LONG + "Community", HOME, MANAGED),
    "commissioned": (LONG + "Community", HOME, COMMISSIONED),
    "community, mechanism blank": (LONG + "Community", "Day support", None),
    "community, mechanism not in the list": (LONG + "Community", "Day support", "Voucher"),
    "reablement": (SHORT + "ST-Max", "Reablement", COMMISSIONED),
    "reablement by component": (LONG + "Community", "Reablement", COMMISSIONED),
    "intermediate care": (SHORT + "Other short term", "Short term residential care", COMMISSIONED),
    "equipment": (SHORT + "Ongoing low level", "Equipment", COMMISSIONED),
    "meals for a while": (SHORT + "Other short term", "Meals", COMMISSIONED),
    "short-term direct payment": (SHORT + "Other short term", "Direct payment", "Direct payment"),
    "short-term direct payment by component": (SHORT + "Other short term", "Direct payment", None),
    "meals by direct payment": (SHORT + "Other short term", "Meals", "Direct payment"),
    "residential home": (LONG + "Residential care", "Long term residential care", COMMISSIONED),
    "nursing home": (LONG + "Nursing care", "Long term nursing care", None),
    "in prison, managed budget": (LONG + "Prison", HOME, MANAGED),
    "in prison, direct payment": (LONG + "Prison", HOME, "Direct payment"),
}
_DIRECT = CARER + "Direct to unpaid carer"
_CARERS: dict[str, tuple[str, str | None, str | None]] = {
    "carer's direct payment": (_DIRECT, "Other unpaid carer support", "Direct payment"),
    "carer's managed budget": (_DIRECT, "Unpaid carer respite", MANAGED),
    "carer's managed budget, component blank": (_DIRECT, None, MANAGED),
    "carer's commissioned support": (_DIRECT, "Unpaid carer sitting service", COMMISSIONED),
    "carer's support, mechanism blank": (_DIRECT, "Other unpaid carer support", None),
    "break for the person cared for": (
        CARER + "Support involving the person cared-for",
        "Unpaid carer respite",
        COMMISSIONED,
    ),
}
KINDS: dict[str, tuple[str | None, str | None, str | None, str, str]] = {
    **{words: (*said, PHYSICAL, "Service user") for words, said in _CLIENTS.items()},
    **{f"{words}, for sight loss": (*said, SIGHT, "Service user") for words, said in _CLIENTS.items()},
    **{words: (*said, PHYSICAL, "Unpaid carer") for words, said in _CARERS.items()},
    "request": (None, None, None, PHYSICAL, "Service user"),
}
# Requests, assessments and reviews: event type, what came of it, and the kind of assessment.
OTHERS: dict[str, tuple[str, str | None, str | None]] = {
    "request": ("Request", None, None),
    "request that led on": ("Request", "Progress to assessment, review or reassessment", None),
    "assessment": ("Assessment", "Progress to support planning or services", "Long term assessment"),
    "short-term assessment": ("Assessment", None, "Short term assessment"),
    "review": ("Review", "Continuation of support or services", None),
}
PLACES = {
    "a home of her own": "Owner occupier or shared ownership scheme",
    "a rented home": "Tenant: Private landlord",
    "a care home": "Registered care home",
    "a place not known": "Unknown",
}


def person(
    support: str, key: int = 1, born: str = "1950-06-01", died: str = "", council: str = "999"
) -> list[dict[str, Any]]:
    """The rows of one made-up person; ``born`` may be '' for a birth date that nobody knows."""
    return [_row(words.strip(), key, born, died, council) for words in support.split(";")]


def people(*supports: str) -> list[dict[str, Any]]:
    """One made-up person for each text, keys from 1."""
    return [row for key, support in enumerate(supports, 1) for row in person(support, key)]


def _row(words: str, key: int, born: str, died: str, council: str) -> dict[str, Any]:
    found = re.fullmatch(
        r"(?P<kind>.+?)(?: at (?P<price>\S+)(?: (?P<unit>[A-Z4]\S*(?: session)?))?(?: x (?P<planned>\S+))?)?"
        r"(?: living in (?P<place>.+?))? (?:since (?P<since>\S+)|(?P<first>\S+) to (?P<last>\S+))",
        words,
    )
    if not found:
        raise ValueError(f"cannot read “{words}”")
    kind = found["kind"]
    service_type, component, mechanism, reason, client_type = KINDS["request" if kind in OTHERS else kind]
    event_type, outcome, assessment = OTHERS.get(kind, ("Service", None, None))
    return {
        "LA_Code": council,
        "person_key": key,
        "Client_Type": client_type,
        "Date_of_Birth": _day(born),
        "Date_of_Death": _day(died),
        "Primary_Support_Reason": reason,
        "Accommodation_Status": PLACES.get(found["place"] or ""),
        "Event_Type": event_type,
        "Event_Outcome": outcome,
        "Assessment_Type": assessment,
        "Event_Start_Date": _day(found["since"] or found["first"]),
        "Event_End_Date": _day(found["last"]),
        "Service_Type": service_type,
        "Service_Component": component,
        "Delivery_Mechanism": mechanism,
        "Unit_Cost": _number(found["price"]),
        "Cost_Frequency_Unit_Type": found["unit"],
        "Planned_units_per_week": _number(found["planned"]),
    }


def _number(written: str | None) -> Decimal | None:
    return Decimal(written) if written else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
