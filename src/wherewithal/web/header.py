"""The head of a person's pages for staff: who they are, how their budget is held, the tabs."""

from dataclasses import dataclass

from django.http import HttpRequest

from wherewithal.core.nhs import grouped
from wherewithal.core.period import written, years_old
from wherewithal.records.models import Arrangement, EmergencyAccess, Person, User
from wherewithal.records.models.person import Format
from wherewithal.records.models.plan import Held
from wherewithal.web.access import visible
from wherewithal.web.address import address, open_to, page_above
from wherewithal.web.clock import today
from wherewithal.web.templating import when

TABS = (
    ("Summary", "person"),
    ("Assessment", "person_assessment"),
    ("Budget", "person_budget"),
    ("Plan", "person_plan"),
    ("Money", "person_money"),
    ("Reviews", "person_reviews"),
    ("Offers", "person_offers"),
    ("History", "person_history"),
)


@dataclass(frozen=True)
class Header:
    """``facts`` in reading order; ``tags`` as (text, colour); ``tabs`` as (label, address, here)."""

    name: str
    href: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    tabs: tuple[tuple[str, str, bool], ...]


def header(request: HttpRequest, person: Person) -> Header:
    """For ``people/base.html``; one query."""
    return Header(
        name=person.name,
        href=address("person", person.ref),
        facts=facts(person),
        tags=(*urgent(request, person), *tags(person)),
        tabs=tabs(request, person),
    )


def facts(person: Person) -> tuple[str, ...]:
    """Born with age, NHS number, reference, format where it is not standard print."""
    found = []
    if person.born_on:
        until = person.ended_on if person.end_reason == Person.EndReason.DIED else None
        found.append(f"Born {written(person.born_on)} ({years_old(person.born_on, until or today())})")
    if person.nhs_number:
        found.append(f"NHS {grouped(person.nhs_number)}")
    found.append(person.ref)
    if person.format != Format.STANDARD:
        found.append(Format(person.format).label)
    if person.language != "English":
        found.append(person.language)
    return tuple(found)


def urgent(request: HttpRequest, person: Person) -> tuple[tuple[str, str], ...]:
    """Until when the record is open to a user outside its teams, on every page while it is."""
    emergency: EmergencyAccess | None = getattr(request, "emergency", None)
    if emergency is None or emergency.person_id != person.pk:
        return ()
    return ((f"Open in an emergency until {when(emergency.until_at)}", "red"),)


def tags(person: Person) -> tuple[tuple[str, str], ...]:
    """How the running support is held, or how it ended."""
    if person.state == Person.State.ENDED:
        return ((Person.EndReason(person.end_reason).label, "grey"),)
    running = Arrangement.objects.filter(
        person=person, state__in=[Arrangement.State.ACTIVE, Arrangement.State.SUSPENDED]
    )
    held = set(running.values_list("held", flat=True))
    return tuple((one.label, "blue" if one == Held.DIRECT_PAYMENT else "grey") for one in Held if one in held)


def tabs(request: HttpRequest, person: Person) -> tuple[tuple[str, str, bool], ...]:
    """Those whose page exists and that this user may open."""
    found = []
    for label, name in TABS:
        href = address(name, person.ref)
        if href and open_to(request.user, href):
            here = request.path == href or (name != "person" and request.path.startswith(href))
            found.append((label, href, here))
    return tuple(found)


def way_back(request: HttpRequest) -> tuple[str, str]:
    """From an address under which something is gone, as (what a link says, its address): to the tab of the
    person that it was about, else to the page above.
    """
    user, match = request.user, request.resolver_match
    ref = match.kwargs.get("ref") if match else None
    person = visible(user).filter(ref=ref).first() if ref and isinstance(user, User) else None
    if person is None:
        return "Go back to the page above", page_above(request)
    theirs = [(label, href) for label, href, here in tabs(request, person) if here]
    label, href = theirs[0] if theirs else (TABS[0][0], address(TABS[0][1], ref))
    return f"Go back to {person.name}’s {label.lower()}", href
