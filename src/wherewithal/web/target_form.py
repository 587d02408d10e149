"""What somebody types to hold figures against a target: it stands in the address, and nothing is kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, slugify

from wherewithal.analytics.progress import counts_behind, published
from wherewithal.core.target import Progress, Target
from wherewithal.formats.typed_figures import EXAMPLE, NotFigures, Typed, read
from wherewithal.policy.councils import ENGLAND, councils, name_of
from wherewithal.policy.series import Series, series_table, series_tables
from wherewithal.policy.targets import targets
from wherewithal.web.forms import Form

_LONGEST = 1500  # letters of figures, so that an address can be sent
ROUNDED = (("0", "Not rounded"), ("5", "Rounded to the nearest 5"), ("10", "Rounded to the nearest 10"))
SAID = (("yes", "It says that it is on target"), ("no", "It says that it is not on target"))


@dataclass(frozen=True)
class Given:
    """What is held: ``bases`` are the counts behind shares, by day; ``said`` is yes, no or ''."""

    progress: Progress
    bases: dict[date, str]
    pace: Fraction | None
    said: str


def shares() -> dict[str, Series]:
    """Every published series that is a share, by ``table:series``."""
    return {
        f"{id}:{one.id}": one
        for id in series_tables()
        for one in series_table(id).series.values()
        if one.unit == "%"
    }


def of_definition(definition: str) -> dict[str, Series]:
    """The published shares that may be held against a target of a definition."""
    return {id: one for id, one in shares().items() if one.definition == definition}


class HoldForm(Form):
    """Figures held against a target on record."""

    council = forms.CharField(label="Whose figures they are", max_length=60, required=False)
    counts = forms.ChoiceField(
        label="What your figures count", widget=forms.RadioSelect,
        help_text="A figure is held against a target of its own definition only.",
    )  # fmt: skip
    series = forms.ChoiceField(label="Published figures, in place of your own", required=False)
    published_of = forms.ChoiceField(label="The council whose published figures to take", required=False)
    figures = forms.CharField(
        label="Your figures", widget=forms.Textarea, max_length=_LONGEST, required=False,
        help_text=f"One line for each day, such as “{EXAMPLE}” or “31 March 2010: 6.0%”.",
    )  # fmt: skip
    rounded = forms.ChoiceField(label="Are the counts rounded?", choices=ROUNDED, required=False)
    said = forms.ChoiceField(
        label="What does the council say of itself?", choices=SAID, widget=forms.RadioSelect, required=False
    )
    pace = forms.DecimalField(
        label="A pace of your own, in points a month", max_digits=5, decimal_places=2, min_value=0,
        max_value=100, required=False, help_text="For example, 1.5",
    )  # fmt: skip

    def __init__(self, *args: Any, target: Target | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target, self.typed = target, Typed((), {}, ())
        known = list(dict.fromkeys(one.definition for one in targets().values()))
        self._choices("counts", [(slugify(one), capfirst(one)) for one in known])
        self.definitions = {slugify(one): one for one in known}
        fitting = of_definition(target.definition) if target else shares()
        if fitting:
            names = [(id, one.title) for id, one in fitting.items()]
            self._choices("series", [("", "None: I type my own"), *names])
            whose = sorted((one.name, one.code) for one in councils())
            self._choices(
                "published_of", [("", "Choose"), (ENGLAND, ENGLAND), *((code, n) for n, code in whose)]
            )
        else:
            del self.fields["series"], self.fields["published_of"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("series"):
            if not found.get("published_of"):
                self.add_error("published_of", "Choose the council whose published figures to take")
        elif not found.get("figures") and "figures" not in self.errors:
            self.add_error("figures", f"Type a figure for at least one day, such as {EXAMPLE}")
        else:
            self._read(found)
        return found

    def _read(self, found: dict[str, Any]) -> None:
        try:
            self.typed = read(found.get("figures", ""), int(found.get("rounded") or 0))
            if not self.typed.observations:
                self.add_error("figures", "Give a figure of at least one day: a mark is none")
        except NotFigures as refusal:
            self.add_error("figures", ValidationError([*refusal.faults]))

    def its_target(self) -> Target:
        """What the figures are held against."""
        assert self.target is not None
        return self.target

    def definition(self) -> str:
        """By which definition the typed figures count."""
        return self.definitions[self.cleaned_data["counts"]]

    def given(self) -> Given:
        """Of a valid form. Raises AnotherDefinition or NothingSeen, in words, for what cannot be held."""
        data = self.cleaned_data
        if data.get("series"):
            table, _, series = data["series"].partition(":")
            of = series_table(table), series, name_of(data["published_of"])
            progress, bases = published(*of), counts_behind(*of)
        else:
            name = data["council"] or "Your council"
            progress = Progress(name, self.definition(), "As typed on this page", self.typed.observations, (),
                                self.typed.not_seen, self.typed.gaps)  # fmt: skip
            bases = dict(self.typed.bases)
        return Given(progress, bases, _exact(data.get("pace")), data.get("said", ""))


def _exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)
