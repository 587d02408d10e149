"""Letters as PDF that anyone can open: tagged for screen readers (PDF/UA-1), in normal or large print.

Templates stand in ``templates/letters/*.typ``. They read their data as JSON, so what a person wrote is
printed as they wrote it and never becomes markup.
"""

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

from wherewithal.core.money import a_week, pence_per_year, pounds
from wherewithal.core.period import written
from wherewithal.core.workings import Line
from wherewithal.web.templating import line_value

TEMPLATES = Path(__file__).resolve().parent / "templates" / "letters"


@dataclass(frozen=True)
class Envelope:
    """What stands on every letter. ``contact`` is a sentence: how to reach whoever can help."""

    council: str
    contact: str
    name: str
    reference: str
    on: date
    address: tuple[str, ...] = ()


def pdf(template: str, data: Mapping[str, Any], *, large_print: bool = False) -> bytes:
    """The letter ``templates/letters/<template>.typ`` with ``data``: 12 point, or 18 in large print.

    ``data`` holds text, numbers, lists and mappings; a date is written out and a ``Line`` becomes its
    parts with ``amount``, its value in words. Raises FileNotFoundError for a template that does not exist
    and typst.TypstError for one that misses what it needs.
    """
    path = TEMPLATES / f"{template}.typ"
    if not path.exists():
        raise FileNotFoundError(path)
    inputs = {"data": json.dumps(data, default=_plain), "large_print": "yes" if large_print else "no"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", typst.TypstWarning)  # a face of the list that this machine lacks
        made = typst.compile(
            path, root=TEMPLATES, format="pdf", pdf_standards="ua-1", font_paths=_fonts(), sys_inputs=inputs
        )
    assert isinstance(made, bytes)
    return made


def budget(
    to: Envelope,
    *,
    pence_per_week: int,
    lines: Sequence[Line],
    totals: Sequence[Line] = (),
    explains: Sequence[str] = (),
    large_print: bool = False,
) -> bytes:
    """The indicative budget with its workings; ``explains`` are sentences under them, on the scheme used."""
    data = {**_amount(pence_per_week), "lines": lines, "totals": totals, "explains": explains}
    return pdf("budget", {**asdict(to), **data}, large_print=large_print)


def contribution(
    to: Envelope,
    *,
    pence_per_week: int,
    starts_on: date,
    how_paid: str,
    lines: Sequence[Line],
    totals: Sequence[Line] = (),
    explains: Sequence[str] = (),
    full_cost: bool = False,
    large_print: bool = False,
) -> bytes:
    """What the person pays a week, from when, with the workings of the financial assessment."""
    data = {
        **_amount(pence_per_week),
        "starts_on": starts_on,
        "how_paid": how_paid,
        "full_cost": full_cost,
        "lines": lines,
        "totals": totals,
        "explains": explains,
    }
    return pdf("contribution", {**asdict(to), **data}, large_print=large_print)


@dataclass(frozen=True)
class Use:
    """One thing that a direct payment is for: what, towards which outcome, pence a week."""

    says: str
    outcome: str
    pence_per_week: int


def agreement(
    to: Envelope,
    *,
    starts_on: date,
    amounts: Sequence[Line],
    how_paid: str,
    uses: Sequence[Use],
    you_agree: Sequence[str],
    we_agree: Sequence[str],
    reviews: str,
    council_may_stop: str,
    holder: str = "",
    signs: Sequence[str] = (),
    large_print: bool = False,
) -> bytes:
    """The direct payment agreement. ``holder`` manages the money when the person does not; ``signs`` sign."""
    data = {
        "starts_on": starts_on,
        "amounts": amounts,
        "how_paid": how_paid,
        "uses": [
            {"says": use.says, "outcome": use.outcome, "amount": a_week(use.pence_per_week)} for use in uses
        ],
        "you_agree": you_agree,
        "we_agree": we_agree,
        "reviews": reviews,
        "council_may_stop": council_may_stop,
        "holder": holder or to.name,
        "signs": signs or [holder or to.name, f"For {to.council}"],
    }
    return pdf("agreement", {**asdict(to), **data}, large_print=large_print)


def _amount(pence_per_week: int) -> dict[str, str]:
    year = pence_per_year(pence_per_week)
    return {"week": a_week(pence_per_week), "year": f"{pounds(year)} a year"}


def _plain(value: object) -> Any:
    if isinstance(value, Line):
        return {**asdict(value), "amount": line_value(value)}
    if isinstance(value, date):
        return written(value)
    raise TypeError(f"A letter cannot print {type(value).__name__}: {value!r}")


@cache
def _fonts() -> typst.Fonts:
    """The machine's typefaces and typst's own, looked up once a process."""
    return typst.Fonts(include_system_fonts=True)
