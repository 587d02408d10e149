"""The form of a decision: what is asked depends on the question that is answered."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from wherewithal.core import sign_off
from wherewithal.core.money import pounds
from wherewithal.core.policy import Used
from wherewithal.policy import delegation
from wherewithal.records.models import Decision
from wherewithal.web.clock import today
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, DateField, OneOf, PenceField, YesNo
from wherewithal.web.forms import Form

SIGN_OFF = [
    ("agreed", "Agree the plan"),
    ("sent_back", "Send it back: something should change first"),
    ("refused", "Refuse it"),
]
TURN_DOWN = [answer for answer in SIGN_OFF if answer[0] != "agreed"]
ASKED_TO_AGREE = ("final_pence_per_week", "why_different", "conditions", "look_again_on")
LOOK_AGAIN = [("upheld", "The budget stands as it was"), ("changed", "The budget should change")]
SECOND_LOOK = [("agreed", "Yes, it was right"), ("concerns", "I have concerns: say which")]
ANSWERS = {
    Decision.Kind.SIGN_OFF: SIGN_OFF,
    Decision.Kind.LOOK_AGAIN: LOOK_AGAIN,
    Decision.Kind.SECOND_LOOK: SECOND_LOOK,
}


class DecisionForm(Form):
    """The answers that there are, the checks of the route, money where it is decided."""

    outcome = OneOf(label="What do you decide?")
    options = forms.CharField(
        label="What else was possible?",
        required=False,
        widget=forms.Textarea,
        help_text="The options you weighed",
    )
    final_pence_per_week = PenceField(label="Personal budget a week", required=False, most=A_WEEK_AT_MOST)
    why_different = forms.CharField(
        label="Why does it differ?",
        required=False,
        widget=forms.Textarea,
        help_text="Only where you agree another amount than the plan costs",
    )
    reason = forms.CharField(label="Your reasons", widget=forms.Textarea)
    conditions = forms.CharField(label="Conditions", required=False, widget=forms.Textarea)
    dissent = forms.CharField(
        label="Did anybody see it differently?",
        required=False,
        widget=forms.Textarea,
        help_text="Who, and why",
    )
    look_again_on = DateField(label="Look at it again on", required=False)

    asks = {"reason": "Give your reasons"}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        decision: Decision,
        may_agree: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.checks = checks(decision) if may_agree else ()
        answers = ANSWERS[Decision.Kind(decision.kind)]
        self.fields["outcome"].choices = answers if may_agree else TURN_DOWN  # type: ignore[attr-defined]
        for name in {*_not_asked(decision), *(() if may_agree else ASKED_TO_AGREE)}:
            del self.fields[name]
        agreeing = data is None or data.get("outcome") == "agreed"  # the checks are about agreeing
        self.differs = differs(decision)
        if self.differs and "why_different" in self.fields:
            self.fields["why_different"].help_text = f"If you agree it: it is {self.differs}"
        for check in self.checks:
            self.fields[check.id] = YesNo(label=check.asks, required=agreeing)

    @property
    def said(self) -> dict[str, Any]:
        """The answers as the action takes them; a check left open is not among ``checked``."""
        said = {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}
        checked = {check.id: self.cleaned_data[check.id] for check in self.checks}
        return said | {"checked": {id: yes for id, yes in checked.items() if yes is not None}}


def checks(of: Decision) -> tuple[sign_off.Check, ...]:
    """What is asked on the route of a sign-off; nothing of a look."""
    if of.kind != Decision.Kind.SIGN_OFF:
        return ()
    route = cast(sign_off.RouteKind, of.level)
    return sign_off.checks_for(route, delegation.checks(Used(today())))


def differs(of: Decision) -> str:
    """How far the plan's cost is from the indicative budget (£0.00 is one too), in words; '' where they are
    the same, or there is none.
    """
    cost, indicative = of.content.get("pence_per_week"), of.content.get("indicative_pence_per_week")
    if cost is None or indicative is None or cost == indicative:
        return ""
    way = "above" if cost > indicative else "below"
    return f"{pounds(abs(cost - indicative))} {way} the indicative budget"


def _not_asked(of: Decision) -> tuple[str, ...]:
    """No look has money in it and the panel leaves the money alone; only a panel has dissent."""
    if of.kind == Decision.Kind.LOOK_AGAIN:
        return ("final_pence_per_week", "why_different", "dissent", "look_again_on")
    if of.kind == Decision.Kind.SECOND_LOOK:
        return ("final_pence_per_week", "why_different", "dissent", "options", "conditions", "look_again_on")
    if of.level == Decision.Level.PANEL:
        return ("final_pence_per_week",)
    return ("dissent",) if of.level == Decision.Level.MANAGER else ("dissent", "options", "look_again_on")
