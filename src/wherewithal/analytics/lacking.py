"""Figures of an extract that lacks what they are counted by: not available, and never 0.

Where nothing tells who has a direct payment, a count of direct payments would find nobody. That is no count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from wherewithal.analytics.told import Told
from wherewithal.policy.measure import Measure, measure
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_kinds import InYear, OneSetting
from wherewithal.policy.measure_particulars import Particulars
from wherewithal.policy.measure_rows import Amounts, People

Part = tuple[str, str]
"""A field of Client Level Data and one of its words, '' for whatever stands in it."""
COSTS = {(name, "") for name in ("Unit_Cost", "Cost_Frequency_Unit_Type", "Planned_units_per_week")}
TYPE = "Client_Type"


def without(figures: Iterable[Told], lacking: Mapping[str, Collection[Part]]) -> list[Told]:
    """The figures; those that need what is lacking have status ``x``, no value and no numerator.

    ``lacking`` is what the extract does not hold, in words, and the fields and words that would tell it. The
    base stays where it is known who is in it; where that is lacking too, it is not told either.
    """
    return [_told(one, lacking) for one in figures]


def lacks(one: Measure, lacking: Mapping[str, Collection[Part]]) -> list[str]:
    """What an extract does not hold without which the measure cannot be counted, in words."""
    return [what for what, parts in lacking.items() if _needs(reads(one), parts)]


def reads(one: Measure) -> set[Part]:
    """The words by which a measure counts, each with its field, and for amounts the fields of the costs."""
    if isinstance(one.counts, Particulars):
        return set()
    return {*one.counts.uses()} | (COSTS if isinstance(one.counts, Amounts) else set())


def base_reads(one: Measure) -> set[Part]:
    """Those of them that tell who is in the base."""
    counts, types = one.counts, {part for part in reads(one) if part[0] == TYPE}
    if isinstance(counts, People):
        return types | {part for clause in counts.who for part in clause.uses()}
    if isinstance(counts, Amounts | Days):
        return reads(one)
    if isinstance(counts, InYear):
        left_out = InYear((), (), counts.leaves_out, counts.words)
        return types | {*left_out.uses()}
    return types | (_of_counted(counts) if isinstance(counts, OneSetting) else set())


def _of_counted(counts: OneSetting) -> set[Part]:
    """The mechanisms of the settings that are counted, unless a blank one is counted with them."""
    of_type: dict[str, set[str]] = {}
    for setting in counts.settings:
        if setting.rank in counts.counted_ranks:
            of_type.setdefault(setting.service_type, set()).update(setting.mechanisms or ("",))
    known = [words for words in of_type.values() if "" not in words]
    return {("Delivery_Mechanism", word) for words in known for word in words}


def _needs(read: Collection[Part], parts: Collection[Part]) -> bool:
    """Of the types of people that a measure counts, all must be lacking; of anything else, one is enough."""
    fields = {field for field, _ in read}
    types = {part for part in read if part[0] == TYPE}
    return bool(types and types <= {*parts}) or any(
        field in fields if word == "" else (field, word) in read for field, word in parts if field != TYPE
    )


def _told(figure: Told, lacking: Mapping[str, Collection[Part]]) -> Told:
    of = measure(figure.measure)
    if not (missing := lacks(of, lacking)):
        return figure
    unknown = any(_needs(base_reads(of), parts) for parts in lacking.values())
    base = f"{figure.base}; {' and '.join(missing)}: not in this extract"
    told = replace(figure, numerator=None, value=None, status="x", base=base)
    if not unknown:
        return told
    _, _, of_whom = base.partition(" ")
    if of_whom.startswith(f"{of.people_one} "):
        of_whom = of.people_many + of_whom.removeprefix(of.people_one)
    return replace(told, denominator=None, highest=None, base=f"[x] {of_whom}")
