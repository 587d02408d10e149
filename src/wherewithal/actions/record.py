"""What every action shares: its transaction, its place in the audit, its clock, its locks."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.utils import timezone

from wherewithal.records.models import User
from wherewithal.records.tracking import telling

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


def action(verb: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Run a function in one transaction whose every changed row is recorded with verb, who, when and why.

    The function takes ``by`` (a User) and ``at`` (an aware datetime: the action's clock) as keywords;
    a keyword ``reason``, where it has one, is kept as the why. A Refusal undoes all of it.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            by, at = kwargs["by"], kwargs["at"]
            with (
                transaction.atomic(),
                telling(
                    verb=verb,
                    by=by.pk,  # type: ignore[attr-defined]
                    by_name=str(by),
                    at=at.isoformat(),  # type: ignore[attr-defined]
                    why=str(kwargs.get("reason") or ""),
                ),
            ):
                return function(*args, **kwargs)

        run.verb = verb  # type: ignore[attr-defined]
        return run

    return decorate


def day(at: datetime) -> date:
    """The calendar day of a moment, in London."""
    return timezone.localdate(at)


def locked(row: M) -> M:
    """The same row read anew and held until the transaction ends, so that two actions cannot cross.

    Raises ObjectDoesNotExist when it is gone.
    """
    noun = type(row)
    for held in noun._default_manager.raw(_lock(noun), [row.pk]):
        return held
    raise ObjectDoesNotExist(f"{noun.__name__} {row.pk} is gone.")


@cache
def _lock(noun: type[models.Model]) -> str:
    """The words that lock a row; every action asks them, so they are written once."""
    return noun._default_manager.select_for_update().filter(pk=0).query.sql_with_params()[0]


def next_id(of: type[models.Model]) -> int:
    """An id for a new row of a noun, given out once and never again; for a number that is made from it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [of._meta.db_table])
        return int(cursor.fetchone()[0])


def order_number(arrangement_id: int) -> str:
    """The purchase order number of an arrangement: ``PO-0001234``."""
    return f"PO-{arrangement_id:07d}"


def stand_in(username: str, name: str) -> User:
    """Who does what no person does (the nightly round, the card provider): a login that cannot sign in."""
    made, new = User.objects.get_or_create(
        username=username,
        defaults={"email": f"{username}@invalid", "display_name": name, "is_active": False},
    )
    if new:
        made.set_unusable_password()
        made.save(update_fields=["password"])
    return made
