"""The forms of reviews before they are held: put in the calendar, brought forward, called off."""

from typing import Any, cast

from django import forms

from wherewithal.core.policy import Used
from wherewithal.core.review import Clock
from wherewithal.policy.review import triggers
from wherewithal.records.models import Review
from wherewithal.web.clock import today
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.forms import Form


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
