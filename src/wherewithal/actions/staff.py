"""Staff: invited, given roles in teams with their limits, and relieved of them."""

from datetime import datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import THEMSELVES, Role, may
from wherewithal.records.models import Membership, Team, User


class KnownAlready(Refusal):
    """An address by which somebody signs in already."""


class NotAStaffRole(Refusal):
    """A role that people have by their own budget, not by invitation."""


class HeldAlready(Refusal):
    """A role held once is not held twice."""


class NotYourOwn(Refusal):
    """Nobody gives themselves a role or a limit."""


class NoLimit(Refusal):
    """A sign-off limit for a role that signs nothing off."""


class LastAdministrator(Refusal):
    """Without an administrator nobody could let anybody in again."""


class RoleEnded(Refusal):
    """The role has ended already."""


@action("invite staff")
def invite(
    *,
    email: str,
    display_name: str,
    role: Role,
    by: User,
    at: datetime,
    team: Team | None = None,
    own_limit_pence_per_week: int = 0,
    reason: str = "",
) -> User:
    """A login with one role, in ``team`` or (None) across the council; it has no password until they set one.

    Raises KnownAlready, NotAStaffRole, NoLimit.
    """
    address = email.strip().lower()
    if User.objects.filter(username=address).exists():
        raise KnownAlready(
            f"{address} signs in already. Give that person another role instead.", field="email"
        )
    _check(role, own_limit_pence_per_week)
    user = User.objects.create_user(username=address, email=address, display_name=display_name.strip())
    _hold(user, role, team, own_limit_pence_per_week, at)
    return user


@action("give role")
def give_role(
    *,
    user: User,
    role: Role,
    by: User,
    at: datetime,
    team: Team | None = None,
    own_limit_pence_per_week: int = 0,
    reason: str = "",
) -> Membership:
    """One more role. Raises HeldAlready, NotAStaffRole, NotYourOwn, NoLimit."""
    _check(role, own_limit_pence_per_week)
    _check_other(user, by)
    user = locked(user)
    if Membership.objects.filter(user=user, role=role, team=team, ended_on=None).exists():
        where = f"in {team}" if team else "across the council"
        raise HeldAlready(f"{user} holds this role {where} already.", field="role")
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    return _hold(user, role, team, own_limit_pence_per_week, at)


@action("change limit")
def change_limit(
    *, membership: Membership, own_limit_pence_per_week: int, reason: str, by: User, at: datetime
) -> Membership:
    """What they may sign off by themselves from now on, in pence a week; 0 is none.

    Raises NotYourOwn, NoLimit, RoleEnded.
    """
    held = _held(membership)
    _check_other(held.user, by)
    _check(Role(held.role), own_limit_pence_per_week)
    held.own_limit_pence_per_week = own_limit_pence_per_week
    held.save(update_fields=["own_limit_pence_per_week"])
    return held


@action("end role")
def end_role(*, membership: Membership, reason: str, by: User, at: datetime) -> Membership:
    """The role ends today; with the last one the login closes. Raises LastAdministrator, RoleEnded."""
    held = _held(membership)
    others = Membership.objects.select_for_update().filter(ended_on=None).exclude(pk=held.pk)
    if held.role == Role.ADMINISTRATOR and not others.filter(role=Role.ADMINISTRATOR).exists():
        raise LastAdministrator("This is the last administrator. Give the role to somebody else first.")
    held.ended_on = max(day(at), held.started_on)
    held.save(update_fields=["ended_on"])
    if not others.filter(user=held.user).exists():
        held.user.is_active = False
        held.user.save(update_fields=["is_active"])
    return held


def _held(membership: Membership) -> Membership:
    held = locked(membership)
    if held.ended_on is not None:
        raise RoleEnded(f"This role ended on {written(held.ended_on)}. Nothing was changed.")
    return held


def _hold(user: User, role: Role, team: Team | None, limit: int, at: datetime) -> Membership:
    return Membership.objects.create(
        user=user, role=role, team=team, own_limit_pence_per_week=limit, started_on=day(at)
    )


def _check(role: Role, own_limit_pence_per_week: int) -> None:
    if role in THEMSELVES:
        raise NotAStaffRole(
            "This role comes with a budget: let the person in from the page about them.", field="role"
        )
    if own_limit_pence_per_week and not may(frozenset({role}), "plan.submit"):
        raise NoLimit(
            "This role signs off no plans, so it has no limit. Leave the limit at £0.00.",
            field="own_limit_pence_per_week",
        )


def _check_other(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise NotYourOwn("Nobody changes their own roles or limits. Ask another administrator.")


@action("show in demo")
def show_in_demo(*, user: User, by: User, at: datetime) -> None:
    """The user can be entered as without a password, where the demo runs. No page does this."""
    user.demo = True
    user.save(update_fields=["demo"])
