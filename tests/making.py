"""Made-up people for the tests, through the real actions where there is one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from wherewithal.actions import person as people
from wherewithal.core.roles import Role
from wherewithal.records.models import Council, Membership, Person, Team, User

LONDON = ZoneInfo("Europe/London")


def at(year: int = 2026, month: int = 4, day: int = 6, hour: int = 10) -> datetime:
    """A moment in London; the default is the start of a tax year."""
    return datetime(year, month, day, hour, tzinfo=LONDON)


def council() -> Council:
    return Council.objects.get_or_create(name="Exampleshire County Council", code="999", made_up=True)[0]


def team(name: str = "North") -> Team:
    return Team.objects.get_or_create(name=name)[0]


def user(name: str = "Wren Worker", *roles: Role, in_team: Team | None = None, own_limit: int = 0) -> User:
    """A login with the roles given, in a team or (None) across the council."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    held = Membership.objects.filter(user__username=email, team=in_team, role__in=roles)
    had = {one.role: one.user for one in held.select_related("user")} if roles else {}
    if roles and had.keys() == set(roles):  # mostly so, in one question: tests ask for somebody at each step
        return had[roles[0]]
    named = {"email": email, "display_name": name, "password": make_password(None)}
    made, _ = User.objects.get_or_create(username=email, defaults=named)
    for role in roles:
        Membership.objects.get_or_create(
            user=made,
            role=role,
            team=in_team,
            defaults={"started_on": date(2020, 1, 1), "own_limit_pence_per_week": own_limit},
        )
    return made


def person(name: str = "Pat Example", **details) -> Person:
    """Somebody on record, in the team North unless ``team`` or ``worker`` say otherwise."""
    given, family = name.rsplit(" ", 1)
    made = {"team": team(), "born_on": date(1948, 5, 12), "by": user("Rowan Registrar"), "at": at(2026, 3, 2)}
    made |= {"given_name": given, "family_name": family} | details
    try:
        return people.register(**made)
    except people.LooksLikeSomebody as found:
        return people.register(**{"not_these": [one.person.ref for one in found.alike], **made})


def signed_in(client, who: User):
    """A test client signed in as ``who``, past the second factor."""
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["second_factor"] = "demo"
    session.save()
    return client
