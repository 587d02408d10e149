"""Who may open a record beyond the ordinary: in an emergency, or to see their own budget."""

from datetime import datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import STAFF, THEMSELVES, Role
from wherewithal.policy.access import emergency_lasts, shortest_reason
from wherewithal.records.models import EmergencyAccess, Membership, Person, Representation, User


class SayWhy(Refusal):
    """Emergency access without a reason that somebody else could understand."""


class HasALogin(Refusal):
    """The person, or who acts for them, signs in already."""


class StaffLogin(Refusal):
    """An address by which a member of staff signs in."""


@action("open in emergency")
def emergency(*, person: Person, reason: str, by: User, at: datetime) -> EmergencyAccess:
    """``by`` may open this one record from now on, for as long as the policy says; managers see it listed.

    Asked again while one runs, the running one is given back. Raises SayWhy.
    """
    used = Used(day(at))
    if len(reason.strip()) < shortest_reason(used):
        raise SayWhy("Say why you need this record now, in a sentence that your manager can follow.",
                     field="reason")  # fmt: skip
    running = EmergencyAccess.running(by, at).filter(person=person).first()
    return running or EmergencyAccess.objects.create(
        user=by,
        person=person,
        reason=reason.strip(),
        from_at=at,
        until_at=at + emergency_lasts(used),
    )


@action("act for person")
def act_for(
    *,
    person: Person,
    email: str,
    by: User,
    at: datetime,
    representation: Representation | None = None,
    role: Role = Role.PERSON,
    reason: str = "",
) -> User:
    """Let the person see their own budget, or let whoever represents them act for them, under ``email``.

    ``role`` is the person's own: PERSON, or CARER for a carer in their own right; with ``representation`` it
    is REPRESENTATIVE. A login that exists is used again. Raises HasALogin, StaffLogin.
    """
    holder: Person | Representation = locked(representation) if representation else locked(person)
    if holder.user_id:
        raise HasALogin(f"{holder.name} signs in already.", field="email")
    user = _login(email, holder.name)
    if representation is None and Person.objects.filter(user=user).exists():
        raise HasALogin(f"{email} belongs to somebody else with a budget.", field="email")
    assert role in THEMSELVES
    Membership.objects.get_or_create(
        user=user,
        role=Role.REPRESENTATIVE if representation else role,
        team=None,
        ended_on=None,
        defaults={"started_on": day(at)},
    )
    holder.user = user
    holder.save(update_fields=["user"])
    return user


def _login(email: str, name: str) -> User:
    email = email.strip().lower()
    user = User.objects.filter(username=email).first()
    if user is None:
        return User.objects.create_user(username=email, email=email, display_name=name)
    if Membership.objects.filter(user=user, role__in=STAFF, ended_on=None).exists():
        raise StaffLogin(
            f"{email} is the login of a member of staff. Use an address of their own.", field="email"
        )
    return user
