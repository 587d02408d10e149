"""Who signs in, and the roles they hold in which team."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from wherewithal.core.roles import Role
from wherewithal.records.models.council import Team
from wherewithal.records.tracking import tracked

WITH_ROLES = """
    SELECT records_user.*, ARRAY(
        SELECT role FROM records_membership WHERE user_id = records_user.id AND ended_on IS NULL
    ) AS held
    FROM records_user WHERE id = %s
"""


@tracked("password", "last_login")
class User(AbstractUser):
    """A login. ``username`` is the email address; what they may do comes from their memberships."""

    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=100)
    demo = models.BooleanField(default=False, help_text="one of the made-up people of the demo")

    @classmethod
    def with_roles(cls, id: int) -> "User | None":
        """Who has this number, and the roles of today, in one question."""
        found: User | None = next(iter(cls.objects.raw(WITH_ROLES, [id])), None)
        if found is not None:
            found._roles = frozenset(map(Role, found.held))
        return found

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of today: memberships that have not ended. Read once a request."""
        if not hasattr(self, "_roles"):
            held = self.memberships.filter(ended_on=None).values_list("role", flat=True)
            self._roles = frozenset(Role(role) for role in held)
        return self._roles

    def __str__(self) -> str:
        return self.display_name


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
