"""What lives have in common: the staff, the calendar, who is on record, the end of the two years."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from wherewithal.core.period import Period
from wherewithal.core.roles import Role
from wherewithal.records.models import Opening, Person, User
from wherewithal.simulate.calendar import Calendar
from wherewithal.simulate.cast import Cast
from wherewithal.simulate.clock import moment
from wherewithal.simulate.persona import Persona

CLOSES_FOR_GOOD = 18  # o'clock on the last day


@dataclass
class Town:
    """``years`` (closed): how long it all lasts; ``lives``: everybody, of whom some live in this process."""

    seed: int
    years: Period
    cast: Cast
    calendar: Calendar = field(init=False)
    on_record: dict[int, Person] = field(default_factory=dict)
    lives: dict[int, Persona] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar = Calendar(self.until)

    @property
    def last_day(self) -> date:
        assert self.years.last, "the years of a made-up council end"
        return self.years.last

    @property
    def until(self) -> datetime:
        return moment(self.last_day, CLOSES_FOR_GOOD)

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
    """A persona with their record, and who works with them."""

    is_: Persona
    town: Town
    person: Person
    worker: User

    @property
    def team(self) -> str:
        return self.is_.home.place.team

    def staff(self, role: Role, about: str) -> User:
        """Somebody of a role for this person: the same one for the same matter."""
        return self.town.cast.any(role, self.is_.rng(f"{role}/{about}"), self.team)

    def opened(self, by: User, page: str, at: datetime) -> None:
        """Whoever works on a record has opened it: a trace, as the pages leave one."""
        Opening.objects.create(user=by, person=self.person, at=at, page=page)

    def now(self) -> Person:
        """The record as it stands."""
        self.person.refresh_from_db()
        return self.person
