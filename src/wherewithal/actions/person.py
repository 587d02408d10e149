"""A person: on record, changed, looked after by a team, ended. Two records are never merged silently."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from wherewithal.actions.record import action, day, locked, next_id
from wherewithal.core.names import grams
from wherewithal.core.period import written
from wherewithal.core.person import check_born, check_happened
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import CARE, Role
from wherewithal.formats import contact
from wherewithal.policy import person as person_policy
from wherewithal.records.models import Decision, Membership, Person, Plan, Team, User
from wherewithal.records.search import Alike, alike
from wherewithal.records.tracking import telling_too
from wherewithal.records.waiting import open_plans, questions

IN_RETURN_WORDS = ("support_reason", "ethnicity", "accommodation")


class NoName(Refusal):
    """Neither a given nor a family name."""


class NotAWord(Refusal):
    """A word that the list in force does not hold."""


class NhsNumberTaken(Refusal):
    """Somebody on record has this NHS number already."""


class LooksLikeSomebody(Refusal):
    """Likely duplicates that nobody has looked at yet: ``alike`` holds them with their reasons."""

    def __init__(self, found: Collection[Alike]) -> None:
        first = next(iter(found))
        reasons = ", ".join(first.reasons)
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        super().__init__(
            f"This may be {first.person.name} ({first.person.ref}): {reasons}{others}. "
            "Look whether it is one of them before you add somebody new."
        )
        self.alike = tuple(found)


class NothingChanged(Refusal):
    """A change that changes nothing."""


class NoReason(Refusal):
    """A change without its why."""


class NotInThatRole(Refusal):
    """Somebody was named for work that their roles do not carry."""


class EndedAlready(Refusal):
    """The record has ended already, or has not."""


class Details(TypedDict, total=False):
    """What can be written down about a person, as they say it; numbers in any usual spelling."""

    given_name: str
    family_name: str
    known_as: str
    born_on: date | None
    sex: str
    ethnicity: str
    nhs_number: str
    address: str
    postcode: str
    telephone: str
    email: str
    language: str
    format: str
    support_reason: str
    accommodation: str
    lives_with_someone: bool | None
    funding: str


@action("register person")
def register(
    *,
    by: User,
    at: datetime,
    not_these: Collection[str] = (),
    team: Team | None = None,
    worker: User | None = None,
    reason: str = "",
    **details: Unpack[Details],
) -> Person:
    """Somebody new on record, with a reference of their own.

    Whoever looks like them already must have been looked at: ``not_these`` names their references, and the
    audit keeps which. Raises LooksLikeSomebody, NhsNumberTaken, NoName, NotThatDay, NotAWord,
    NotInThatRole and the refusals of ``formats/contact.py``.
    """
    today = day(at)
    kept = _read(details, today)
    _check_nhs_number(kept.get("nhs_number"))
    _check_role(worker, CARE, "worker")
    _check_looked_at(kept, not_these)
    number = next_id(Person)
    person = Person(
        id=number,
        ref=person_policy.reference(Used(today), number),
        registered_on=today,
        team=team,
        worker=worker,
        **kept,
    )
    person.name_grams = grams([person.given_name, person.family_name, person.known_as])
    person.save(force_insert=True)
    return person


@action("change person")
def change(
    *, person: Person, reason: str, by: User, at: datetime, **details: Unpack[Details]
) -> tuple[str, ...]:
    """Write down what is different now; gives the names of the fields that changed.

    Raises NoReason, NothingChanged and what ``register`` raises for a detail.
    """
    if not reason.strip():
        raise NoReason("Say why the record changes: what happened, or who told you.", field="reason")
    person_now = locked(person)
    names: Details = {"given_name": person_now.given_name, "family_name": person_now.family_name}
    kept = _read({**names, **details}, day(at))
    changed = {name: value for name, value in kept.items() if getattr(person_now, name) != value}
    if not changed:
        raise NothingChanged("Nothing is different from what is on record. Change something, or go back.")
    if "nhs_number" in changed:
        _check_nhs_number(changed["nhs_number"])
    for name, value in changed.items():
        setattr(person_now, name, value)
    person_now.name_grams = grams([person_now.given_name, person_now.family_name, person_now.known_as])
    person_now.save(update_fields=[*changed, "name_grams"])
    return tuple(changed)


@action("assign person")
def assign(
    *,
    person: Person,
    by: User,
    at: datetime,
    team: Team | None = None,
    worker: User | None = None,
    broker: User | None = None,
    reason: str = "",
) -> Person:
    """Who looks after the person from now on: the team, its worker, and a broker (None: nobody).

    Raises NotInThatRole for somebody whose roles do not carry the work; NothingChanged.
    """
    _check_role(worker, CARE, "worker")
    _check_role(broker, {Role.BROKER}, "broker")
    person_now = locked(person)
    if (person_now.team, person_now.worker, person_now.broker) == (team, worker, broker):
        raise NothingChanged("They look after this person already. Change something, or go back.")
    person_now.team, person_now.worker, person_now.broker = team, worker, broker
    person_now.save(update_fields=["team", "worker", "broker"])
    return person_now


@action("end person")
def end(
    *, person: Person, on: date, because: Person.EndReason, by: User, at: datetime, reason: str = ""
) -> Person:
    """The person's record ends: died, moved, NHS continuing healthcare, no longer eligible.

    A plan on its way ends with it, and what was asked about the person is withdrawn: nobody is to decide it
    any more. No money moves here; arrangements that still run are ended one by one, so that the rest of what
    was paid ahead comes back. Raises EndedAlready, and NotThatDay for a day that has not come.
    """
    list(open_plans(person).select_for_update())  # before the person, as the verbs of a plan hold them
    person_now = locked(person)
    if person_now.state == Person.State.ENDED:
        assert person_now.ended_on
        raise EndedAlready(f"This record ended on {written(person_now.ended_on)} already.")
    check_happened(on, day(at), person_now.born_on)
    person_now.state, person_now.ended_on, person_now.end_reason = Person.State.ENDED, on, because
    person_now.save(update_fields=["state", "ended_on", "end_reason"])
    _withdraw(person_now)
    return person_now


@action("reopen person")
def reopen(*, person: Person, reason: str, by: User, at: datetime) -> Person:
    """Somebody came back, or the record was ended by mistake. Raises EndedAlready, NoReason."""
    person_now = locked(person)
    if person_now.state != Person.State.ENDED:
        raise EndedAlready("This record has not ended: there is nothing to open again.")
    if not reason.strip():
        raise NoReason("Say why the record is opened again.", field="reason")
    person_now.state, person_now.ended_on, person_now.end_reason = Person.State.KNOWN, None, ""
    person_now.save(update_fields=["state", "ended_on", "end_reason"])
    return person_now


def _withdraw(person: Person) -> None:
    """End the open plans of a person who is held, and withdraw what waits to be decided about them. The plans
    are read here: one may have begun while the person was waited for, and none can begin any more.
    """
    assert person.ended_on
    why = Person.EndReason(person.end_reason).label
    for plan in open_plans(person).select_for_update():
        plan.state, plan.ended_on = Plan.State.ENDED, person.ended_on
        plan.save(update_fields=["state", "ended_on"])
    for decision in questions(person).select_for_update():
        decision.state = Decision.State.WITHDRAWN
        decision.reasons = f"The record ended on {written(person.ended_on)}: {why}."
        decision.save(update_fields=["state", "reasons"])


def _read(details: Details, today: date) -> dict[str, Any]:
    """The details in the spelling that is kept; only those that were given, names always."""
    kept: dict[str, Any] = {
        name: " ".join(value.split()) if isinstance(value, str) and name != "address" else value
        for name, value in details.items()
    }
    for name in ("given_name", "family_name"):
        if not kept.get(name):
            raise NoName("Enter both a given name and a family name.", field=name)
    for name, read in (("nhs_number", contact.nhs_number), ("telephone", contact.telephone),
                       ("postcode", contact.postcode)):  # fmt: skip
        if name in kept:
            kept[name] = read(kept[name] or "")
    if "nhs_number" in kept:
        kept["nhs_number"] = kept["nhs_number"] or None
    if "address" in kept:
        kept["address"] = kept["address"].replace("\r\n", "\n").strip()
    if kept.get("born_on"):
        check_born(kept["born_on"], today)
    for name in IN_RETURN_WORDS:
        if kept.get(name) and kept[name] not in person_policy.words(name).words:
            raise NotAWord(f"“{kept[name]}” is not in the list. Choose from it.", field=name)
    return kept


def _check_looked_at(kept: dict[str, Any], not_these: Collection[str]) -> None:
    """Whoever looks like somebody with these details must have been looked at; the audit keeps who was."""
    found = alike(kept["given_name"], kept["family_name"], kept.get("born_on"))
    unseen = [one for one in found if one.person.ref not in not_these]
    if unseen:
        raise LooksLikeSomebody(unseen)
    if found:
        telling_too(looked_at=[one.person.ref for one in found])


def _check_nhs_number(number: str | None) -> None:
    taken = Person.objects.filter(nhs_number=number).first() if number else None
    if taken:
        raise NhsNumberTaken(
            f"{taken.name} ({taken.ref}) has this NHS number. Open that record, or check the number.",
            field="nhs_number",
        )


def _check_role(user: User | None, roles: Collection[Role], field: str) -> None:
    if user and not Membership.objects.filter(user=user, role__in=roles, ended_on=None).exists():
        wanted = " or ".join(sorted(role.replace("_", " ") for role in roles))
        raise NotInThatRole(f"{user} is no {wanted}. Choose somebody who is.", field=field)
