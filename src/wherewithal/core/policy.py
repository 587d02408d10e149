"""Dated values with a source each, and the fingerprint of those that a decision used.

A value that was used is never edited: a new one with a later date is added. Reading files is the policy
room's work (``wherewithal.policy``); here a value is picked by date, or refused by name.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal


class NoPolicy(Refusal):
    """No value is in force on the day: refused by name, never filled in with another year's figure."""


@dataclass(frozen=True)
class Dated:
    """One value in force from ``first`` until ``last`` (None: until the next one starts)."""

    value: Any
    first: date
    source: str
    verified: bool = True
    last: date | None = None


@dataclass(frozen=True)
class Parameter:
    """A named series of dated values, in order of their start."""

    name: str
    title: str
    unit: str
    values: tuple[Dated, ...]

    def __post_init__(self) -> None:
        starts = [dated.first for dated in self.values]
        if starts != sorted(set(starts)):
            raise NoPolicy(
                f"The values of “{self.title}” ({self.name}) must start on different days, in order."
            )

    def at(self, on: date) -> Dated:
        """The value in force on ``on``; raises NoPolicy naming the parameter and the day."""
        for dated in reversed(self.values):
            if dated.first <= on:
                if dated.last is not None and dated.last < on:
                    break
                return dated
        raise NoPolicy(
            f"No value of “{self.title}” is on record for {written(on)}. "
            "Whoever keeps the policy adds it, with its source."
        )


@dataclass
class Used:
    """What a decision read from policy, in the order it was read: kept with the decision.

    Give one to a rule, pass it to each look-up, store ``record()`` and ``fingerprint()``.
    """

    on: date
    read: dict[str, Dated] = field(default_factory=dict)

    def value(self, parameters: Mapping[str, Parameter], name: str) -> Any:
        """Look up ``name`` on the day and remember that it was used; raises NoPolicy."""
        if name not in parameters:
            raise NoPolicy(f"There is no policy value called “{name}”.")
        dated = parameters[name].at(self.on)
        self.read[name] = dated
        return dated.value

    @property
    def unverified(self) -> tuple[str, ...]:
        """Names of the values whose source has not been verified; every page that uses them says so."""
        return tuple(name for name, dated in self.read.items() if not dated.verified)

    def record(self) -> list[dict[str, Any]]:
        """JSON-ready rows: name, value, from, source, verified."""
        return [
            {"name": name, "value": dated.value, "from": dated.first.isoformat(), "source": dated.source,
             "verified": dated.verified}
            for name, dated in self.read.items()
        ]  # fmt: skip

    def fingerprint(self) -> str:
        return fingerprint(self.record())


def fingerprint(content: Any) -> str:
    """SHA-256 of a JSON-ready value in one canonical spelling: changes when any value in it does."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_spell)
    return hashlib.sha256(text.encode()).hexdigest()


def index(parameters: Iterable[Parameter]) -> dict[str, Parameter]:
    """Parameters by name; two of one name are refused."""
    found: dict[str, Parameter] = {}
    for parameter in parameters:
        if parameter.name in found:
            raise NoPolicy(f"Two policy values are called “{parameter.name}”.")
        found[parameter.name] = parameter
    return found


def _spell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot fingerprint {type(value).__name__}")
