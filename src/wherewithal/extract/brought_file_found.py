"""What is kept of a file that was brought: what is wrong with it, its figures, and who stands alike in them.

It is ready for JSON, and holds nobody's number.
"""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from wherewithal.actions.brought_file import BRIDGED, Found
from wherewithal.analytics.bridge import bridged
from wherewithal.analytics.count import counting
from wherewithal.analytics.load import Loaded
from wherewithal.analytics.standing import stands
from wherewithal.analytics.told import DEFAULT, Told, told
from wherewithal.formats.cld import Health
from wherewithal.policy.disclosure import rule
from wherewithal.policy.measure import measures

AT_HAND = 500_000  # rows that are held in memory, where a question is asked in words that are kept


def counted(of: Loaded, health: Health) -> Found:
    """Every measure that the events answer, by council and age, as counted and as it may be told."""
    ids = measures_of_events()
    events = of.events.to_pyarrow() if of.rows <= AT_HAND else of.events
    exact = counting(events, ids, of.period, by=("council", "age"), connection=of.connection)
    guarded = rule(DEFAULT)
    figures = {
        "period": of.period.label, "year": of.period.name, "until": _day(of.period.until),
        "rows": of.rows, "people": of.people, "left_out": of.left_out, "superseded": of.superseded,
        "councils": [
            {"code": one.council, "first": _day(one.first), "last": _day(one.last)} for one in of.chosen
        ],
        "told": [_figure(one) for one in told(exact, of.period, guarded)],
        "exact": [_figure(one) for one in told(exact, of.period, None)],
    }  # fmt: skip
    bridges = {code: _stands(events, code, of) for code in sorted(one.council for one in of.chosen)[:BRIDGED]}
    return Found(kept(health), figures, bridges, guarded.id)


def _stands(events: Any, council: str, of: Loaded) -> dict[str, Any]:
    """How many people of the council all definitions count alike: what a bridge between two needs."""
    ids = [one.id for one in bridged()]
    return stands(events, ids, of.period, council=council, connection=of.connection).kept()


def measures_of_events() -> list[str]:
    """The measures that a file of Client Level Data alone can answer, and by age."""
    return [id for id, one in measures().items() if one.from_events and "age" in one.breakdowns]


def kept(health: Health) -> dict[str, Any]:
    """A file's state as ``WithoutNames`` gathered it, ready for JSON."""
    return {
        "rows": health.rows, "people": health.people, "councils": dict(health.councils),
        "stated": [_day(one) for one in health.stated], "seen": [_day(one) for one in health.seen],
        "absent": list(health.absent), "blanked": health.blanked, "worst": health.worst or "",
        "faults": [one.kept() for one in health.faults],
    }  # fmt: skip


def _figure(one: Told) -> dict[str, Any]:
    """All of it; the values as text, so that no digit is lost."""
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in asdict(one).items()}


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
