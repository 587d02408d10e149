"""Tiny events tables in words: ``direct payment since 2024-05-01; reablement 2025-06-01 to 2025-07-12``."""

import re
from datetime import date
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


def person(
    support: str, key: int = 1, born: str = "1950-06-01", died: str = "", council: str = "999"
) -> list[dict[str, Any]]:
    """The rows of one made-up person; ``born`` may be '' for a birth date that nobody knows."""
    return [_row(words.strip(), key, born, died, council) for words in support.split(";")]


def people(*supports: str) -> list[dict[str, Any]]:
    """One made-up person for each text, keys from 1."""
    return [row for key, support in enumerate(supports, 1) for row in person(support, key)]


def _row(words: str, key: int, born: str, died: str, council: str) -> dict[str, Any]:
    found = re.fullmatch(r"(.+?) (?:since (\S+)|(\S+) to (\S+))", words)
    if not found:
        raise ValueError(f"cannot read “{words}”")
    service_type, component, mechanism, reason, client_type = KINDS[found[1]]
    return {
        "LA_Code": council,
        "person_key": key,
        "Client_Type": client_type,
        "Date_of_Birth": _day(born),
        "Date_of_Death": _day(died),
        "Primary_Support_Reason": reason,
        "Event_Type": "Service" if service_type else "Request",
        "Event_Start_Date": _day(found[2] or found[3]),
        "Event_End_Date": _day(found[4]),
        "Service_Type": service_type,
        "Service_Component": component,
        "Delivery_Mechanism": mechanism,
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
