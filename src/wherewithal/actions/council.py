"""A council founded, once, before anybody can be invited; and its teams."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wherewithal.actions.record import action, day, locked
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import Role
from wherewithal.records.models import Council, Membership, Team, User


class FoundedAlready(Refusal):
    """A second council, or a second first administrator, in one database."""


class NotACouncil(Refusal):
    """A council without a name, a code or an address to write to."""


class TeamExists(Refusal):
    """Two teams of one name."""


@action("found council")
def found(
    *, name: str, code: str, administrator: str, email: str, by: User, at: datetime, teams: Sequence[str] = ()
) -> User:
    """The council, its teams and its first administrator, who has no password until they set one.

    ``code`` is the council's in Client Level Data (LA_Code). Gives the administrator, who invites everybody
    else. Raises FoundedAlready, NotACouncil, TeamExists.
    """
    _refuse_founded()
    name, code, administrator, email = (
        name.strip(),
        code.strip(),
        administrator.strip(),
        email.strip().lower(),
    )
    _check(name, code, administrator, email)
    Council.objects.create(name=name, code=code)
    for team in teams:
        _add(team)
    first = User.objects.create_user(username=email, email=email, display_name=administrator)
    Membership.objects.create(user=first, role=Role.ADMINISTRATOR, started_on=day(at))
    return first


@action("add team")
def add_team(*, name: str, by: User, at: datetime) -> Team:
    """A team that people can be with and staff can work in. Raises TeamExists."""
    return _add(name)


@action("rename team")
def rename_team(*, team: Team, name: str, by: User, at: datetime) -> Team:
    """Another name for the same team; who is in it stays. Raises TeamExists."""
    team = locked(team)
    _refuse_twice(name.strip(), team.pk)
    team.name = name.strip()
    team.save(update_fields=["name"])
    return team


def _add(name: str) -> Team:
    _refuse_twice(name.strip())
    return Team.objects.create(name=name.strip())


def _refuse_twice(name: str, but: int = 0) -> None:
    if Team.objects.filter(name__iexact=name).exclude(pk=but).exists():
        raise TeamExists(f"There is a team {name} already. Choose another name.", field="name")


def _refuse_founded() -> None:
    council = Council.objects.first()
    if council is not None:
        raise FoundedAlready(
            f"This database is that of {council.name} already, and nothing was changed. Its administrator "
            "invites staff on the page Settings. Another council needs a database of its own."
        )
    if Membership.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise FoundedAlready(
            "This database has an administrator but no council: making a made-up one was interrupted. "
            "Nothing was changed. Use an empty database."
        )


def _check(name: str, code: str, administrator: str, email: str) -> None:
    if not name or not administrator:
        raise NotACouncil("Give the council’s name and the name of its first administrator.")
    if not re.fullmatch(r"[A-Za-z0-9]{3,12}", code):
        raise NotACouncil(
            f"“{code}” is no council’s code. Give the one that its Client Level Data has as LA_Code: three "
            "to twelve letters and digits."
        )
    try:
        validate_email(email)
    except ValidationError:
        raise NotACouncil(
            f"“{email}” is not an email address. The administrator signs in by theirs."
        ) from None
