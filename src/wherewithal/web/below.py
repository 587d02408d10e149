"""A published share and a threshold as somebody chose them in the address, and the councils below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.http import urlencode
from markupsafe import Markup

from wherewithal.analytics.below import Below, Placed, Share, below, published, shares_by_year
from wherewithal.core.conversation import Reach
from wherewithal.core.policy import Used
from wherewithal.formats.interval_chart import Spread, svg
from wherewithal.policy.conversation import first_series, threshold_percent, threshold_source
from wherewithal.records.models import Conversation
from wherewithal.web.clock import today
from wherewithal.web.forms import Form
from wherewithal.web.templating import plural

DRAWN = 40  # councils in one picture; the table has them all
NONE_OPEN = "none"
HEAD = (
    "Council", "Code", "Beside the threshold", "Percent", "Numerator", "Denominator", "Interval from, %",
    "Interval to, %", "Conversation", "Is the conversation made up?",
)  # fmt: skip


class ChoiceForm(Form):
    of = forms.ChoiceField(label="Which published share?")
    threshold = forms.DecimalField(
        label="Threshold", max_digits=4, decimal_places=1, min_value=Decimal("0.1"), max_value=100
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["of"].choices = [(one.id, f"{one.title}, {one.year}") for one in shares_by_year()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Row:
    """A council in the table, with the conversation about this series: the one that is open, or the last."""

    placed: Placed
    latest: Conversation | None

    @property
    def conversation(self) -> Conversation | None:
        """The one that is open."""
        return self.latest if self.latest and self.latest.closed_on is None else None

    @property
    def code(self) -> str:
        return self.placed.of.codes[0]

    @property
    def cells(self) -> tuple[str, ...]:
        """For a spreadsheet, as HEAD has them."""
        one = self.placed
        talks = f"open since {self.conversation.begun_on}" if self.conversation else NONE_OPEN
        return (
            one.of.name, self.code, one.reach.value, one.figure.percent, str(one.figure.numerator),
            str(one.figure.denominator), f"{100 * one.figure.low:.1f}", f"{100 * one.figure.high:.1f}", talks,
            self._made_up,
        )  # fmt: skip

    @property
    def _made_up(self) -> str:
        if self.conversation is None:
            return NONE_OPEN
        return "made up for the demo" if self.conversation.made_up else "no"


@dataclass(frozen=True)
class Choice:
    """What was chosen, and what comes of it. ``standard`` is the policy's threshold in percent."""

    share: Share
    threshold: Decimal
    standard: Decimal
    source: str
    found: Below
    rows: tuple[Row, ...]
    near: tuple[Row, ...]

    @property
    def query(self) -> str:
        return urlencode({"of": self.share.id, "threshold": self.threshold_words})

    @property
    def threshold_words(self) -> str:
        return f"{self.threshold.normalize():f}"

    @property
    def marks(self) -> list[tuple[str, str, list[str]]]:
        """Those that have no figure: the mark, its meaning, their names."""
        of = self.found.rates
        return [
            (mark, of.table.marks.get(mark, ""), [one.name for one in of.unrated if one.mark == mark])
            for mark in of.marks
        ]

    @property
    def title(self) -> str:
        of = self.found.rates
        return f"Councils beside {self.threshold_words}%: {of.series.title}, {of.year}"

    @property
    def counted(self) -> str:
        """How many are below, and how many may not be: ``4 councils below 12%, 2 that may not be``."""
        reaches = [row.placed.reach for row in self.rows]
        may_not_be = reaches.count(Reach.MAY_NOT_BE)
        says = f"{plural(reaches.count(Reach.BELOW), 'council')} below {self.threshold_words}%"
        return f"{says}, {may_not_be} that may not be" if may_not_be else says

    @property
    def says(self) -> str:
        """What the picture tells, for who cannot see it."""
        shown = (f"{row.placed.of.name} {row.placed.figure.percent}%" for row in self._drawn)
        return f"{', '.join(shown)}. A dashed line stands at {self.threshold_words}%."

    def drawn(self, title: str = "", says: str = "") -> str:
        """The picture, as ``formats/interval_chart`` draws it."""
        return svg([_spread(row) for row in self._drawn], float(self.threshold), title=title, says=says)

    @property
    def picture(self) -> Markup:
        return Markup(self.drawn())  # noqa: S704 - drawn from numbers and escaped names

    @property
    def _drawn(self) -> tuple[Row, ...]:
        return (*self.rows, *self.near)[:DRAWN]

    @property
    def not_drawn(self) -> int:
        return max(0, len(self.rows) + len(self.near) - DRAWN)


def _spread(row: Row) -> Spread:
    one = row.placed
    return Spread(
        one.of.name, float(100 * one.of.share), 100 * one.figure.low, 100 * one.figure.high,
        hollow=row.placed.reach != Reach.BELOW,
    )  # fmt: skip


def asked_for(request: HttpRequest) -> ChoiceForm:
    """The form as the address fills it; what the address leaves out is the policy's."""
    used = Used(today())
    table, series = first_series(used)
    newest = next(one for one in shares_by_year() if (one.table, one.series) == (table, series))
    standard = f"{float(threshold_percent(used)):g}"
    given = {"of": request.GET.get("of", newest.id), "threshold": request.GET.get("threshold", standard)}
    return ChoiceForm(given)


def chosen(form: ChoiceForm) -> Choice | None:
    """What the form asks for; nothing where it cannot be read."""
    if not form.is_valid():
        return None
    share = next(one for one in shares_by_year() if one.id == form.cleaned_data["of"])
    threshold: Decimal = form.cleaned_data["threshold"]
    found = below(published(share.table, share.series, share.year), Fraction(threshold))
    talked = Conversation.objects.filter(series=f"{share.table}:{share.series}").order_by("pk")
    talks = {one.code: one for one in talked}
    used = Used(today())
    standard = Decimal(f"{float(threshold_percent(used)):g}")
    return Choice(
        share, threshold, standard, threshold_source(used), found, _rows(found.under, talks),
        _rows(found.near, talks),
    )  # fmt: skip


def _rows(of: Sequence[Placed], talks: dict[str, Conversation]) -> tuple[Row, ...]:
    return tuple(Row(one, talks.get(one.of.codes[0])) for one in of)
