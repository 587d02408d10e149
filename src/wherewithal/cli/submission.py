"""``wherewithal cld submission``: our own records as they are sent, made by somebody who may."""

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from wherewithal.cli.record import open_record
from wherewithal.cli.tables import Format, print_table
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal

HEAD = ("event", "what happened", "field", "rows", "why", "who", "when")
WHY = {
    "time": "the twelve months moved on",
    "action": "changed outside an action",
    "unknown": "not on record",
}


def submission(
    out: Annotated[Path, typer.Argument(help="a file that is not there yet")],
    by: Annotated[str, typer.Option(help="the address by which whoever makes it signs in")],
    reason: Annotated[str, typer.Option(help="why it is made, in a line")],
    to: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="a quarter’s last day; default the last one that is over"),
    ] = None,
    format: Annotated[Format, typer.Option(help="how what changed is told")] = "table",
) -> None:
    """Write our own records as they are sent, NHS numbers and all, and say what changed since the last one.

    Only a performance analyst may. It is on record who made it, when and why, and on each person's record
    that they are in it.
    """
    open_record()
    from django.utils import timezone

    from wherewithal.core.submission import last_quarter_end, year_to
    from wherewithal.extract.submission import make
    from wherewithal.extract.submission_changes import before

    whoever, at = _user(by), timezone.now()
    on = timezone.localdate(at)
    period = year_to(to.date() if to else last_quarter_end(on), on)
    with _opened(out) as file:
        made, content = make(period=period, reason=reason, by=whoever, at=at)
        file.write(content)
    _say(
        f"{made.rows_count:,} rows of {made.people_count:,} people, {written(made.first)} to "
        f"{written(made.last)}, are in {out}.\nSHA-256 {made.sha256}",
        format,
    )
    if earlier := before(made):
        _tell(made, earlier, format)


def _user(email: str) -> Any:
    from wherewithal.records.models import User

    found = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if found is None:
        raise Refusal(f"Nobody signs in here as “{email}”.", field="by")
    return found


class _opened:
    """A new file that its owner alone may open; taken away again where nothing was made."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Any:
        try:
            self.file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except FileExistsError:
            raise Refusal(f"{self.path} is there already. Name a file that is not.") from None
        except OSError as error:
            raise Refusal(f"{self.path} cannot be written: {error.strerror or error}.") from error
        return self.file

    def __exit__(self, kind: Any, *_: Any) -> None:
        self.file.close()
        if kind is not None:
            self.path.unlink()


def _tell(made: Any, earlier: Any, format: Format) -> None:
    from wherewithal.extract.submission_changes import NotComparable, changes

    _say(f"What changed since the one to {written(earlier.last)}:", format)
    try:
        found = changes(made, earlier)
    except NotComparable as refusal:
        print(refusal.says, file=sys.stderr)
        return
    lines = [
        (one.what, one.done, one.field, f"{one.rows:,}", one.why.verb or WHY[one.why.kind],
         ", ".join(role.replace("_", " ") for role in one.why.roles), _days(one.why.first, one.why.last))
        for one in found
    ]  # fmt: skip
    print_table(HEAD, lines, format)


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _say(words: str, format: Format) -> None:
    """To whoever reads; beside what machines read, not in it."""
    print(words, file=sys.stdout if format == "table" else sys.stderr)
