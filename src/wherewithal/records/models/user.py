"""Who signs in, and the roles they hold in which team."""

from collections.abc import Iterable
from functools import cache, cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from wherewithal.core.roles import Role
from wherewithal.records.models.council import Team
from wherewithal.records.tracking import tracked

Seat = tuple[Role, int | None]
"""A role, and the number of the team in which it is held; None across the council."""

WITH_SEATS = """
    SELECT records_user.*, seat.roles_held, seat.teams_held
    FROM records_user, LATERAL (
        SELECT ARRAY_AGG(role) AS roles_held, ARRAY_AGG(team_id) AS teams_held
        FROM records_membership WHERE user_id = records_user.id AND ended_on IS NULL
    ) AS seat
    WHERE records_user.id = %s
"""


@tracked("password", "last_login")
class User(AbstractUser):
    """A login. ``username`` is the email address; what they may do comes from their memberships."""

    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=100)
    demo = models.BooleanField(default=False, help_text="one of the made-up people of the demo")

    @classmethod
    def with_seats(cls, number: int) -> "User | None":
        """Who has this number, and their ``seats``, in one question."""
        found: User | None = next(iter(cls.objects.raw(_with_seats(), [number])), None)
        if found is not None:
            held = vars(found)
            found.seats = _seats(zip(held["roles_held"] or (), held["teams_held"] or (), strict=True))
        return found

    @cached_property
    def seats(self) -> frozenset[Seat]:
        """Of today's memberships, those that have not ended, each role and its team. Read once a request."""
        return _seats(self.memberships.filter(ended_on=None).values_list("role", "team"))

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of today, in whatever team."""
        return frozenset(role for role, _ in self.seats)

    def __str__(self) -> str:
        return self.display_name


@cache
def _with_seats() -> str:
    """Each column by its name: a plan that is kept for these words outlives a column that is added."""
    columns = [f"records_user.{field.column}" for field in User._meta.concrete_fields]
    return WITH_SEATS.replace("records_user.*", ", ".join(columns))


def _seats(held: Iterable[tuple[str, int | None]]) -> frozenset[Seat]:
    return frozenset((Role(role), team) for role, team in held)


@tracked()
class Membership(models.Model):
    """A role held, in a team or (team None) across the council."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="memberships")
    own_limit_pence_per_week = models.PositiveIntegerField(
        default=0, help_text="sign-off limit of one's own; 0: none"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "team"],
                condition=Q(ended_on=None),
                nulls_distinct=False,
                name="a_role_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="a_membership_ends_after_it_starts",
            ),
        ]
