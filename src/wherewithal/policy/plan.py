"""Gathers the policy that a plan is held against on a day, from the files that hold its parts."""

from wherewithal.core.plan import Rules
from wherewithal.core.policy import Used
from wherewithal.policy import delegation, direct_payment, mitigation, restriction


def rules(used: Used, *, council_budget: bool = True, direct_payments: bool = True) -> Rules:
    """The rules of ``used.on``.

    Without a council budget nothing restricts what people buy with their own money, and there is nothing to
    sign off. ``direct_payments`` is whether any line is held as one: only then is the list of relatives read.
    Raises NoPolicy, or NotTheseRules for a direct payment before 1 April 2015.
    """
    return Rules(
        kinds=restriction.kinds(used),
        restrictions=restriction.restrictions(used) if council_budget else (),
        relations=direct_payment.relations(used) if council_budget and direct_payments else (),
        tests=delegation.tests(used) if council_budget else (),
        mitigations=mitigation.library(used),
    )
