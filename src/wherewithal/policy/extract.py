"""Reads how our records speak in the words of Client Level Data: ``national/extract.toml``."""

from wherewithal.core.policy import NoPolicy, fingerprint
from wherewithal.policy import table

FILE = "national/extract"


def word(of: str, code: str) -> str:
    """The word of one list for one of our codes. Raises NoPolicy for a code that has none."""
    try:
        return str(table(FILE)[of][code])
    except KeyError as missing:
        raise NoPolicy(f"No word of Client Level Data is on record for “{code}” in {of}.") from missing


def service_type(service: str, term: str) -> str:
    """``service`` and ``term`` (long or short) of an arrangement. Raises NoPolicy."""
    try:
        return str(table(FILE)["Service_Type"][term][service])
    except KeyError as missing:
        raise NoPolicy(f"No service type of Client Level Data is on record for “{service}”.") from missing


def component(service: str, term: str, kind: str) -> str:
    """What an arrangement is, by its service, else by its kind of purchase, else "other"."""
    components = table(FILE)["Service_Component"]
    if service == "carer":
        return str(components["for_carers"].get(kind, components["for_carers"]["other"]))
    by_service = components[term]
    return str(by_service.get(service) or components["by_kind"].get(kind) or by_service["other"])


def mapping() -> str:
    """The fingerprint of the whole mapping: it changes when any word of it does."""
    return fingerprint(table(FILE))
