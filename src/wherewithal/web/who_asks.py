"""Who asks: the session and the user with their seats, for which every request looks first.

Both are asked for in words that stand here. Django writes a question's SQL anew each time it is asked, which
takes longer than the database takes to answer one of these.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from wherewithal.records.models import User

# Each column by its name: a plan that is kept for these words outlives a column that is added.
KEPT = """
    SELECT session_key, session_data, expire_date FROM django_session
    WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(InDatabase):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """What a session that is not over holds; nothing, and no session, where there is none."""
        key, found = self.session_key, None
        if key and "\0" not in key:  # a cookie may hold it, and no text of the database
            found = next(iter(Session.objects.raw(KEPT, [key, timezone.now()])), None)
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found.session_data)
        return held


class ByEmail(AuthenticationBackend):  # type: ignore[misc]
    """Who signs in, by their email address and a password; and at each request, who has signed in."""

    def get_user(self, user_id: int) -> User | None:
        """Who has signed in, with the seats they hold; nobody who may not sign in any more."""
        user = User.with_seats(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
