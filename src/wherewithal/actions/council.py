"""A council founded, once, before anybody can be invited; and its teams."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wherewithal.actions.record import action, day, locked
from wherewithal.core.council import NotACouncil, check_council, team_name
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import Role
from wherewithal.records.models import Council, Membership, Team, User


class FoundedAlready(Refusal):
    """A second council in one database."""


class TeamExists(Refusal):
    """Two teams of one name."""


@action("found council")
def found(
    *, name: str, code: str, administrator: str, email: str, by: User, at: datetime, teams: Sequence[str] = ()
) -> User:
    """The council, its teams and its first administrator, who has no password until they set one.

    ``code`` is the council's in Client Level Data (LA_Code). Gives the administrator, who invites everybody
    else. Raises FoundedAlready, NotACouncil, NoTeamName, TeamExists.
    """
    _refuse_founded()
    name, code, administrator, email = (
        name.strip(),
        code.strip(),
        administrator.strip(),
        email.strip().lower(),
    )
    check_council(name, code, administrator)
    _check_email(email)
    Council.objects.create(name=name, code=code)
    for team in teams:
        _add(team)
    first = User.objects.create_user(username=email, email=email, display_name=administrator)
    Membership.objects.create(user=first, role=Role.ADMINISTRATOR, started_on=day(at))
    return first


@action("finish made-up council")
def finish_made_up(*, council: Council, by: User, at: datetime) -> Council:
    """Say of a council that it and its people are made up, and all there: it can be entered and shown."""
    council = locked(council)
    council.made_up = True
    council.save(update_fields=["made_up"])
    return council


@action("add team")
def add_team(*, name: str, by: User, at: datetime) -> Team:
    """A team that people can be with and staff can work in. Raises NoTeamName, TeamExists."""
    return _add(name)


@action("rename team")
def rename_team(*, team: Team, name: str, by: User, at: datetime) -> Team:
    """Another name for the same team; who is in it stays. Raises NoTeamName, TeamExists."""
    team, name = locked(team), team_name(name)
    _refuse_twice(name, team.pk)
    team.name = name
    team.save(update_fields=["name"])
    return team


def _add(name: str) -> Team:
    name = team_name(name)
    _refuse_twice(name)
    return Team.objects.create(name=name)


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


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise NotACouncil(
            f"“{email}” is not an email address. The administrator signs in by theirs."
        ) from None
