"""The council's money at a glance, and the columns that must meet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, F, Func, Q, Sum, TextField, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from wherewithal.core.money import pounds
from wherewithal.records.holding import held_after_the_end
from wherewithal.records.models import Account, Agreement, Contribution, Question, Run, Transfer
from wherewithal.web.clock import now, today
from wherewithal.web.home import ANSWERS, TOO_FEW, Answer, least_people
from wherewithal.web.money_owed import paid_ahead, sent_back
from wherewithal.web.page import page, render
from wherewithal.web.run_draft import first_payments
from wherewithal.web.runs import COLOURS, waiting

KEPT_SECONDS = 600  # how old the sums on Home may be: the page is open to everyone and asked often
SHOWN = 20  # of a list; the rest are counted
GONE_OUT = (Run.State.SENT, Run.State.SETTLED)
# The sum at the head of the kept file, read where it lies; that its payments come to it, verify checks.
IN_FILE = Func(
    F("file"),
    Value("<CtrlSum>([0-9]+[.][0-9]{2})</CtrlSum>"),
    template="substring(%(expressions)s)",
    arg_joiner=" from ",
    output_field=TextField(),
)
TITLES = {
    "council": "The council’s care money",
    "held": "Held for people",
    "coming": "On its way to people",
    "spent": "Spent on support",
    "contribution": "Asked of people and not yet paid in",
    "own_share": "People’s own share",
}


@dataclass(frozen=True)
class Met:
    """One run: what it says, what its file says, what was posted; all in pence. None: no file yet."""

    run: Run
    file_pence: int | None
    posted_pence: int

    @property
    def differs(self) -> int:
        """How far the columns are apart; 0 when they meet."""
        beside = [self.posted_pence] + ([] if self.file_pence is None else [self.file_pence])
        return max((abs(self.run.total_pence - pence) for pence in beside), default=0)


@page("money.see")
def money(request: HttpRequest) -> HttpResponse:
    on = today()
    questions = Question.objects.aggregate(
        answered=Count("pk", filter=Q(state="answered")), asked=Count("pk", filter=Q(state="open"))
    )
    missed = Contribution.objects.filter(state="missed").aggregate(
        people=Count("person", distinct=True), pence=Sum("due_pence") - Sum("paid_pence")
    )
    runs = Run.objects.defer("file")  # megabytes each
    running = runs.exclude(state__in=[Run.State.SETTLED, Run.State.CANCELLED])
    open_runs = list(running.select_related("drafted_by").order_by("pay_on", "pk"))
    context = {
        "on": on,
        "counted_at": now(),
        "minutes_on_home": KEPT_SECONDS // 60,
        "open_runs": open_runs[:SHOWN],
        "more_runs": max(0, len(open_runs) - SHOWN),
        "waiting_runs": waiting(open_runs)[:SHOWN],
        "last_runs": runs.filter(state=Run.State.SETTLED).order_by("-pay_on", "-pk")[:5],
        "colours": COLOURS,
        "waiting": len(first_payments()),
        "questions": questions,
        "missed": missed,
        "agreements": Agreement.objects.filter(ended_on=None).count(),
        "balances": balances(today()),
        "ahead": (ahead := paid_ahead()),
        "sent_back": sent_back(),
        "left_over": (left_over := _left_over(on, {one.person.pk for one in ahead}))[:SHOWN],
        "more_left_over": max(0, len(left_over) - SHOWN),
    }
    return render(request, "money/money.html", context)


@page("money.see")
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Every run beside its bank file and its transfers, and the whole ledger beside nought."""
    sent = Run.objects.filter(state__in=GONE_OUT).defer("file").order_by("-pk")
    shown = Paginator(sent, 30).get_page(request.GET.get("page"))
    in_file = dict(Run.objects.filter(pk__in=[run.pk for run in shown]).values_list("pk", IN_FILE))
    posted = dict(
        Transfer.objects.filter(run__in=[run.pk for run in shown], kind="payment", reverses=None)
        .values_list("run")
        .annotate(pence=Sum("pence"))
    )
    rows = [Met(run, _pence(in_file[run.pk]), posted.get(run.pk, 0)) for run in shown]
    context = {
        "page": shown,
        "rows": rows,
        "balances": balances(today()),
        "apart": sum(row.differs > 0 for row in rows),
    }
    return render(request, "money/reconciliation.html", context)


def _left_over(on: date, besides: set[int]) -> list[Account]:
    """Accounts that still hold money after the direct payment ended, but for those named already."""
    return [one for one in held_after_the_end(on) if one.person_id not in besides]


def balances(on: date) -> list[tuple[str, int]]:
    """What each kind of account holds, in pence; together they are nought. Three queries.

    What was sent to people and comes after ``on`` is not held by them yet, and stands apart.
    """
    came = dict(Transfer.objects.values_list("debit__kind").annotate(pence=Sum("pence")))
    went = dict(Transfer.objects.values_list("credit__kind").annotate(pence=Sum("pence")))
    later = Transfer.objects.filter(on__gt=on).aggregate(
        pence=Coalesce(Sum("pence", filter=Q(debit__kind="held")), 0)
        - Coalesce(Sum("pence", filter=Q(credit__kind="held")), 0)
    )
    found = {kind: came.get(kind, 0) - went.get(kind, 0) for kind in came.keys() | went.keys()}
    found["held"], found["coming"] = found.get("held", 0) - later["pence"], later["pence"]
    return [(title, found.get(kind, 0)) for kind, title in TITLES.items()]


def _pence(written: str | None) -> int | None:
    """What the kept bank file says it adds up to; None where it does not say, which the page tells."""
    return int(written.replace(".", "")) if written else None


def accounts() -> Answer | None:
    """How many people have an account, whether all add up and what is held, for the fifth message on Home.

    The sums are up to ten minutes old (KEPT_SECONDS), and the answer says of when.
    """
    found = cache.get("home:accounts")
    if found is None:
        found = _accounts()
        if found is None:
            return None
        cache.set("home:accounts", found, KEPT_SECONDS)
    people, whole, held, at = found
    if people < least_people():
        return TOO_FEW
    adding = "all adding up" if not whole else f"out by {pounds(whole)}"
    return Answer(f"{people:,} people have an account, {adding}, {pounds(held)} held", reverse("money"), at)


def _accounts() -> tuple[int, int, int, datetime] | None:
    """People with an account, what all accounts come to (nought) and what people hold, in pence; and when
    this was counted.
    """
    people = Account.objects.exclude(person=None).values("person").distinct().count()
    if not people:
        return None
    sums = balances(today())
    return people, sum(pence for _, pence in sums), dict(sums)[TITLES["held"]], now()


ANSWERS[5] = accounts

urlpatterns = [
    path("money/", money, name="money"),
    path("money/reconciliation/", reconciliation, name="reconciliation"),
]
