"""A database brought up to date for this version, and whether it is."""

from collections.abc import Container, Sequence

from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from psycopg import errors

from wherewithal.core.refusal import Refusal
from wherewithal.records import grants

HOW = "docs/how-to/run-it-for-real.md says how."


class NotTheOwner(Refusal):
    """A login that may not make tables or give rights."""

    def __init__(self, login: str) -> None:
        super().__init__(
            f"The login “{login}” may not set up this database. "
            f"Give DATABASE_URL its owner, and an empty DATABASE_ROLE, for set-up alone. {HOW}"
        )


class NotSetUp(Refusal):
    """A database without the tables or the rights that this version needs."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This database is not set up for this version: {what}. Run set-up as its owner. {HOW}"
        )


class MadeBefore(Refusal):
    """A database of before the user had a migration of their own, from which none leads on."""

    def __init__(self) -> None:
        super().__init__(
            "This database was made by an earlier version, before the first release, and cannot be brought "
            "up to date. Nothing in it was changed. Use an empty database; for the demo: "
            "python3 run.py demo --fresh"
        )


def set_up(logins: Sequence[str]) -> None:
    """Tables, and the rights of the application's role, as which ``logins`` may work. Twice does no harm.

    Raises NotTheOwner, MadeBefore.
    """
    try:
        _of_now(MigrationRecorder(connection).applied_migrations())
        call_command("migrate", verbosity=0, interactive=False)
        grants.apply(logins)
    except ProgrammingError as error:
        if isinstance(error.__cause__, errors.InsufficientPrivilege):
            raise NotTheOwner(str(connection.settings_dict["USER"])) from error
        raise


def check_set_up() -> None:
    """As the application: does the database hold every table of this version? Raises NotSetUp, MadeBefore."""
    try:
        executor = MigrationExecutor(connection)
        _of_now(executor.loader.applied_migrations)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except ProgrammingError as error:
        raise NotSetUp("the application may not read it") from error
    if missing:
        raise NotSetUp(f"{len(missing)} migrations have not been made")


def _of_now(applied: Container[tuple[str, str]]) -> None:
    """Raises MadeBefore."""
    if ("records", "0001_the_record") in applied:
        raise MadeBefore
