"""The published councils of a measure's own definition: how they spread, and whether ours is among them."""

from dataclasses import dataclass

from django.urls import reverse
from markupsafe import Markup

from wherewithal.analytics.compared import in_unit
from wherewithal.policy.measure import Measure
from wherewithal.policy.trend import Part
from wherewithal.records.models import Council
from wherewithal.web.take_up_choice import Choice, newest
from wherewithal.web.take_up_pictures import picture, said, words


@dataclass(frozen=True)
class Published:
    """``council`` is the code of ours where it is among those published, else ''."""

    choice: Choice
    council: str
    councils: int
    low: str
    middle: str
    high: str

    @property
    def href(self) -> str:
        at = reverse("take_up_series", args=[self.choice.part.table, self.choice.part.series])
        return f"{at}?{self.choice.query}" if self.choice.query else at

    @property
    def funnel(self) -> Markup:
        return Markup(picture(self.choice, "funnel"))  # noqa: S704 - drawn from numbers, names escaped

    @property
    def says(self) -> str:
        return words(self.choice, "funnel")


def published_of(one: Measure) -> Published | None:
    """What was published of the measure by its own definition; None where nothing was."""
    if one.published is None:
        return None
    part = Part(*one.published)
    year, ours = newest(part), Council.objects.values_list("code", flat=True).first() or ""
    known = {point.council for point in Choice(part, year).table.of(part.series)}
    choice = Choice(part, year, council=ours if ours in known else "")
    found = choice.compared
    if found is None:
        return None
    of = found.variation.everywhere
    low, middle, high = (
        said(in_unit(found.rates, share), found.rates.unit) for share in (of.minimum, of.median, of.maximum)
    )
    return Published(choice, choice.council, of.councils, low, middle, high)
