"""What lives have in common: the staff, the calendar, who is on record, the end of the two years."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from wherewithal.core.period import Period
from wherewithal.core.roles import Role
from wherewithal.records.models import EmergencyAccess, Opening, Person, Representation, User
from wherewithal.simulate.calendar import Calendar
from wherewithal.simulate.cast import Cast
from wherewithal.simulate.clock import DAY_ENDS, moment
from wherewithal.simulate.persona import Persona


@dataclass
class Town:
    """``years`` (closed): how long it all lasts; ``lives``: everybody, of whom some live in this process."""

    seed: int
    years: Period
    cast: Cast
    calendar: Calendar = field(init=False)
    on_record: dict[int, Person] = field(default_factory=dict)
    lives: dict[int, Persona] = field(default_factory=dict)
    traces: list[Opening] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.calendar = Calendar(self.until)

    @property
    def last_day(self) -> date:
        assert self.years.last, "the years of a made-up council end"
        return self.years.last

    @property
    def until(self) -> datetime:
        return moment(self.last_day, DAY_ENDS)

    def live_before(self, moment: datetime) -> None:
        """Everybody lives up to a moment, and the traces of who looked at whom are written down."""
        self.calendar.run_before(moment)
        Opening.objects.bulk_create(self.traces)
        self.traces.clear()

    @property
    def after_all(self) -> datetime:
        """A moment that does not come: after the years."""
        return self.until + timedelta(days=1)

    @property
    def numbers(self) -> dict[int, int]:
        """The number of everybody on record, by the record's id. One query."""
        by_nhs_number = {one.nhs_number: number for number, one in self.lives.items()}
        known = Person.objects.values_list("id", "nhs_number")
        return {pk: by_nhs_number[nhs] for pk, nhs in known if nhs}

    def twist(self, number: int) -> str:
        """What befalls the person of that number."""
        return self.lives[number].twist

    def rng(self, about: str) -> Random:
        """Chance of the council's own, another one for each thing it is about."""
        return Random(f"{self.seed}/council/{about}")


@dataclass
class One:
    """A persona with their record, who works with them, and what is so of them by now."""

    is_: Persona
    town: Town
    person: Person
    worker: User
    representation: Representation | None = None
    has_direct_payment: bool = False
    has_ended: bool = False

    @property
    def team(self) -> str:
        return self.is_.home.place.team

    def staff(self, role: Role, about: str) -> User:
        """Somebody of a role for this person: the same one for the same matter."""
        return self.town.cast.any(role, self.is_.rng(f"{role}/{about}"), self.team)

    def opened(self, by: User, page: str, at: datetime, emergency: EmergencyAccess | None = None) -> None:
        """Whoever works on a record has opened it: a trace, as the pages leave one."""
        self.town.traces.append(Opening(user=by, person=self.person, at=at, page=page, emergency=emergency))
