"""Which of somebody's plans a page is about, read with all that its sheet shows."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from wherewithal.records.models import Person, Plan


def plans() -> QuerySet[Plan]:
    """Plans with all that a sheet reads."""
    return Plan.objects.select_related(
        "person", "author", "allocation", "assessment", "previous"
    ).prefetch_related("outcomes", "lines__arrangement__prices", "risks")


def find(request: HttpRequest, person: Person) -> Plan | None:
    """The plan that ``?of=`` names, else the open one, else the agreed one, else the newest."""
    rows = list(plans().filter(person=person).order_by("-id"))
    if wanted := request.GET.get("of", ""):
        named = [plan for plan in rows if str(plan.pk) == wanted]
        if not named:
            raise Http404("This person has no such plan.")
        return named[0]
    ranks = {"draft": 0, "sent_back": 0, "submitted": 0, "agreed": 1}
    return min(rows, key=lambda plan: ranks.get(plan.state, 2), default=None)


def needed(request: HttpRequest, person: Person) -> Plan:
    """As ``find``; raises Http404 where there is no plan."""
    plan = find(request, person)
    if plan is None:
        raise Http404(f"{person.name} has no plan yet.")
    return plan
