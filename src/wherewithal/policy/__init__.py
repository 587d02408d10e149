"""What is in force: dated numbers and words as TOML beside this file, each with its source.

``parameters("national/charging")`` reads one file (once). The layout of a parameter file:

    title = "What people pay"   # of the file

    [upper_capital_limit]
    title = "Upper capital limit"
    unit = "pence"
    [[upper_capital_limit.values]]
    from = 2015-04-01
    value = 2325000
    source = "SI 2014/2672 reg 12"
    verified = true            # false: every page and letter that used it says so
    # until = 2016-03-31       # only where the next value does not follow at once
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from wherewithal.core.policy import Dated, NoPolicy, Parameter, index

HERE = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """A whole policy file as TOML reads it; ``name`` is its path here without the ending."""
    path = HERE / f"{name}.toml"
    if not path.is_file():
        raise NoPolicy(f"There is no policy file “{name}”.")
    return read_table(path)


def read_table(path: Path) -> dict[str, Any]:
    """A file as TOML reads it, ours or anybody's. Raises NoPolicy, which names the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise NoPolicy(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise NoPolicy(f"{path.name} is no TOML file: {fault}.") from fault


def title(name: str) -> str:
    """What a policy file is about, as pages and the reference call it."""
    try:
        return str(table(name)["title"])
    except KeyError:
        raise NoPolicy(f'{name}.toml has no title. Put one at its top: title = "...".') from None


@cache
def parameters(name: str) -> dict[str, Parameter]:
    """Every dated parameter of a file, by name; a fault names the file and the parameter."""
    bodies = {key: body for key, body in table(name).items() if isinstance(body, dict) and "values" in body}
    return index(_parameter(name, key, body) for key, body in bodies.items())


def names(folder: str) -> list[str]:
    """The policy files of a folder, as ``table`` takes them, in alphabetical order."""
    return sorted(f"{folder}/{path.stem}" for path in (HERE / folder).glob("*.toml"))


def _parameter(file: str, key: str, body: dict[str, Any]) -> Parameter:
    values = []
    for row in body["values"]:
        missing = {"from", "value", "source"} - row.keys()
        if missing or not isinstance(row["from"], date):
            raise NoPolicy(f"In {file}.toml, {key}: each value needs “from” (a date), “value” and “source”.")
        values.append(
            Dated(row["value"], row["from"], row["source"], row.get("verified", True), row.get("until"))
        )
    return Parameter(key, body["title"], body["unit"], tuple(values))
