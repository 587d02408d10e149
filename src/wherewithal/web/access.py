"""The only way from a request to a person's record. Whoever opens one leaves a trace.

A role says *what* somebody may do (core/roles.py, checked by ``@page``); here it is decided *to whom*:
a worker sees the people of their teams, a broker those referred to them, a person themselves, a
representative whom they act for; a membership without a team reaches across the council. Emergency access
gives a reason and ends by itself.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from wherewithal.core.roles import READS_PEOPLE, Role
from wherewithal.records.models import EmergencyAccess, Opening, Person, User
from wherewithal.web.clock import now


class NotYours(PermissionDenied):
    """The person is not among those this user works with; emergency access may be open to them."""

    def __init__(self, person: Person) -> None:
        super().__init__("This person is not in your teams.")
        self.person = person


def visible(user: User) -> QuerySet[Person]:
    """Everyone whose record ``user`` may open in the ordinary course, as a query."""
    teams = reading(user)
    if None in teams:
        return Person.objects.all()
    return Person.objects.filter(Q(team__in=teams) | Q(worker=user) | Q(broker=user))


def reading(user: User) -> set[int | None]:
    """The teams, by number, that ``user`` sees whole; None among them for the whole council. A broker sees
    none.
    """
    return {team for role, team in user.seats if role in READS_PEOPLE - {Role.BROKER}}


def person(request: HttpRequest, ref: str) -> Person:
    """The person with this reference, for staff; leaves a trace. Raises Http404, NotYours."""
    user = user_of(request)
    found = Person.objects.select_related("team", "worker", "broker").filter(ref=ref).first()
    if found is None:
        raise Http404(f"Nobody here has the reference {ref}.")
    emergency = None
    if not visible(user).filter(pk=found.pk).exists():
        emergency = running_emergency(user, found, now())
        if emergency is None:
            raise NotYours(found)
        request.emergency = emergency  # type: ignore[attr-defined]  # for the head of the page
    _trace(request, user, found, emergency)
    return found


def whoever(ref: str) -> Person:
    """The person with this reference, whoever may see them: only to ask for emergency access. Http404."""
    found = Person.objects.filter(ref=ref).first()
    if found is None:
        raise Http404(f"Nobody here has the reference {ref}.")
    return found


def elsewhere(user: User, ref: str, nhs_number: str) -> str:
    """The reference of somebody outside this user's teams who has exactly this reference or NHS number.

    Nothing else of them is told; '' when there is nobody.
    """
    exact = Q(ref=ref) if ref else Q(nhs_number=nhs_number) if nhs_number else Q(pk=None)
    return (
        Person.objects.filter(exact).exclude(pk__in=visible(user)).values_list("ref", flat=True).first() or ""
    )


def may_open(user: User, people: Iterable[int], at: datetime) -> set[int]:
    """Of these people, by number, those whose record ``user`` may open: as ever, or in an emergency now."""
    asked = list(people)
    near = visible(user).filter(pk__in=asked).values_list("pk", flat=True)
    urgent = EmergencyAccess.running(user, at).filter(person__in=asked).values_list("person_id", flat=True)
    return set(near.union(urgent))


def running_emergency(user: User, found: Person, at: datetime) -> EmergencyAccess | None:
    return EmergencyAccess.running(user, at).filter(person=found).first()


def people_of(user: User, at: datetime) -> list[Person]:
    """Whom this user may see on ``/my/``: themselves first, then those whose money or plan they act for."""
    acting = Q(representations__user=user) & (
        Q(representations__until=None) | Q(representations__until__gte=localdate(at))
    )
    found = Person.objects.filter(Q(user=user) | acting).distinct().order_by("id")
    return sorted(found, key=lambda one: one.user_id != user.pk)


def mine(request: HttpRequest, theirs: list[Person] | None = None) -> Person:
    """Whose ``/my/`` pages these are; a representative's opening leaves a trace. Raises Http404.

    ``theirs`` is ``people_of`` the user, where it was asked for already.
    """
    user = user_of(request)
    theirs = people_of(user, now()) if theirs is None else theirs
    chosen = request.session.get("acting_for")
    found = next((one for one in theirs if one.pk == chosen), theirs[0] if theirs else None)
    if found is None:
        raise Http404("There is no budget in your name yet.")
    if found.user_id != user.pk:
        _trace(request, user, found, None)
    return found


def user_of(request: HttpRequest) -> User:
    """Whoever is signed in; a page that lets anonymous visitors in must not ask."""
    assert isinstance(request.user, User), "a page without @page let an anonymous visitor through"
    return request.user


def _trace(request: HttpRequest, user: User, found: Person, emergency: EmergencyAccess | None) -> None:
    match = request.resolver_match
    page = match.view_name if match else request.path
    Opening.objects.create(user=user, person=found, at=now(), page=page[:60], emergency=emergency)
