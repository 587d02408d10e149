"""The state of a file of Client Level Data, told on the terminal or to machines."""

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from wherewithal.cli.files import plain
from wherewithal.core.period import written
from wherewithal.core.return_check import LEVELS, verdict
from wherewithal.formats.cld import Fault, Health
from wherewithal.policy.client_level_data import Effect
from wherewithal.policy.councils import called


def print_health(name: str, health: Health) -> None:
    """All of it, to read: the file, then its faults by how grave they are."""
    for line in _about(name, health):
        _print(line)
    for level, heading in LEVELS.items():
        faults = [fault for fault in health.faults if fault.level == level]
        if faults:
            print(f"\n{heading}")
            _print_faults(faults)
    print()
    _print(verdict(health.worst or "", health.blanked))


def as_json(name: str, health: Health) -> str:
    """All of it, for machines; measures by their ids."""
    found = {
        "file": name,
        "verdict": health.worst or "in order",
        "rows": health.rows,
        "people": health.people,
        "councils": health.councils,
        "stated": health.stated,
        "seen": health.seen,
        "absent": health.absent,
        "blanked": health.blanked,
        "faults": [fault.kept() for fault in health.faults],
    }
    return json.dumps(plain(found), ensure_ascii=False, indent=1) + "\n"


def times(many: int) -> str:
    """``once``, ``twice``, ``1,200 times``."""
    return {1: "once", 2: "twice"}.get(many, f"{many:,} times")


def _about(name: str, health: Health) -> Iterator[str]:
    people = "1 person" if health.people == 1 else f"{health.people:,} people"
    yield f"{name}: {_many(health.rows, 'row')} about {people}"
    councils = [f"{called(code)}, {_many(rows, 'row')}" for code, rows in health.councils.items()]
    if len(councils) > 5:
        councils = [f"{len(councils)} councils"]
    if councils:
        yield "Of " + "; ".join(councils)
    for words, (first, last) in (("Period as stated", health.stated), ("Events seen", health.seen)):
        if first and last:
            yield f"{words}: {written(first)} to {written(last)}"
    if health.absent:
        yield f"Columns that are not there: {', '.join(health.absent)}"


def _print_faults(faults: list[Fault]) -> None:
    """Faults of one field together, and once what they do to the measures."""
    in_order = sorted(faults, key=lambda one: (one.field, one.of))  # stable: the most frequent stay first
    for (field, of), alike in groupby(in_order, key=lambda one: (one.field, one.of)):
        group = list(alike)
        _print(", ".join(part for part in (field or "Rows", of) if part), indent=2)
        for fault in group:
            _print(_line(fault), indent=4)
        for words in _effects(group):
            _print(words, indent=6)


def _line(fault: Fault) -> str:
    stood = f"“{fault.value[:60]}”" if fault.value else "nothing"
    read = f", read as “{fault.now}”" if fault.now else f"; expected {fault.expected}"
    rows = ", ".join(map(str, fault.rows[:5]))
    more = ", ..." if fault.times > 5 else ""
    where = f"row{'' if fault.times == 1 else 's'} {rows}{more}"
    return f"{stood}{read}: {times(fault.times)}, {where}"


def _effects(group: list[Fault]) -> Iterator[str]:
    """What the faults of a group do together."""
    rows: Counter[Effect] = Counter()
    for one in (on for fault in group for on in fault.effects):
        rows[one.effect] += one.rows
    for effect, many in rows.items():
        of = f", {effect.of}" if effect.of and not group[0].of else ""
        yield f"In {_many(many, 'row')}{of}: {effect.says}"


def _print(words: str, indent: int = 0) -> None:
    """A paragraph as wide as the terminal; what does not fit on its first line stands further in."""
    width = max(shutil.get_terminal_size().columns, 40)
    print(
        textwrap.fill(
            words, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
            break_long_words=False, break_on_hyphens=False,
        )
    )  # fmt: skip


def _many(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
