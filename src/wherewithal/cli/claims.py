"""``wherewithal claims``: what a report's own numbers say of each other."""

import json as writer
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from wherewithal.analytics.claims import Reading
from wherewithal.analytics.claims import check as check_claims
from wherewithal.analytics.claims import compare as compare_readings
from wherewithal.analytics.claims.bases import Base
from wherewithal.analytics.claims.fault import Fault
from wherewithal.analytics.claims.shares import Share
from wherewithal.cli.files import keep
from wherewithal.core.refusal import Refusal

app = typer.Typer(no_args_is_help=True, help="Read a report and find the figures that cannot be right.")

_BASE = re.compile(r"([1-9][\d,]*)\s*=\s*(\S.*)")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="a report: txt, docx, pdf or html")],
    base: Annotated[
        list[str] | None, typer.Option(help="what it is of, as 58=respondents; the first is the cohort")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="every share that was read, not only faults")] = False,
    json: Annotated[Path | None, typer.Option(help="write all of it to this file, for machines")] = None,
) -> None:
    """Which count, percentage, fraction or total cannot be right, and why; exit 1 if there is one."""
    reading = _read(file, [_given(text) for text in base or []])
    if json:
        keep(json, writer.dumps(_as_json(file, reading), ensure_ascii=False, indent=1) + "\n")
    _print_bases(reading)
    if every:
        for share in reading.shares:
            print(f"{share.sentence.place}: {_said(share)}: {_fits(share, reading)}")
    _print_faults(reading.faults)
    many = len(reading.shares)
    print(f"{many} {'share' if many == 1 else 'shares'} read; {_faults(len(reading.faults))}.")
    if reading.faults:
        raise typer.Exit(1)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="the report")],
    second: Annotated[Path, typer.Argument(help="what was made of it: a press notice, an article")],
    json: Annotated[Path | None, typer.Option(help="write it to this file too, for machines")] = None,
) -> None:
    """What changed on the way from one document to another; exit 1 if something did."""
    faults = compare_readings(_read(first), _read(second))
    if json:
        found = {"first": first.name, "second": second.name, "faults": [asdict(fault) for fault in faults]}
        keep(json, writer.dumps(found, ensure_ascii=False, indent=1) + "\n")
    _print_faults(faults)
    print(f"From {first.name} to {second.name}: {_faults(len(faults))}.")
    if faults:
        raise typer.Exit(1)


def _read(file: Path, bases: Sequence[Base] = ()) -> Reading:
    from wherewithal.formats.document import read  # what reads Word and PDF would hold up every other command

    return check_claims(read(file), bases)


def _given(text: str) -> Base:
    found = _BASE.fullmatch(text.strip())
    if not found:
        raise Refusal(f"“{text}” is no base. Write a number and what it counts, such as 58=respondents.")
    return Base(int(found[1].replace(",", "")), found[2], "given")


def _print_bases(reading: Reading) -> None:
    shown: set[int] = set()
    for stated in reading.bases.all:
        if stated.value not in shown:
            shown.add(stated.value)
            where = f"stated at {stated.place}" if stated.place else "given"
            print(f"base {stated}, {where}")
    if not shown:
        print("No base is stated. Give one: --base 58=respondents")


def _print_faults(faults: list[Fault]) -> None:
    for fault in faults:
        print(f"\n{fault.place}: {fault.kind}\n  “{fault.said}”\n  {fault.why}")
    if faults:
        print()


def _faults(number: int) -> str:
    return "nothing that cannot be right" if number == 0 else "1 fault" if number == 1 else f"{number} faults"


def _said(share: Share) -> str:
    return share.printed if share.count is None else f"{share.count} ({share.printed})"


def _fitting(share: Share, reading: Reading) -> list[Base]:
    return [base for base in reading.bases.near(share.section) if share.fits(base.value)]


def _fits(share: Share, reading: Reading) -> str:
    if share.count is None:
        return f"no count; {share.base_said or 'no base said'}"
    fits = " and ".join(map(str, _fitting(share, reading)))
    return f"fits {fits}" if fits else "fits no base at hand"


def _as_json(file: Path, reading: Reading) -> dict[str, Any]:
    return {
        "document": file.name,
        "bases": [asdict(base) for base in reading.bases.all],
        "shares": [
            {
                "place": share.sentence.place,
                "section": share.section.number,
                "said": share.sentence.text,
                "count": share.count,
                "printed": share.printed,
                "base_said": share.base_said,
                "base": share.base.value if share.base else None,
                "fits": [base.value for base in _fitting(share, reading)],
                "would_fit": share.fitting(),
            }
            for share in reading.shares
        ],
        "faults": [asdict(fault) for fault in reading.faults],
    }
