"""Reads which kind of support a plan's line counts as in the return: ``national/services.toml``."""

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "national/services"
OTHERWISE = "community"


def service(used: Used, kind: str, *, for_carer: bool) -> str:
    """The service of a line of that ``kind`` of purchase, in an adult's or a carer's plan."""
    if for_carer:
        return str(used.value(parameters(FILE), "service_of_carers"))
    return str(used.value(parameters(FILE), "service_of_kind").get(kind, OTHERWISE))
