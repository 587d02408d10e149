"""What is to be mended in our records before they are sent: of whom one may see, oldest first, by team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, Min, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from wherewithal.core.period import written
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.measure import measures
from wherewithal.records.models import SubmissionCheck, SubmissionFault, User
from wherewithal.web import access
from wherewithal.web.address import address
from wherewithal.web.clock import today
from wherewithal.web.downloads import csv_answer
from wherewithal.web.page import page, render
from wherewithal.web.person_forms import DetailsForm
from wherewithal.web.submission_words import EVENTS, field_words

A_PAGE = 40
LATELY = timedelta(days=28)
NO_TEAM = "No team yet"
COLOURS = {"refused": "red", "error": "orange", "warning": "yellow"}
# Fields of Client Level Data, and the questions about a person that they are written from.
ASKED = {
    "NHS_Number": "nhs_number", "Gender": "sex", "Ethnicity": "ethnicity", "Date_of_Birth": "born_on",
    "Primary_Support_Reason": "support_reason", "Postcode": "postcode",
    "Accommodation_Status": "accommodation", "Client_Funding_Status": "funding",
}  # fmt: skip
HEAD = ("Since", "Team", "Person", "Name", "Of what", "Field", "How grave", "Expected", "Rows",
        "What it does to a measure", "Measures")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A fault in words, and the way to where it is mended."""

    fault: SubmissionFault

    @property
    def team(self) -> str:
        return str(self.fault.person.team or NO_TEAM)

    @property
    def of_what(self) -> str:
        """``Service from 6 April 2026``, or the person's details."""
        event = EVENTS.get(self.fault.what, "")
        if not event:
            return "The person’s details"
        since = f" from {written(self.fault.event_on)}" if self.fault.event_on else ""
        return f"{event.capitalize()}{since}"

    @property
    def amiss(self) -> str:
        """What is wrong, as a clause; of a word from a long list the page to mend it shows all."""
        return "nothing is written down" if self.fault.blank else f"expected {self.fault.expected}"

    @property
    def field(self) -> str:
        return field_words(self.fault.field)

    @property
    def colour(self) -> str:
        return COLOURS[self.fault.level]

    @property
    def mend_href(self) -> str:
        """The question that mends it, where one does; else the person's own page leads on."""
        asked = ASKED.get(self.fault.field, "") if self.fault.what == "Person" else ""
        at = address("person_change", self.fault.person.ref) if asked else ""
        return at and f"{at}#id_{asked}"

    @property
    def question(self) -> str:
        """What that page calls it, where it calls it otherwise than Client Level Data does; else ''."""
        asked = DetailsForm.base_fields.get(ASKED.get(self.fault.field, ""))
        label = str(asked.label) if asked else ""
        return label if label != self.field else ""

    @property
    def measures(self) -> Sequence[str]:
        return [measures()[id].title for id in self.fault.measures if id in measures()]


@page("fault.see")
def faults(request: HttpRequest) -> HttpResponse:
    """Those of the people whom this user may see; ``?team=`` narrows it to one team."""
    user = access.user_of(request)
    mine = to_mend(user)
    teams = _by_team(mine)
    team = request.GET.get("team", "")
    wanted = _of_team(mine, team) if team in {key for key, *_ in teams} else mine
    found = Paginator(_in_order(wanted), A_PAGE).get_page(request.GET.get("page"))
    query = urlencode({"team": team}) if wanted is not mine else ""
    context = {
        "found": found,
        "lines": [Line(one) for one in found],
        "teams": [(name, many, f"?{urlencode({'team': key})}", key == team) for key, name, many, _ in teams],
        "all": sum(many for _, _, many, _ in teams),
        "everything": wanted is mine,
        "query": query,
        "csv_href": reverse("faults_csv") + (f"?{query}" if query else ""),
        "mended": _mended(user, today()),
        "check": SubmissionCheck.objects.first(),
    }
    return render(request, "measures/faults.html", context)


@page("fault.see")
def faults_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, all of it."""
    mine = to_mend(access.user_of(request))
    team = request.GET.get("team", "")
    wanted = _of_team(mine, team) if team in {key for key, *_ in _by_team(mine)} else mine
    lines = map(Line, _in_order(wanted))
    return csv_answer(to_csv(HEAD, [_cells(one) for one in lines]), f"to-mend-{today()}.csv")


def to_mend(user: User) -> QuerySet[SubmissionFault]:
    """The open faults of the people whom this user may see in the ordinary course."""
    return SubmissionFault.objects.filter(mended_on=None, person__in=access.visible(user))


def by_team_and_field() -> list[tuple[str, str, int, date]]:
    """Team, field, how many open faults and since when, in every team; of nobody by name. The most first."""
    rows = (
        SubmissionFault.objects.filter(mended_on=None)
        .values_list("person__team__name", "field")
        .annotate(many=Count("pk"), since=Min("found_on"))
        .order_by("-many", "since", "person__team__name", "field")
    )
    return [(team or NO_TEAM, field_words(field), many, since) for team, field, many, since in rows]


def _mended(user: User, on: date) -> int:
    lately = SubmissionFault.objects.filter(mended_on__gt=on - LATELY)
    return lately.filter(person__in=access.visible(user)).count()


def _by_team(of: QuerySet[SubmissionFault]) -> list[tuple[str, str, int, date]]:
    """Each team by its id in the address, its name, how many, since when; the one with the oldest first."""
    rows = (
        of.order_by()
        .values_list("person__team", "person__team__name")
        .annotate(many=Count("pk"), since=Min("found_on"))
        .order_by("since", "person__team__name")
    )
    return [(str(key or "none"), name or NO_TEAM, many, since) for key, name, many, since in rows]


def _of_team(of: QuerySet[SubmissionFault], team: str) -> QuerySet[SubmissionFault]:
    return of.filter(person__team=None if team == "none" else int(team))


def _in_order(of: QuerySet[SubmissionFault]) -> Any:
    """The oldest first; of one day the gravest."""
    gravity = Case(*(When(level=level, then=Value(n)) for n, level in enumerate(COLOURS)))
    return of.select_related("person", "person__team").order_by(
        "found_on", gravity, "person__family_name", "person_id", "field", "id"
    )


def _cells(one: Line) -> Sequence[str]:
    fault = one.fault
    return (
        fault.found_on.isoformat(), one.team, fault.person.ref, fault.person.name, one.of_what, one.field,
        fault.get_level_display(), fault.expected, str(fault.rows_count), " ".join(fault.effects),
        "; ".join(one.measures),
    )  # fmt: skip


_AT = "measures/submission/faults"
urlpatterns = [
    path(f"{_AT}/", faults, name="faults"),
    path(f"{_AT}.csv", faults_csv, name="faults_csv"),
]
