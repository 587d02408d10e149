"""The first days: on record, with household, representative and carer; a request, and what becomes of it."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta

from wherewithal.actions import circle
from wherewithal.actions import person as people
from wherewithal.actions import request as requests
from wherewithal.core.roles import Role
from wherewithal.records.models import Caring, Person, Representation, Request
from wherewithal.simulate import names
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.cast import HOSPITAL
from wherewithal.simulate.clock import after
from wherewithal.simulate.persona import Persona, short_term_turn
from wherewithal.simulate.town import One, Town

Stage = Generator[datetime, datetime, "Request | None"]

ABOUT = (
    "Finds it hard to manage at home since the winter and asks what help there is.",
    "Came out of hospital and cannot do the stairs.",
    "The family helps a lot and is tired; asks for support in the week.",
    "Wants to get out of the house again and see people.",
    "Support from school ends in summer; what comes then?",
    "Would like somebody to help with meals and washing.",
)
ABOUT_CARING = "Cares for somebody day and night and asks for a break."
TOLD = {
    "signposted": "Told about the lunch club and the handyperson scheme, and whom to ring if things change.",
    "nhs": "Passed to the community nurses, who will visit this week.",
    "nothing": "Changed their mind; was given the leaflet and our number.",
}
SHORT_TERM = (
    (requests.Service.REABLEMENT, "Reablement at home, up to six weeks", 42, 21_000),
    (requests.Service.EQUIPMENT, "A bed rail, a shower seat and an alarm", 14, 0),
    (requests.Service.INTERMEDIATE, "Intermediate care after a stay in hospital", 28, 46_000),
    (requests.Service.EQUIPMENT, "Rails, a raised chair and a key safe", 14, 0),
)
SIGHT = (requests.Service.SENSORY, "Learning to get about with little sight", 56, 4_500)
HEARING = (requests.Service.SENSORY, "Living with little hearing: a loop, a light at the door", 56, 4_500)


def register(persona: Persona, town: Town, at: datetime) -> One:
    """The persona on record, by a worker who looks at whoever seems to be known already."""
    rng = persona.rng("register")
    team = HOSPITAL if persona.route == "hospital" and persona.short_term_first else persona.home.place.team
    worker = town.cast.any(Role.PRACTITIONER, rng, team)
    details = _details(persona)

    def written_down(not_these: tuple[str, ...] = ()) -> Person:
        return people.register(
            by=worker, at=at, team=town.cast.teams[team], worker=worker, not_these=not_these, **details
        )

    try:
        person = written_down()
    except people.LooksLikeSomebody as somebody:
        person = written_down(tuple(found.person.ref for found in somebody.alike))
    town.on_record[persona.number] = person
    one = One(persona, town, person, worker)
    one.opened(worker, "person", at)
    _circle(one, at)
    return one


def ask(one: One, at: datetime) -> Stage:
    """A request, decided within days. Gives it when it leads to an assessment, None where it ends here."""
    rng, persona = one.is_.rng("request"), one.is_
    asked = requests.receive(
        person=one.person,
        route=Request.Route(persona.route),
        from_whom=rng.choice(list(Request.FromWhom)),
        about=ABOUT_CARING if persona.carer else rng.choice(ABOUT),
        by=one.worker,
        at=at,
    )
    at = yield after(at, rng, 0, 4)
    if persona.becomes in TOLD:
        requests.decide(request=asked, outcome=Request.Outcome(persona.becomes), words=TOLD[persona.becomes],
                        by=one.worker, at=at)  # fmt: skip
        return (yield from _again(one, at))
    if persona.becomes == "short_term" or persona.short_term_first:
        yield from _short_term(one, asked, at)
        return None if persona.becomes == "short_term" else asked
    requests.decide(request=asked, outcome=Request.Outcome.ASSESSMENT, by=one.worker, at=at)
    return asked


def _short_term(one: One, asked: Request, at: datetime) -> Life:
    """Some weeks of it; somebody from the hospital's team goes on to the team where they live."""
    rng = one.is_.rng("short term")
    service, what, days, pence = for_a_while(one.is_)
    support = requests.ShortTerm(service, what, at.date(), at.date() + timedelta(days=days - 1), pence)
    requests.decide(
        request=asked, outcome=Request.Outcome.SHORT_TERM, short_term=support, by=one.worker, at=at
    )
    at = yield after(at, rng, days, days + 5)
    if one.team not in str(one.person.team):
        one.worker = one.staff(Role.PRACTITIONER, "worker")
        one.person = people.assign(
            person=one.person, team=one.town.cast.teams[one.team], worker=one.worker, by=one.worker, at=at
        )


def for_a_while(persona: Persona) -> tuple[requests.Service, str, int, int]:
    """What helps for some weeks, for how many days and at what price a week: by the reason, else in turn."""
    if persona.support_reason.startswith("Sensory"):
        return HEARING if "hearing" in persona.support_reason else SIGHT
    turn = short_term_turn(persona.number) if persona.becomes == "short_term" else persona.number
    return SHORT_TERM[turn % len(SHORT_TERM)]


def _again(one: One, at: datetime) -> Stage:
    """Some of those who were told where to turn come back. Whoever answers the telephone takes them for new,
    is stopped because they are on record already, and writes the request where it belongs."""
    rng = one.is_.rng("again")
    if rng.random() < 0.5:
        return None
    at = yield after(at, rng, 60, 200)
    try:
        people.register(by=one.worker, at=at, **_details(one.is_))
    except people.NhsNumberTaken:
        asked = requests.receive(
            person=one.person, route=Request.Route.COMMUNITY, from_whom=Request.FromWhom.SELF,
            about="Rings again: it has become harder since last time.", by=one.worker, at=at,
        )  # fmt: skip
    at = yield after(at, rng, 1, 3)
    requests.decide(request=asked, outcome=Request.Outcome.ASSESSMENT, by=one.worker, at=at)
    return asked


def link(one: One, cared_for: Person, at: datetime) -> Caring:
    """The carer and the person they care for, on record as such; nobody lives with whoever lives alone."""
    together = one.is_.facts["lives_together"] == "yes" and bool(cared_for.lives_with_someone)
    one.is_ = replace(one.is_, facts={**one.is_.facts, "lives_together": "yes" if together else "no"})
    others = ("daughter", "son", "mother", "friend")
    hours = one.is_.facts["caring_hours"]
    return circle.link_carer(
        person=cared_for,
        carer=one.person,
        relationship=one.is_.rng("relationship").choice(("partner", *others) if together else others),
        hours_a_week=hours if isinstance(hours, int) else None,
        lives_together=together,
        by=one.worker,
        at=at,
    )


def _circle(one: One, at: datetime) -> None:
    living = one.is_.household
    if living.member:
        circle.add_household(
            person=one.person, name=living.member, relation=living.relation, by=one.worker, at=at
        )
    if one.is_.representative:
        kinds = Representation.Kind
        one.representation = circle.name_representative(
            person=one.person,
            kind=kinds.NOMINATED if one.is_.has_capacity else kinds.AUTHORISED,
            name=one.is_.representative,
            relationship=one.is_.rng("circle").choice(("daughter", "son", "brother", "sister", "friend")),
            by=one.worker,
            at=at,
        )


def _details(persona: Persona) -> people.Details:
    rng = persona.rng("details")
    return {
        "given_name": persona.given,
        "family_name": persona.family,
        "born_on": None if persona.not_asked == "born_on" else persona.born_on,
        "sex": persona.sex,
        "ethnicity": persona.ethnicity,
        "nhs_number": persona.nhs_number,
        "address": persona.home.address,
        "postcode": persona.home.postcode,
        "telephone": names.telephone(rng),
        "email": names.email(persona.given, persona.family, persona.number) if rng.random() < 0.4 else "",
        "language": persona.language,
        "format": persona.format,
        "support_reason": "" if persona.not_asked == "support_reason" else persona.support_reason,
        "accommodation": rng.choice(ACCOMMODATION),
        "lives_with_someone": bool(persona.household.lives_with),
        "funding": "unknown",
    }


ACCOMMODATION = (
    "Owner occupier or shared ownership scheme",
    "Tenant: Local authority or other social housing provider",
    "Tenant: Private landlord",
    "Settled mainstream housing with family or friends",
    "Sheltered housing, extra care housing or other sheltered housing",
)
