"""One measure's definition as its file has it: put together from its file, population and own lines."""

from collections.abc import Mapping
from typing import Any

from wherewithal.core.policy import fingerprint
from wherewithal.policy import names, table
from wherewithal.policy.rows import Misspelt, Row

KNOWN = """
title plain kind population numerator people_one people_many base reading source verified breaks breakdowns
unit decimals holds_from holds_until local of_whom as_in capacities self_directed leaves_out exclusions words
per name client_types when settings counted_ranks numerator_ranks support rows who has has_none costs
least_pounds below_pounds value from to source_of_days assessments led_on what each about said said_about sign
"""
# What stands beside a definition and is no part of it: a figure's definition does not change with it.
BESIDE = ("measures", "populations", "published", "highest")
FORMATS = {"first": "", "last": "", "before": "", "without": ""}


class NotThere(Exception):
    """A file or a population that a definition stands on and that does not exist."""


def body_of(where: str, id: str, file: Mapping[str, Any]) -> dict[str, Any]:
    """All that defines one measure: of the file that it stands on (``as_in``), of its own file, of its
    population, and of its own lines, the nearer before the farther. Raises Misspelt and NotThere.
    """
    whole = _standing_on(where, file)
    own = Row(where, whole["measures"]).inner(id).body
    shared = {}
    if named := own.get("population"):
        populations = whole.get("populations", {})
        if populations and named not in populations:
            raise NotThere(f"{where}: there is no population “{named}” in the file")
        shared = populations.get(named, {})
    mine = {key: part for key, part in own.items() if not (key == "population" and shared)}
    body = {**whole, **shared, **mine}
    body = {key: part for key, part in body.items() if key not in BESIDE}
    Row(where, body).only(KNOWN)
    return _in_its_words(where, body)


def definition_of(id: str, body: Mapping[str, Any]) -> str:
    """The name of exactly this definition."""
    return f"{id}@{fingerprint(body)[:12]}"


def misspelt_word(counts: Any) -> str:
    """The first word that a measure counts by and Client Level Data does not have, in a sentence; '' if none.

    Lists that are not known to be complete let any word through.
    """
    return_file = table("national/client-level-data")
    lists = return_file["values"]
    fields = {field["name"] for field in return_file["fields"]}
    for field, word in counts.uses() if hasattr(counts, "uses") else ():
        if field not in fields:
            return f"Client Level Data has no field “{field}”"
        if field in lists and lists[field]["complete"] and word not in lists[field]["words"]:
            return f"“{word}” is no word of {field}"
    return ""


def _standing_on(where: str, file: Mapping[str, Any]) -> dict[str, Any]:
    """The file with what it does not say itself taken from the one that it stands on."""
    if "as_in" not in file:
        return dict(file)
    on = f"measures/{file['as_in']}"
    if on not in names("measures"):
        raise NotThere(f"{where}: there is no file “{file['as_in']}” to stand on")
    theirs = table(on)
    populations = {**theirs.get("populations", {})}
    for name, own in file.get("populations", {}).items():
        populations[name] = {**populations.get(name, {}), **own}
    return {**theirs, **file, "populations": populations}


def _in_its_words(where: str, body: dict[str, Any]) -> dict[str, Any]:
    if "of_whom" in body:
        body["population"] = body["of_whom"]
    if "exclusions" in body and isinstance(body.get("leaves_out"), list):
        if lost := set(body["leaves_out"]) - set(body["exclusions"]):
            raise NotThere(f"{where}: there is no exclusion “{min(lost)}” in the file")
        body["exclusions"] = {key: body["exclusions"][key] for key in body["leaves_out"]}
    try:
        str(body.get("base", "")).format(**FORMATS)
    except (KeyError, IndexError, ValueError):
        told = ", ".join(f"{{{key}}}" for key in FORMATS)
        raise Misspelt(f"{where}: “base” may hold {told} in braces and nothing else") from None
    return body
