"""Tiny tables of particulars in words, and the measures that a council sets itself in plain Python.

``direct payment for a personal assistant since 2024-05-01; plan by the family since 2024-05-01``
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wherewithal.analytics.year import ReportingYear

Row = Mapping[str, Any]
BUYS = {
    "a personal assistant": "personal_assistant", "care at home": "home_care", "a gym": "membership",
    "payroll": "managing", "something else": "other", "a course": "learning", "a day centre": "day_activity",
}  # fmt: skip
HOLDS = {
    "direct payment": "direct_payment", "managed budget": "council_managed",
    "service fund": "individual_service_fund", "commissioned": "commissioned",
}  # fmt: skip
WRITERS = {"the person": "person", "the family": "family", "a broker": "broker", "a worker": "worker"}
OFFERS = {
    "offered and accepted": "accepted", "offered and declined": "declined", "offered": "not_answered",
    "time asked for": "later", "no offer": "no_offer",
}  # fmt: skip
MET = {"met": "met", "partly": "partly", "not met": "not_met"}
BUDGETS = {"direct_payment", "council_managed", "individual_service_fund"}
OTHER_THAN_BEFORE = {
    "personal_assistant",
    "domestic_help",
    "technology",
    "learning",
    "membership",
    "capital_goods",
}
DAILY = {*(f"adult:{code}" for code in "abcdef"), "carer:home", "carer:eating"}
WITH_OTHERS = {
    *(f"adult:{code}" for code in "ghij"),
    *(f"carer:{code}" for code in ("child", "others", "relationships", "work", "places", "leisure")),
}


def person(words: str, key: int = 1, born: str = "1950-06-01", council: str = "999") -> list[dict[str, Any]]:
    """The particulars of one made-up person."""
    birth = {"Date_of_Birth": date.fromisoformat(born)}
    return [_row(one.strip(), key, council) | birth for one in words.split(";") if one.strip()]


def people(*said: str, born: str = "1950-06-01") -> list[dict[str, Any]]:
    """One made-up person for each text, keys from 1."""
    return [row for key, words in enumerate(said, 1) for row in person(words, key, born)]


def aged(rows: Iterable[Row], group: str, period: ReportingYear) -> list[Row]:
    """The rows of people who are of the group on the last day of the period; of no known age in "total"."""
    youngest, oldest = {"total": (18, 999), "18-64": (18, 64), "65+": (65, 999)}[group]

    def of_group(born: date | None) -> bool:
        return youngest <= _age(born, period.last) <= oldest if born else group == "total"

    return [row for row in rows if of_group(row["Date_of_Birth"])]


def figure(rows: Iterable[Row], measure: str, period: ReportingYear) -> tuple[int, int]:
    """Numerator (pence for money) and denominator, of grown-ups' rows: row by row, in plain Python."""
    rows = list(rows)
    if measure == "local-not-traditional":
        mine = [row for row in rows if _budget(row) and _on(row, period.last)]
        return _heads(row for row in mine if row["said"] in OTHER_THAN_BEFORE), _heads(mine)
    if measure == "local-direct-payments-growth":
        mine = [row for row in rows if row["what"] == "support" and row["about"] == "direct_payment"]
        before = date(period.last.year - 1, period.last.month, period.last.day)
        return _heads(row for row in mine if _on(row, period.last)), _heads(
            row for row in mine if _on(row, before)
        )
    if measure == "local-plans-not-by-a-worker":
        mine = [row for row in rows if row["what"] == "plan" and _on(row, period.last)]
        return sum(row["said"] != "worker" for row in mine), len(mine)
    if measure == "budgets-individual-service-fund":
        mine = [row for row in rows if _budget(row) and _on(row, period.last)]
        return _heads(row for row in mine if row["about"] == "individual_service_fund"), _heads(mine)
    if measure == "offers-made":
        mine = [row for row in rows if row["what"] == "chance" and _in(row, period)]
        return _heads(row for row in mine if row["said"] != "no_offer"), _heads(mine)
    if measure == "reviews-on-time":
        mine = [row for row in rows if row["what"] == "review_due" and _in(row, period)]
        return sum(row["said"] == "on_time" for row in mine), len(mine)
    if measure.endswith("at-review"):
        return _money(rows, measure, period)
    return _met(rows, measure, period)


def _money(rows: Iterable[Row], measure: str, period: ReportingYear) -> tuple[int, int]:
    pence = [row["pence_per_week"] for row in rows if row["what"] == "review" and _in(row, period)]
    known = [one for one in pence if one is not None]
    parts = {
        "local-saved-at-review": sum(one for one in known if one > 0),
        "local-added-at-review": -sum(one for one in known if one < 0),
        "local-net-at-review": sum(known),
    }
    return parts[measure], len(known)


def _met(rows: Iterable[Row], measure: str, period: ReportingYear) -> tuple[int, int]:
    serving = {"local-independence": DAILY, "local-quality-of-life": WITH_OTHERS}.get(measure)
    mine = [row for row in rows if row["what"] == "outcome" and _in(row, period)]
    if serving:
        mine = [row for row in mine if serving & set((row["about"] or "").split())]
    return sum(row["said"] == "met" for row in mine), len(mine)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _heads(rows: Iterable[Row]) -> int:
    return len({row["person_key"] for row in rows})


def _budget(row: Row) -> bool:
    return row["what"] == "support" and row["about"] in BUDGETS


def _on(row: Row, day: date) -> bool:
    return bool(row["first"] <= day and (row["last"] is None or row["last"] >= day))


def _in(row: Row, period: ReportingYear) -> bool:
    return bool(period.first <= row["first"] <= period.last)


def _row(words: str, key: int, council: str) -> dict[str, Any]:
    said, first, last = _dated(words)
    row = {"LA_Code": council, "person_key": key, "first": first, "last": last, "pence_per_week": None}
    if found := re.fullmatch(r"(.+?) for (.+)", said):
        return row | {"what": "support", "about": HOLDS[found[1]], "said": BUYS[found[2]]}
    if found := re.fullmatch(r"plan by (.+)", said):
        return row | {"what": "plan", "about": "adult", "said": WRITERS[found[1]]}
    if found := re.fullmatch(r"review that (saves|adds) (\d+)", said):
        said, sign = {"saves": ("saved", 1), "adds": ("added", -1)}[found[1]]
        return row | {"what": "review", "about": "plan", "said": said, "pence_per_week": sign * int(found[2])}
    if said in ("review that changes nothing", "review that does not say"):
        known = said.endswith("nothing")
        return row | {
            "what": "review", "about": "plan", "said": "none" if known else "unknown",
            "pence_per_week": 0 if known else None,
        }  # fmt: skip
    if found := re.fullmatch(r"(assessed|reviewed), (.+)", said):
        moment = {"assessed": "assessment", "reviewed": "review"}[found[1]]
        return row | {"what": "chance", "about": moment, "said": OFFERS[found[2]]}
    if found := re.fullmatch(r"review due, (.+)", said):
        return row | {"what": "review_due", "about": "plan", "said": found[1].replace(" ", "_")}
    found = re.fullmatch(r"(\S+) (met|partly|not met)", said)
    if not found:
        raise ValueError(f"cannot read “{words}”")
    return row | {"what": "outcome", "about": found[1].replace(",", " ").strip("-"), "said": MET[found[2]]}


def _dated(words: str) -> tuple[str, date, date | None]:
    found = re.fullmatch(r"(.+?) (?:since (\S+)|(\S+) to (\S+)|on (\S+))", words)
    if not found:
        raise ValueError(f"cannot read “{words}”")
    first = date.fromisoformat(found[2] or found[3] or found[5])
    return found[1], first, first if found[5] else date.fromisoformat(found[4]) if found[4] else None
