"""The one form of a review that is held: outcomes, words, figures. All of it may be said later."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wherewithal.core.problem import Problem
from wherewithal.core.review_held import Said, Seen
from wherewithal.records.models import Observation, PlanOutcome, Review
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, OneOf, PenceField

CHANGES = [("none", "It stays the same"), ("saved", "It goes down"), ("added", "It goes up")]


class AskedLater(forms.Field):
    """Asked, but it may stay open for now: the rule asks for it when the review is finished."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class OneOfLater(AskedLater, OneOf):
    """Radio buttons that may stay open for now."""


class WordsLater(AskedLater, forms.CharField):
    """Words that may stay unwritten for now."""


class PenceLater(AskedLater, PenceField):
    """An amount that may stay open for now."""


class SaidForm(EditForm):
    """What is said at a review, beginning with what was written down before (``so_far``).

    ``elsewhere``: what stands in the way and is about no field, in words, by its part of the page.
    """

    summary = WordsLater(label="What was said, in a few sentences", max_length=4000, widget=forms.Textarea)
    next_step = OneOfLater(Review.Next.choices, label="What happens next?")
    change = OneOfLater(CHANGES, label="What happens to the cost of support?")
    saved = PenceLater(label="If it changes, by how much a week?", most=A_WEEK_AT_MOST)
    why = WordsLater(
        label="If it changes, why?",
        help_text="A need or a circumstance that changed. A review is no way to trim a budget.",
        max_length=500,
    )
    surplus_back = PenceField(label="Surplus to take back", required=False)

    def __init__(self, outcomes: Iterable[PlanOutcome], so_far: Said, data: Any = None) -> None:
        self.outcomes = [str(outcome.pk) for outcome in outcomes]
        self.elsewhere: dict[str, str] = {}
        super().__init__(data, initial=self.values(so_far))
        asked: dict[str, forms.Field] = {}
        for outcome in outcomes:
            asked |= {f"level_{outcome.pk}": _level(outcome), f"note_{outcome.pk}": _note()}
        self.fields = {**asked, **self.fields}

    def said(self) -> Said:
        """What was written; a field that cannot be read stays as it was kept before."""
        said = {**self.initial, **self.cleaned_data}
        return Said(
            seen={id: Seen(said[f"level_{id}"], said[f"note_{id}"]) for id in self.outcomes},
            summary=said["summary"],
            next_step=said["next_step"],
            change=said["change"] or "none",
            change_pence_per_week=said["saved"],
            why=said["why"],
            surplus_back_pence=said["surplus_back"],
        )

    def values(self, so_far: Said) -> dict[str, Any]:
        """What the form shows of what was written down, by field."""
        return _initial(self.outcomes, so_far)

    def show(self, problems: Iterable[Problem]) -> None:
        """Each problem at its field, where that has no fault yet; others lead to their part of the page."""
        for problem in problems:
            field = problem.where.replace("outcome:", "level_")
            if field not in self.fields:
                self.elsewhere[field] = problem.says
                self.add_error(None, ValidationError(problem.says, params={"href": f"#{field}"}))
            elif field not in self.errors:
                self.add_error(field, problem.says)


def _initial(outcomes: Iterable[str], so_far: Said) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "summary": so_far.summary, "next_step": so_far.next_step, "change": so_far.change,
        "saved": so_far.change_pence_per_week, "why": so_far.why, "surplus_back": so_far.surplus_back_pence,
    }  # fmt: skip
    for id in outcomes:
        seen = so_far.seen.get(id, Seen())
        initial |= {f"level_{id}": seen.level, f"note_{id}": seen.note}
    return initial


def _level(outcome: PlanOutcome) -> forms.Field:
    return OneOfLater(Observation.Level.choices, label=f"How far was it met: “{outcome.text}”?")


def _note() -> forms.Field:
    return forms.CharField(label="What was said about it", required=False, widget=forms.Textarea)
