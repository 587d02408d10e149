"""``wherewithal survey``: questionnaires in and out as XLSForm.

What reads workbooks comes in with the command that needs it: it would hold up every other by a second.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from wherewithal.cli.files import keep
from wherewithal.core.questions import Questionnaire
from wherewithal.core.refusal import Refusal
from wherewithal.policy.questionnaire import questionnaires
from wherewithal.policy.questionnaire_text import text

app = typer.Typer(no_args_is_help=True, help="Questionnaires from other programs and for them.")


@app.command("import")
def bring_in(
    form: Annotated[Path, typer.Argument(help="an XLSForm: xlsx, or the older xls")],
    out: Annotated[Path | None, typer.Option(help="write the questionnaire to this TOML file")] = None,
    first: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="its first day; default today")
    ] = None,
) -> None:
    """Say what a form would be here and what of it is lost, by sheet and row; exit 1 if something is."""
    from wherewithal.formats import xlsform

    day = first.date() if first else datetime.now(ZoneInfo("Europe/London")).date()
    brought = xlsform.read(form, first=day)
    for remark in brought.remarks:
        print(f"{'lost ' if remark.lost else 'note '} {remark}")
    print(_in_short(brought.questionnaire))
    lost = sum(remark.lost for remark in brought.remarks)
    print("Nothing was lost." if not lost else f"{lost} {'thing was' if lost == 1 else 'things were'} lost.")
    if out:
        keep(out, text(brought.questionnaire))
        print(f"Written to {out}.")
    if lost:
        raise typer.Exit(1)


@app.command("export")
def send_out(
    id: Annotated[str, typer.Argument(help="the questionnaire's id, such as sds-adult")],
    out: Annotated[Path, typer.Argument(help="the workbook to write, ending in .xlsx")],
    version: Annotated[str | None, typer.Option(help="which version; default the newest")] = None,
) -> None:
    """Write a questionnaire as an XLSForm, which Kobo, ODK and others read."""
    from wherewithal.formats import xlsform

    if out.suffix != ".xlsx":
        raise Refusal(f"“{out}” does not end in .xlsx, by which other programs know a form.")
    found = [one for one in questionnaires() if one.id == id and version in (None, one.version)]
    if not found:
        known = ", ".join(dict.fromkeys(one.id for one in questionnaires()))
        which = f" in version {version}" if version else ""
        raise Refusal(f"There is no questionnaire called “{id}”{which}. There are: {known}.")
    xlsform.write(found[-1], out)
    print(f"{_in_short(found[-1])} Written to {out}.")


def _in_short(of: Questionnaire) -> str:
    asked = sum(one.takes_answer for one in of.questions.values())
    languages = [of.language, *(wording.language for wording in of.translations)]
    spoken = f", in {', '.join(one or 'its own language' for one in languages)}" if len(languages) > 1 else ""
    sections = "1 section" if len(of.sections) == 1 else f"{len(of.sections)} sections"
    questions = "1 question" if asked == 1 else f"{asked} questions"
    return f"“{of.title}”, version {of.version}: {sections}, {questions}{spoken}."
