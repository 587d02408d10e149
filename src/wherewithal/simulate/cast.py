"""The council's made-up staff, its teams, and who of everybody can be entered as in the demo."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from wherewithal.actions import council, staff
from wherewithal.actions.record import stand_in
from wherewithal.core.roles import Role
from wherewithal.records.models import Team, User

COUNCIL, CODE = "Exampleshire County Council", "999"
HOSPITAL = "Hospital"
TEAMS = ("North", "South", HOSPITAL)
ADMINISTRATOR = "Ada Administrator"


@dataclass(frozen=True)
class Part:
    """A member of staff: ``team`` '' reaches across the council; ``shown``: can be entered as in the demo."""

    name: str
    role: Role
    team: str = ""
    shown: bool = False
    own_limit_pence_per_week: int = 0


PARTS: Sequence[Part] = (
    Part("Wren Worker", Role.PRACTITIONER, "North", shown=True),
    Part("Bo Broker", Role.BROKER, shown=True),
    Part("Max Manager", Role.MANAGER, "North", shown=True),
    Part("Paz Panel", Role.PANEL, shown=True),
    Part("Dee Direct", Role.DIRECT_PAYMENT_OFFICER, shown=True),
    Part("Fin Finance", Role.FINANCE, shown=True),
    Part("Lee Ledger", Role.FINANCE, shown=True),
    Part("Kim Commissioner", Role.COMMISSIONER, shown=True),
    Part("Ana Analyst", Role.ANALYST, shown=True),
    Part("Sol Surveyor", Role.SURVEYOR, shown=True),
    Part("Sky Second", Role.SURVEYOR, shown=True),
    Part("Audrey Auditor", Role.AUDITOR, shown=True),
    Part("Pru Provider", Role.PROVIDER, shown=True),
    Part("Avi Advocate", Role.ADVOCATE, shown=True),
    Part("Nor Northcote", Role.PRACTITIONER, "North", own_limit_pence_per_week=20_000),
    Part("Sid Southgate", Role.PRACTITIONER, "South", own_limit_pence_per_week=10_000),
    Part("Suki Southdown", Role.PRACTITIONER, "South"),
    Part("Hal Wardley", Role.PRACTITIONER, HOSPITAL),
    Part("Mo Overseer", Role.MANAGER, "South"),
    Part("Meg Bedside", Role.MANAGER, HOSPITAL),
    Part("Bryn Between", Role.BROKER),
)


@dataclass
class Cast:
    """Everybody who works there, by role; drawn from by team where they have one."""

    administrator: User
    teams: dict[str, Team] = field(default_factory=dict)
    members: list[tuple[Part, User]] = field(default_factory=list)

    def any(self, role: Role, rng: Random, team: str = "") -> User:
        """Somebody of that role who works in the team, or everywhere."""
        return rng.choice(self.all(role, team))

    def all(self, role: Role, team: str = "") -> list[User]:
        return [user for part, user in self.members if part.role == role and part.team in ("", team)]


def engage(at: datetime) -> Cast:
    """The teams and the staff, from the administrator on."""
    cast = Cast(_found(at), {team.name: team for team in Team.objects.all()})
    for part in PARTS:
        user = staff.invite(
            email=address(part.name),
            display_name=part.name,
            role=part.role,
            team=cast.teams.get(part.team),
            own_limit_pence_per_week=part.own_limit_pence_per_week,
            by=cast.administrator,
            at=at,
        )
        cast.members.append((part, user))
        if part.shown:
            staff.show_in_demo(user=user, by=cast.administrator, at=at)
    return cast


def address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"


def _found(at: datetime) -> User:
    """The council and its first administrator, founded as a real one is."""
    first = council.found(
        name=COUNCIL,
        code=CODE,
        administrator=ADMINISTRATOR,
        email=address(ADMINISTRATOR),
        teams=TEAMS,
        by=stand_in("founding", "Whoever set this up"),
        at=at,
    )
    staff.show_in_demo(user=first, by=first, at=at)
    return first
