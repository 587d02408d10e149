"""A target of a council's own, typed together with the figures that are held against it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wherewithal.core.period import written
from wherewithal.core.target import Milestone, Target
from wherewithal.formats.typed_figures import NotFigures, read_goals
from wherewithal.web.field_kinds import DateField
from wherewithal.web.target_form import HoldForm, shares


class OwnForm(HoldForm):
    """A target of a council's own, and figures held against it."""

    percent = forms.DecimalField(
        label="What is to be reached, in percent", max_digits=5, decimal_places=2, min_value=Decimal("0.01"),
        max_value=100, help_text="For example, 40",
    )  # fmt: skip
    due = DateField(label="The last day on which it counts as met", example="31 3 2027")
    of = forms.CharField(
        label="What your figures count", max_length=120, required=False, help_text=(
            "For example, people with a personal budget, of those with support that goes on. Of published "
            "figures it is as they say."
        ),
    )  # fmt: skip
    goals = forms.CharField(
        label="Milestones on the way", widget=forms.Textarea, max_length=400, required=False,
        help_text="One line for each, such as “31 March 2026: 35%”.",
    )  # fmt: skip
    field_order = (
        "percent", "due", "goals", "series", "published_of", "of", "council", "figures", "rounded", "said",
        "pace",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["counts"]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("series") and not found.get("of"):
            self.add_error("of", "Say what your figures count")
        try:
            goals = read_goals(found.get("goals", ""))
        except NotFigures as refusal:
            self.add_error("goals", ValidationError([*refusal.faults]))
            return found
        if goals and found.get("due") and goals[-1][0] >= found["due"]:
            self.add_error("goals", "A milestone is on a day before the target’s own")
        self.points = tuple(Milestone(on, goal, "On the way", "As typed on this page") for on, goal in goals)
        return found

    def definition(self) -> str:
        return str(self.cleaned_data["of"])

    def its_target(self) -> Target:
        data = self.cleaned_data
        chosen = shares().get(data.get("series") or "")
        goal, due = Fraction(data["percent"]), data["due"]
        counted = f"{chosen.counts}, of {chosen.of}" if chosen else data["of"]
        return Target(
            id="own", title=f"{data['percent'].normalize():f}% by {written(due)}", says="As typed here.",
            definition=chosen.definition if chosen else data["of"], measure=counted, percent=goal, due=due,
            printed_day="", reading="", set_by="", source="As typed on this page", milestones=self.points,
        )  # fmt: skip
