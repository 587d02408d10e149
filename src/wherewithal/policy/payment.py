"""How the council pays, on a day: read from ``local/payments.toml``."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.core.payments import Mode
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.policy import parameters

FILE = "local/payments"


@dataclass(frozen=True)
class PaymentRules:
    """``first_period_on`` anchors the four-weekly periods; every other number is whole days.

    A contribution is due ``contribution_due_days`` after its period's first day, and missed when it is unpaid
    more than ``contribution_grace_days`` later.
    """

    first_period_on: date
    mode: Mode
    first_payment_working_days: int
    contribution_due_days: int
    contribution_grace_days: int
    hospital_days_still_paid: int


def mode(used: Used) -> Mode:
    """Net of the contribution or gross, on ``used.on``: the one place that says so. Raises NoPolicy."""
    found: Mode = used.value(parameters(FILE), "mode")
    if found not in ("net", "gross"):
        raise NoPolicy(f"In {FILE}.toml, “mode” is “net” or “gross”, not “{found}”.")
    return found


def payment_rules(used: Used) -> PaymentRules:
    """The rules in force on ``used.on``, remembered in ``used``. Raises NoPolicy naming what is wrong."""

    def value(name: str, kind: type) -> Any:
        found = used.value(parameters(FILE), name)
        if type(found) is not kind or (isinstance(found, int) and found < 0):
            raise NoPolicy(f"In {FILE}.toml, “{name}” cannot be {found!r}.")
        return found

    return PaymentRules(
        first_period_on=value("first_period_on", date),
        mode=mode(used),
        first_payment_working_days=value("first_payment_working_days", int),
        contribution_due_days=value("contribution_due_days", int),
        contribution_grace_days=value("contribution_grace_days", int),
        hospital_days_still_paid=value("hospital_days_still_paid", int),
    )
