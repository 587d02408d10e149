"""The same from a terminal: ``wherewithal COMMAND``."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, transaction

from wherewithal.cli import claims, cld, conversations, measures, published, returns, survey, target
from wherewithal.cli.record import open_record
from wherewithal.cli.tables import print_table
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
simulate = typer.Typer(no_args_is_help=True)
app.add_typer(simulate, name="simulate")
app.add_typer(claims.app, name="claims")
app.add_typer(cld.app, name="cld")
app.add_typer(measures.app, name="measures")
app.add_typer(survey.app, name="survey")
app.add_typer(published.app, name="published")
app.add_typer(target.app, name="target")
app.add_typer(conversations.app, name="conversations")
simulate.command(name="return")(returns.simulated)

# What reads files and no record works without a database, a secret or settings.
READS_FILES_ONLY = {"claims", "cld", "measures", "published", "return", "survey", "target"}


@app.callback()
def ready(context: typer.Context) -> None:
    """Self-directed support from a terminal."""
    if context.invoked_subcommand != "simulate":  # whose own commands differ
        work_with_records(context)


@simulate.callback()
def work_with_records(context: typer.Context) -> None:
    """Make people who do not exist."""
    if context.invoked_subcommand not in READS_FILES_ONLY:
        open_record()


@app.command()
def setup(
    login: Annotated[list[str] | None, typer.Option(help="a login that works as the application")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="change nothing; refuse a database not set up")
    ] = False,
) -> None:
    """Bring the database up to date, as its owner: tables, rights, static files."""
    from django.core.management import call_command

    from wherewithal.records.setting_up import check_set_up, set_up

    if check:
        check_set_up()
    else:
        set_up(login or [])
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


@app.command()
def found(
    name: Annotated[str, typer.Argument(help="the council's name, as pages and letters show it")],
    code: Annotated[str, typer.Option(help="its code in Client Level Data (LA_Code)")],
    administrator: Annotated[str, typer.Option(help="the name of its first administrator")],
    email: Annotated[str, typer.Option(help="the address that the administrator signs in by")],
    site: Annotated[str, typer.Option(help="where people find it, such as https://budgets.example.gov.uk")],
    team: Annotated[list[str] | None, typer.Option(help="a team's name; say it again for each")] = None,
) -> None:
    """Found a real council in an empty database, and let its first administrator in. Once."""
    from django.utils import timezone

    from wherewithal.actions import council, invitation
    from wherewithal.actions.record import stand_in

    if not site.startswith(("https://", "http://")):
        raise Refusal(f"“{site}” is no address of a site. Give it whole, beginning with https://.")
    with transaction.atomic():
        first = council.found(
            name=name, code=code, administrator=administrator, email=email, teams=team or [],
            by=stand_in("founding", "Whoever set this up"), at=timezone.now(),
        )  # fmt: skip
    print(f"{name} is founded. Give this link to {first} alone; it works once, for three days:\n")
    print(f"  {invitation.link(first, site)}\n")
    print(
        "Behind it they choose a password. When they sign in first, they set up their second factor, a code"
    )
    print("from a phone. Then they invite everybody else, on the page Settings.")


@app.command()
def extract(
    out: Annotated[Path, typer.Argument(help="a new or empty folder")],
    period: Annotated[str | None, typer.Option(help="a reporting year, such as 2025-26")] = None,
) -> None:
    """Write a pseudonymous extract in Client Level Data's fields: two CSV files and what is in them."""
    from django.utils import timezone

    from wherewithal.analytics.year import ReportingYear
    from wherewithal.extract import door

    made = door.extract(timezone.localdate(), period=ReportingYear(period) if period else None)
    door.write(made, out)
    people = len(set(made.events["person_key"].to_pylist()))
    print(
        f"{made.events.num_rows:,} events of {people:,} people, as known on {written(made.on)}, are in {out}."
    )


@app.command()
def release(
    survey: Annotated[str, typer.Argument(help="the survey's name in its address")],
    folder: Annotated[Path, typer.Argument(help="a new or an empty folder for the files")],
    version: Annotated[
        int | None, typer.Option(help="which version; default the newest that is public")
    ] = None,
) -> None:
    """Write the files of a released report, and their hashes; refused before its embargo ends."""
    from django.utils import timezone

    from wherewithal.core.release import opens_at
    from wherewithal.formats.report.release import Release, write
    from wherewithal.records.models import Wave
    from wherewithal.records.release import public_releases

    wave = Wave.objects.filter(slug=survey).first()
    if wave is None or not wave.releases.exists():
        raise Refusal(f"There is no released report of a survey called “{survey}”.")
    public = public_releases(wave, timezone.now())
    if not public:
        first = timezone.localtime(opens_at(wave.releases.defer("content")[0]))
        when = f"{written(first.date())}, {first:%H:%M}"
        raise Refusal(f"It is public from {when}. Until then it opens on its page alone.")
    found = next((one for one in public if version in (None, one.version)), None)
    if found is None:
        known = ", ".join(str(one.version) for one in public)
        raise Refusal(f"There is no public version {version}. There are: {known}.")
    files = {one.name: bytes(one.content) for one in found.files.all()}
    write(Release(files, found.content_hash), folder)
    print(f"{found} of “{wave}”: {len(files)} files and hashes.txt in {folder}.")


@app.command()
def verify(
    format: Annotated[str, typer.Option(help="table, or json for machines")] = "table",
) -> None:
    """Check that accounts add up, runs equal their files and the audit has no gap; exit 1 if not."""
    import json
    from dataclasses import asdict

    from wherewithal.actions.verify import verify as look

    checks = []
    for check in look():
        checks.append(check)
        if format != "json":
            print(f"{'yes' if check.holds else 'NO':4} {check.name}: {check.looked_at}", flush=True)
            for fault in check.faults:
                print(f"     {fault}", flush=True)
    if format == "json":
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    if not all(check.holds for check in checks):
        raise typer.Exit(1)


@simulate.command()
def council(
    people: Annotated[int, typer.Option(min=1, help="how many people live in it")] = 200,
    seed: Annotated[int, typer.Option(help="the same seed makes the same people, to the penny")] = 1,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="its last day; default the last one that is over"),
    ] = None,
) -> None:
    """Make Exampleshire County Council and its people, with two years of life behind them, once."""
    from django.utils import timezone
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from wherewithal.actions.record import stand_in
    from wherewithal.extract import submission_faults
    from wherewithal.extract.counting import recount
    from wherewithal.simulate import council as made_up

    if made_up.is_made():
        print("The made-up council is here already. Nothing was done.")
        return
    now = timezone.now()
    last = until.date() if until else made_up.latest(now)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, auto_refresh=False) as progress:  # no thread beside the processes that follow
        years = made_up.two_years(last)
        bar = progress.add_task(f"{people} people live two years", total=years.days)
        made_up.make(
            people=people,
            seed=seed,
            years=years,
            now=now,
            report=lambda days: progress.update(bar, completed=days, refresh=True),
            processes=made_up.hands(),
        )
        progress.update(bar, completed=years.days, refresh=True)
    by, at, on = stand_in("counting", "Counting of figures"), timezone.now(), timezone.localdate()
    recount(on=on, by=by, at=at)
    submission_faults.check(on=on, by=by, at=at)
    print(f"{made_up.COUNCIL}: {people} people who do not exist, up to {written(last)}.")


@app.command()
def whom() -> None:
    """Whom the demo can be entered as, and what they will see."""
    from wherewithal.simulate.whom import whom as shown

    lines = [(entry.user.display_name, entry.roles_in_words, " ".join(entry.sees)) for entry in shown()]
    print_table(("Enter as", "Role", "What they will see"), lines, "table")


def main() -> None:
    """Exit codes: 0 done, 1 found something, 2 could not run."""
    try:
        app(prog_name="wherewithal")
    except Refusal as refusal:
        print(refusal.says, file=sys.stderr)
        sys.exit(2)
    except ImproperlyConfigured as error:
        print(f"{error} In a clone, “python3 run.py wherewithal …” sets it up.", file=sys.stderr)
        sys.exit(2)
    except OperationalError as error:
        print(f"The database cannot be worked with: {str(error).strip()}", file=sys.stderr)
        sys.exit(2)
