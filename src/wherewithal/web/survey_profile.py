"""Who took part in a wave, beside whom it asked: by region and by type, with a verdict in words."""

from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.analytics.cohort import Breakdown, NotForTheNation, Profile
from wherewithal.analytics.rounding import rounded
from wherewithal.web.clock import now
from wherewithal.web.held_back import seen
from wherewithal.web.page import page, render
from wherewithal.web.survey_field import Standing, found


@page("survey.see")
def survey_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole; each breakdown with its sum; whether anything may be said of everybody who was asked."""
    # The door from the record to the figures brings in Arrow, which the start of the web need not wait for.
    from wherewithal.extract.profile import profile_of, why_only_whole

    standing = Standing(found(slug), now())
    wave, of = standing.wave, profile_of(standing.wave)
    seen(request, wave, "who took part")
    context = {
        "wave": wave, "of": of, "so_far": wave.state == "open", "why_only_whole": why_only_whole(wave),
        "rate": _rate(of.answered, of.invited) if of.invited else "",
        "breakdowns": [(one, _rows(one, of), _sum(one)) for one in of.breakdowns],
        "not_of_all": _not_of_all(of),
    }  # fmt: skip
    return render(request, "survey/profile.html", context)


def _rows(breakdown: Breakdown, of: Profile) -> list[list[str]]:
    """A group a row, and all of them together last."""
    groups = [(one.name, one.invited, one.answered) for one in breakdown.groups]
    return [
        [name, f"{invited:,}", f"{answered:,}", _rate(answered, invited)]
        for name, invited, answered in (*groups, ("All", of.invited, of.answered))
    ]


def _sum(breakdown: Breakdown) -> str:
    """``6 + 9 + 3 = 18``: that it is the whole was checked when the profile was made."""
    counts = [one.answered for one in breakdown.groups]
    return f"{' + '.join(map(str, counts))} = {sum(counts)}"


def _rate(answered: int, invited: int) -> str:
    return f"{rounded(Fraction(100 * answered, invited), 1)}%" if invited else "–"


def _not_of_all(of: Profile) -> str:
    """Why nothing may be said of everybody who was asked; '' where it may."""
    try:
        of.speak_for_all()
    except NotForTheNation as refusal:
        return refusal.says
    return ""


urlpatterns = [path("survey/<slug:slug>/profile/", survey_profile, name="survey_profile")]
