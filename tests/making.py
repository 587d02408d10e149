"""Made-up people for the tests, through the real actions where there is one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password

from wherewithal.actions import person as people
from wherewithal.core.roles import Role
from wherewithal.records.models import Council, Membership, Person, Team, User
from wherewithal.web.demo import BACKEND
from wherewithal.web.who_asks import SessionStore

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
    if roles and (had := _had(email, roles, in_team)):
        return had
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


def _had(email: str, roles: tuple[Role, ...], in_team: Team | None) -> User | None:
    """Whoever has all of these roles already, in one plain question: tests ask for
    somebody at each step. None where nobody has.
    """
    found = User.objects.raw(
        """
        SELECT * FROM records_user AS one WHERE username = %s AND %s = (
            SELECT count(DISTINCT role) FROM records_membership
            WHERE user_id = one.id AND role = ANY(%s) AND team_id IS NOT DISTINCT FROM %s
        )
        """,
        [email, len(set(roles)), [str(role) for role in roles], in_team and in_team.pk],
    )
    return next(iter(found), None)


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
    if settings.SESSION_COOKIE_NAME in client.cookies:  # what that session holds goes along, or is dropped
        client.force_login(who, backend=BACKEND)
        session = client.session
    else:  # that which signing in leaves; last_login, for which no test asks, is left out
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(who.pk), BACKEND
        session[HASH_SESSION_KEY] = who.get_session_auth_hash()
    session["second_factor"] = "demo"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
