"""The made-up people who can be entered as, besides staff: what is certain of them, and their way in."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from wherewithal.actions import access, staff
from wherewithal.core.period import Period
from wherewithal.core.roles import Role
from wherewithal.simulate.cast import address
from wherewithal.simulate.clock import moment, on_working_day
from wherewithal.simulate.household import Household
from wherewithal.simulate.names import PLACES
from wherewithal.simulate.persona import Persona, persona
from wherewithal.simulate.town import One

PAT, CARER, REPRESENTED = 1, 2, 3
BROKERED = 7  # whose plan the broker of the demo writes
WAITING = {7: "panel", 17: "manager"}  # their plans wait for a decision when the two years end


def somebody(number: int, seed: int, years: Period) -> Persona:
    """Person ``number`` of the council; a few always live the life that the demo shows."""
    drawn = persona(number, seed, years)
    early = moment(on_working_day(years.first + timedelta(days=10 + number)), 11)
    if number == PAT:
        return replace(
            _with_direct_payment(drawn, early, 1_115_400), given="Pat", family="Example", sex="female",
            born_on=date(1948, 5, 12), format="large_print", household=Household("", "", ""),
            facts={**drawn.facts, "lives_alone": "yes"},
        )  # fmt: skip
    if number == CARER:
        return replace(drawn, given="Robin", family="Sample", twist="", starts_at=early + timedelta(days=28))
    if number == REPRESENTED:
        return replace(
            _with_direct_payment(drawn, early, 1_560_000), given="Sky", family="Placeholder",
            has_capacity=False, representative="Jo Standin",
        )  # fmt: skip
    if number in WAITING:
        lately = moment(on_working_day(years.first + timedelta(days=max(10, years.days - 84))), 10)
        north = next(place for place in PLACES if place.team == "North")
        waiting = _with_direct_payment(drawn, lately, drawn.wanted_pence_per_year)
        twist = "panel" if WAITING[number] == "panel" else ""
        return replace(waiting, twist=twist, home=replace(drawn.home, place=north))
    return drawn


def let_in(one: One, at: datetime) -> None:
    """A login for who can be entered as in the demo: Pat, the carer, and who acts for the represented."""
    role = {PAT: Role.PERSON, CARER: Role.CARER, REPRESENTED: Role.REPRESENTATIVE}.get(one.is_.number)
    if role is None:
        return
    acts_for = one.person.representations.first() if role == Role.REPRESENTATIVE else None
    name = acts_for.name if acts_for else one.is_.name
    user = access.act_for(
        person=one.person,
        email=address(name),
        representation=acts_for,
        role=role,
        by=one.worker,
        at=at,
    )
    staff.show_in_demo(user=user, by=one.town.cast.administrator, at=at)


def _with_direct_payment(drawn: Persona, starts_at: datetime, pence_per_year: int) -> Persona:
    return replace(
        drawn, becomes="supported", holds="direct_payment", twist="", has_capacity=True, representative="",
        not_asked="",
        route="community", short_term_first=False, starts_at=starts_at, wanted_pence_per_year=pence_per_year,
    )  # fmt: skip
