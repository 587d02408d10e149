"""All money in and out of the person's budget: by month, by what it was for, with the balance after it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path, reverse

from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records import holding
from wherewithal.records.holding import Move
from wherewithal.records.models import Account, Actual, Person
from wherewithal.web import access
from wherewithal.web.clock import today
from wherewithal.web.downloads import csv_answer, plain
from wherewithal.web.forms import Form
from wherewithal.web.my import TAGS, asked, question_href, whose
from wherewithal.web.page import page, render
from wherewithal.web.payslips import by_run

A_PAGE = 25
ALL = "all"
HEADINGS = (
    "Date",
    "Who or what",
    "Part of the plan",
    "Outcome",
    "In (£)",
    "Out (£)",
    "Held after (£)",
    "Note",
)
# What moved the money, where it was not a card line.
TOLD = {
    "payment": "Payment from the council",
    "returned": "Payment that the bank sent back",
    "contribution_paid": "Own share, paid in",
    "contribution_back": "Own share, paid back",
    "surplus_back": "Money that was not needed, back to the council",
    "reclaim": "Paid ahead and not needed, back to the council",
    "reversal": "Put right",
}
NOT_UNDONE = Q(actual__isnull=False) & ~Q(actual__state=Actual.State.UNDONE)
WANTED = {
    "in": Q(kind__in=holding.PAID_IN),
    "out": Q(kind__in=holding.BOUGHT) & NOT_UNDONE,
    "open": Q(actual__arrangement=None) & NOT_UNDONE,
    "asked": Q(actual__state__in=[Actual.State.ASKED, Actual.State.EXPLAINED]),
}


class FilterForm(Form):
    """Always filled in: what an address leaves out is "all"."""

    month = forms.ChoiceField(label="Month")
    what = forms.ChoiceField(label="What for")

    def __init__(self, months: list[date], parts: list[str], asked: QueryDict) -> None:
        super().__init__({name: asked.get(name) or ALL for name in ("month", "what")})
        fields: Any = self.fields
        fields["month"].choices = [(ALL, "All months"), *((f"{day:%Y-%m}", f"{day:%B %Y}") for day in months)]
        fields["what"].choices = [
            (ALL, "Everything"),
            ("in", "Money in"),
            ("out", "All that was paid out"),
            *((f"part:{part}", part) for part in parts),
            ("open", "Not linked to the plan yet"),
            ("asked", "What we asked about"),
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows the list, by field; a choice that is none of ours narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value != ALL}

    @property
    def wanted(self) -> Q:
        """The transfers that are asked for."""
        found = Q()
        if month := self.chosen.get("month"):
            year, number = month.split("-")
            found &= Q(on__year=int(year), on__month=int(number))
        if what := self.chosen.get("what"):
            part = what.removeprefix("part:")
            found &= WANTED[what] if what in WANTED else Q(actual__arrangement__what=part) & NOT_UNDONE
        return found


@page("my.see")
def my_spending(request: HttpRequest) -> HttpResponse:
    mine, on = whose(request), today()
    account = holding.held_account(mine.person)
    context: dict[str, Any] = {"whose": mine, "person": mine.person, "account": account}
    if account is not None:
        form = _form(request, mine.person, account)
        wanted = form.wanted
        found = Paginator(holding.moves(account, on, wanted), A_PAGE).get_page(request.GET.get("page"))
        hrefs = {one.actual_id: question_href(one) for one in asked(mine.person)}
        came, went = holding.totals(account, on, wanted)
        worked_out = {run: reverse("my_payment", args=[pk]) for run, (_, pk) in by_run(mine.person).items()}
        context |= {
            "form": form,
            "found": found,
            "rows": [
                (move, told(move), _tag(move), hrefs.get(move.line, "") if move.line else "", worked)
                for move in holding.as_moves(account, found)
                for worked in [worked_out.get(move.run, "") if move.run else ""]
            ],
            "came": came,
            "went": went,
            "query": urlencode(form.chosen),
            "csv_href": f"{reverse('my_spending_csv')}?{urlencode(form.chosen)}",
        }
    return render(request, "my/spending.html", context)


@page("my.see")
def my_spending_csv(request: HttpRequest) -> HttpResponse:
    """Exactly what is filtered, as a spreadsheet."""
    person = access.mine(request)
    account = holding.held_account(person)
    rows: list[Move] = []
    if account is not None:
        wanted = _form(request, person, account).wanted
        rows = holding.as_moves(account, holding.moves(account, today(), wanted))
    made = to_csv(HEADINGS, [_cells(move) for move in rows])
    return csv_answer(made, f"money-{today().isoformat()}.csv")


def told(move: Move) -> str:
    """Who was paid, or what moved the money."""
    if move.mistaken:
        return f"{move.mistaken}: taken in by mistake, put right"
    if move.kind == "refund" and move.who:
        return f"{move.who}: money back"
    return move.who or TOLD.get(move.kind, "Money moved")


def _form(request: HttpRequest, person: Person, account: Account) -> FilterForm:
    return FilterForm(holding.months(account, today()), holding.parts_paid_for(person), request.GET)


def _tag(move: Move) -> tuple[str, str] | None:
    if move.state == Actual.State.UNDONE:
        return ("A mistake, undone", "grey")
    return TAGS.get(Actual.State(move.state)) if move.state else None


def _cells(move: Move) -> tuple[str, ...]:
    came = plain(move.pence) if move.pence > 0 else ""
    went = plain(-move.pence) if move.pence < 0 else ""
    note = _tag(move)
    return (
        move.on.isoformat(), told(move), move.part, move.outcome, came, went, plain(move.balance_pence),
        note[0] if note else "",
    )  # fmt: skip


urlpatterns = [
    path("my/spending/", my_spending, name="my_spending"),
    path("my/spending.csv", my_spending_csv, name="my_spending_csv"),
]
