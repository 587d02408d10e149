"""Each month a manager looks at the plans that workers agreed alone and that were picked for it."""

from datetime import date, timedelta

from wherewithal.actions import decision
from wherewithal.core.roles import Role
from wherewithal.records.models import Decision
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.clock import moment, on_working_day
from wherewithal.simulate.town import Town

EVERY_DAYS = 30
NOT_NEWER_DAYS = 5
RIGHT = "I read the plan and rang the person. The money fits the need, and the limit was kept."
CONCERNED = "Nobody is named who steps in when the helper is ill. The worker asks, and writes it down."


def each_month(town: Town) -> Life:
    """Those asked at least five days before are answered, by a manager of the person's team."""
    at = moment(on_working_day(town.years.first + timedelta(days=EVERY_DAYS)), 14)
    while True:
        at = yield at
        for asked in _waiting(at.date() - timedelta(days=NOT_NEWER_DAYS)):
            rng = town.rng(f"second look {asked.asked_on} {town.numbers[asked.person_id]}")
            by = town.cast.any(Role.MANAGER, rng, asked.person.team.name if asked.person.team else "")
            concerned = rng.random() < 0.35
            decision.decide(
                decision=asked,
                outcome=Decision.Outcome.CONCERNS if concerned else Decision.Outcome.AGREED,
                reason=CONCERNED if concerned else RIGHT,
                by=by,
                at=at,
            )
        at = moment(on_working_day(at.date() + timedelta(days=EVERY_DAYS)), 14)


def _waiting(asked_by: date) -> list[Decision]:
    looks = Decision.objects.filter(
        kind=Decision.Kind.SECOND_LOOK, state=Decision.State.ASKED, asked_on__lte=asked_by
    )
    return list(looks.select_related("person__team").order_by("asked_on", "id"))
