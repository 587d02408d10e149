"""The same from a terminal: ``wherewithal COMMAND``."""

import os
import sys
from pathlib import Path
from typing import Annotated

import django
import typer

from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)


@app.command()
def setup(
    login: Annotated[list[str] | None, typer.Option(help="a login that works as the application")] = None,
):
    """Bring the database up to date, as its owner: tables, rights, static files."""
    from django.core.management import call_command

    from wherewithal.records import grants

    call_command("migrate", verbosity=0, interactive=False)
    grants.apply(login or [])
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


@app.command()
def extract(
    out: Annotated[Path, typer.Argument(help="a new or empty folder")],
    period: Annotated[str | None, typer.Option(help="a reporting year, such as 2025-26")] = None,
):
    """Write a pseudonymous extract in Client Level Data's fields: two CSV files and what is in them."""
    from django.utils import timezone

    from wherewithal import extract as door
    from wherewithal.analytics.year import ReportingYear

    made = door.extract(timezone.localdate(), period=ReportingYear(period) if period else None)
    door.write(made, out)
    people = len(set(made.events["person_key"].to_pylist()))
    print(
        f"{made.events.num_rows:,} events of {people:,} people, as known on {written(made.on)}, are in {out}."
    )


def main() -> None:
    """Exit codes: 0 done, 1 found something, 2 could not run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.config.settings")
    django.setup()
    try:
        app()
    except Refusal as refusal:
        print(refusal.says, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
