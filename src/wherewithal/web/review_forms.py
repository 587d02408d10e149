"""The forms of reviews: put in the calendar, moved, called off, held outcome by outcome, finished."""

from typing import Any, cast

from django import forms

from wherewithal.core.policy import Used
from wherewithal.core.review import Clock
from wherewithal.policy.review import triggers
from wherewithal.records.models import Observation, PlanOutcome, Review
from wherewithal.web.clock import today
from wherewithal.web.forms import Form, OneOf, PenceField

CHANGES = [("none", "It stays the same"), ("saved", "It goes down"), ("added", "It goes up")]


class ScheduleForm(Form):
    plan = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Review.Kind.choices, widget=forms.HiddenInput)


class ForwardForm(Form):
    trigger = OneOf(label="What makes the review due now?")
    reason = forms.CharField(label="What happened?", max_length=200, required=False)

    def __init__(self, kind: str, data: Any = None) -> None:
        super().__init__(data)
        found = triggers(Used(today()), cast(Clock, kind))
        self.fields["trigger"].choices = [(one.id, one.says) for one in found]  # type: ignore[attr-defined]
        if len(found) == 1:
            self.fields["trigger"].initial = found[0].id


class WhyForm(Form):
    reason = forms.CharField(label="Why is it not needed?", max_length=200)


class AskedLater(OneOf):
    """Asked, but it may stay open for now."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class OutcomesForm(Form):
    """A level and a note for each outcome; what is left open can be said later."""

    def __init__(self, outcomes: list[Any], data: Any = None) -> None:
        super().__init__(data)
        self.outcomes = outcomes
        for outcome in outcomes:
            said = outcome.said[0] if outcome.said else None
            self.fields[f"level_{outcome.pk}"] = AskedLater(
                Observation.Level.choices,
                label=f"How far was it met: “{outcome.text}”?",
                initial=said.level if said else None,
            )
            self.fields[f"note_{outcome.pk}"] = forms.CharField(
                label="What was said about it",
                required=False,
                widget=forms.Textarea,
                initial=said.note if said else "",
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for outcome in self.outcomes:
            if said.get(f"note_{outcome.pk}") and not said.get(f"level_{outcome.pk}"):
                self.add_error(f"level_{outcome.pk}", f"Say how far it was met: “{outcome.text}”")
        return said

    def seen(self) -> list[tuple[PlanOutcome, str, str]]:
        """Outcome, level and note of each that was looked at."""
        return [
            (outcome, level, self.cleaned_data[f"note_{outcome.pk}"])
            for outcome in self.outcomes
            if (level := self.cleaned_data[f"level_{outcome.pk}"])
        ]


class FinishForm(Form):
    summary = forms.CharField(
        label="What was said, in a few sentences", max_length=4000, widget=forms.Textarea
    )
    next_step = OneOf(Review.Next.choices, label="What happens next?")
    change = OneOf(CHANGES, label="What happens to the cost of support?", initial="none")
    saved = PenceField(label="By how much a week?", required=False)
    why = forms.CharField(
        label="Why?",
        help_text="A need or a circumstance that changed. A review is no way to trim a budget.",
        max_length=500,
        required=False,
    )
    surplus_back = PenceField(label="Surplus to take back", required=False)

    asks = {
        "summary": "Write down what was said, in a few sentences",
        "next_step": "Choose what happens next",
        "change": "Choose what happens to the cost of support",
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("change") in ("saved", "added") and not said.get("saved"):
            self.add_error("saved", "Enter by how much a week")
        return said

    def details(self) -> dict[str, Any]:
        """What ``actions.finish`` takes beside the review; saved is above 0, added below."""
        said = self.cleaned_data
        sign = {"none": 0, "saved": 1, "added": -1}[said["change"]]
        return {
            "summary": said["summary"],
            "next_step": said["next_step"],
            "saved_pence_per_week": sign * (said["saved"] or 0),
            "saved_why": said["why"] if sign else "",
            "surplus_back_pence": said["surplus_back"] or 0,
        }
