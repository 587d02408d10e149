"""The form of a financial assessment: what a person has, gets and pays, with as many rows as they need."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from wherewithal.core.means import Expense, Income, LightTouch, Means
from wherewithal.policy.charging import Kind
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, DateField, OneOf, PenceField, SomeOf, YesNo
from wherewithal.web.forms import Form

ASSESSED = [
    ("in_full", "In full"),
    ("light_touch", "By light touch, with their agreement"),
    ("declined", "Not at all: they chose not to say what they have"),
    ("self_funder", "Not at all: they pay for their own care"),
]
LIGHT = [
    ("ample", "They are plainly able to pay in full"),
    ("benefits_only", "Benefits show that they cannot pay anything"),
    ("small_charge", "The charge is too small to be worth the form"),
]
PREMIUMS = {
    "disability_premium": "Disability premium",
    "enhanced_disability_premium": "Enhanced disability premium",
    "carer_premium": "Carer premium",
}
MOST_ROWS = 30


@dataclass(frozen=True)
class Rows:
    """A list of rows on the form, each a kind and an amount a week; ``few`` are there from the start."""

    name: str
    says: str
    few: int
    kinds: tuple[Kind, ...]


class FinanceForm(Form):
    """``budgets`` are the kinds there are to pay towards (adult, carer); ``kept`` are the means of the
    assessment before, as the record holds them, to start from. With ``quiet`` the form is drawn with what was
    typed and nothing is judged: a row was asked for.
    """

    asks = {"capital": "Enter their savings, or 0"}

    first = DateField(label="From which day does it count?", help_text="The rates of that day are used.")
    about = OneOf(
        [("adult", "Their own budget"), ("carer", "Their budget as a carer")], label="Towards which budget?"
    )
    assessed = OneOf(ASSESSED, label="How are they assessed?")
    light_why = OneOf(LIGHT, label="Why by light touch?", required=False)
    light_agreed = PenceField(label="What was agreed, a week?", required=False, most=A_WEEK_AT_MOST)
    capital = PenceField(label="Savings and other capital", help_text="Of a couple, the person’s own share")
    household = OneOf(
        [("single", "Single"), ("couple", "Part of a couple"), ("lone_parent", "A lone parent")],
        label="They live as",
        initial="single",
    )
    partner_at_pension_age = YesNo(label="Has their partner reached pension age?", required=False)
    dependent_children = forms.IntegerField(
        label="Children who depend on them", min_value=0, max_value=20, required=False
    )
    premiums = SomeOf(PREMIUMS.items(), label="Premiums in what must be left to them", required=False)
    night_care = YesNo(label="Is care at night arranged?", required=False)
    housing = PenceField(
        label="Housing costs a week, after any help with them", required=False, most=A_WEEK_AT_MOST
    )

    def __init__(
        self,
        incomes: tuple[Kind, ...],
        costs: tuple[Kind, ...],
        budgets: Collection[str],
        data: QueryDict | None = None,
        *,
        kept: dict[str, Any] | None = None,
        initial: dict[str, Any] | None = None,
        quiet: bool = False,
    ) -> None:
        self.lists = (Rows("income", "Income", 4, incomes), Rows("cost", "Cost", 3, costs))
        held = {
            "income": (kept or {}).get("incomes", []),
            "cost": (kept or {}).get("disability_expenses", []),
        }
        self.counts = {rows.name: _count(rows, len(held[rows.name]), data) for rows in self.lists}
        if data is not None:
            data = data.copy()
            data.update({f"{name}_rows": str(count) for name, count in self.counts.items()})
        super().__init__(data, initial=_initial(kept or {}) | (initial or {}))
        self.quiet = quiet
        self.fields["capital"].required = data is None or data.get("assessed", "in_full") == "in_full"
        if len(budgets) == 1:
            self.fields["about"].widget = forms.HiddenInput()
        for rows in self.lists:
            self._add_rows(rows, held[rows.name])

    def _add_rows(self, rows: Rows, kept: list[dict[str, Any]]) -> None:
        count = self.counts[rows.name]
        self.fields[f"{rows.name}_rows"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=count
        )
        choices = [("", "Choose a kind"), *((kind.kind, kind.title) for kind in rows.kinds)]
        for number in range(count):
            row = kept[number] if number < len(kept) else {}
            label = f"{rows.says} {number + 1}"
            self.fields[f"{rows.name}_kind_{number}"] = forms.ChoiceField(
                choices=choices, label=label, required=False, initial=row.get("kind", "")
            )
            self.fields[f"{rows.name}_amount_{number}"] = PenceField(
                label=f"{label}, a week",
                required=False,
                most=A_WEEK_AT_MOST,
                initial=row.get("pence_per_week"),
            )

    def full_clean(self) -> None:
        if self.quiet:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        kept = self.cleaned_data
        if kept.get("assessed") == "light_touch":
            self._check_light_touch(kept)
        for rows in self.lists:
            for number in range(self.counts[rows.name]):
                self._check_row(kept, f"{rows.name}_kind_{number}", f"{rows.name}_amount_{number}")
        return kept

    def _check_light_touch(self, kept: dict[str, Any]) -> None:
        if not kept.get("light_why"):
            self.add_error("light_why", "Choose why by light touch")
        if kept.get("light_why") == "small_charge" and kept.get("light_agreed") is None:
            self.add_error("light_agreed", "Enter what was agreed a week")

    def _check_row(self, kept: dict[str, Any], kind: str, amount: str) -> None:
        if kept.get(kind) and amount in kept and kept[amount] is None:
            self.add_error(amount, f"Enter how much a week: {self.fields[kind].label}")
        if kept.get(amount) is not None and kind in kept and not kept[kind]:
            self.add_error(kind, f"Choose what it is: {self.fields[kind].label}")

    def row_names(self, name: str) -> list[tuple[str, str]]:
        """The names of each row's two fields: kind, amount."""
        return [(f"{name}_kind_{number}", f"{name}_amount_{number}") for number in range(self.counts[name])]

    def means(self, born_on: date) -> Means:
        """The facts, as the rules of charging take them. Raises BadMeans."""
        kept = self.cleaned_data
        light = kept["assessed"] == "light_touch"
        return Means(
            born_on=born_on,
            capital_pence=kept["capital"] or 0,
            incomes=tuple(Income(kind, pence) for kind, pence in self._given("income")),
            housing_costs_pence_per_week=kept["housing"] or 0,
            disability_expenses=tuple(Expense(kind, pence) for kind, pence in self._given("cost")),
            household=kept["household"],
            partner_at_pension_age=kept["household"] == "couple" and bool(kept["partner_at_pension_age"]),
            dependent_children=kept["dependent_children"] or 0,
            night_care=bool(kept["night_care"]),
            about=kept["about"],
            assessed=kept["assessed"],
            light_touch=LightTouch(kept["light_why"], kept["light_agreed"] or 0) if light else None,
            **{premium: premium in kept["premiums"] for premium in PREMIUMS},
        )

    def _given(self, name: str) -> Iterator[tuple[str, int]]:
        for kind, amount in self.row_names(name):
            if self.cleaned_data.get(kind):
                yield self.cleaned_data[kind], self.cleaned_data[amount]


def _count(rows: Rows, kept: int, data: QueryDict | None) -> int:
    """How many rows: those posted, and more where they were asked for; else what is kept and one more."""
    if data is None:
        return max(rows.few, kept + 1)
    posted = data.get(f"{rows.name}_rows", "")
    count = int(posted) if posted.isdecimal() else rows.few
    return min(count + (3 if data.get("more") == rows.name else 0), MOST_ROWS)


def _initial(kept: dict[str, Any]) -> dict[str, Any]:
    """What the form starts from, of means as the record holds them."""
    if not kept:
        return {}
    light = kept["light_touch"] or {}
    same = ("about", "assessed", "household", "partner_at_pension_age", "dependent_children", "night_care")
    return {name: kept[name] for name in same} | {
        "capital": kept["capital_pence"],
        "housing": kept["housing_costs_pence_per_week"],
        "premiums": [premium for premium in PREMIUMS if kept[premium]],
        "light_why": light.get("why", ""),
        "light_agreed": light.get("agreed_pence_per_week"),
    }
