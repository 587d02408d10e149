"""Rows of a person for the table of routes: one small row of each kind, straight into the database.

``make(kind, person)`` gives what stands in the address (a primary key, or a name). A new kind is one more
function here, called as ``routes.toml`` calls it.
"""

from datetime import date
from typing import Any

from making import user

from wherewithal.records.models import (
    Assessment,
    Caring,
    Decision,
    Offer,
    Person,
    Plan,
    PlanLine,
    PlanOutcome,
    Representation,
    Request,
    Risk,
)

ON = date(2026, 4, 6)


def make(kind: str, person: Person) -> Any:
    return globals()[kind](person)


def request(person: Person) -> int:
    made = Request.objects.create(
        person=person, received_on=ON, route="community", from_whom="self", about="Help", taken_by=_somebody()
    )
    return made.pk


def representation(person: Person) -> int:
    made = Representation.objects.create(
        person=person, kind="nominated", name="Ash Helper", holds_money=False, since=ON
    )
    return made.pk


def caring(person: Person) -> int:
    carer = Person.objects.create(
        ref=f"C{person.pk}", given_name="Sam", family_name="Carer", registered_on=ON, team=person.team
    )
    return Caring.objects.create(carer=carer, cared_for=person, relationship="friend", since=ON).pk


def assessment(person: Person) -> Assessment:
    return Assessment.objects.filter(person=person).first() or Assessment.objects.create(
        person=person,
        kind="adult",
        state="agreed",
        started_on=ON,
        agreed_on=ON,
        eligible=True,
        by=_somebody(),
    )


def offer(person: Person) -> int:
    made = Offer.objects.create(
        person=person, assessment=assessment(person), made_on=ON, made_by=_somebody(), format="standard"
    )
    return made.pk


def plan(person: Person) -> Plan:
    return Plan.objects.filter(person=person).first() or Plan.objects.create(
        person=person, assessment=assessment(person), state="submitted", written_by="worker",
        author=_somebody(), started_on=ON, submitted_on=ON,
    )  # fmt: skip


def decision(person: Person) -> int:
    made = Decision.objects.create(
        kind="sign_off", level="manager", person=person, plan=plan(person), author=_somebody(),
        asked_by=_somebody(), asked_on=ON, asks="May this plan be agreed?",
        content={"pence_per_week": 20800, "indicative_pence_per_week": 21450, "limit_pence_per_week": 150000,
                 "reasons": ["The plan costs £208.00 a week."]},
    )  # fmt: skip
    return made.pk


def plan_outcome(person: Person) -> int:
    return PlanOutcome.objects.create(plan=plan(person), text="I swim every week.").pk


def plan_line(person: Person) -> int:
    made = PlanLine.objects.create(
        plan=plan(person), what="Swimming", kind="personal_assistant", units=8, unit="hour",
        pence_per_unit=1500, how_often="weekly", pence_per_week=12000, first=ON, held="direct_payment",
    )  # fmt: skip
    return made.pk


def plan_risk(person: Person) -> int:
    return Risk.objects.create(plan=plan(person), kind="customer", what="A fall", likelihood=2, impact=3).pk


def _somebody():
    return user("Rowan Registrar")
