"""Whether parts and wholes agree: lists and tables against totals, what remains, those who answered."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from wherewithal.analytics.claims.bases import UNIT, Base, Bases, did_not_answer
from wherewithal.analytics.claims.fault import Fault
from wherewithal.analytics.claims.passages import Breakdown, Section
from wherewithal.analytics.claims.shares import Share

_OF_WHICH = re.compile(r"^\W*of (?:which|these|whom)\b", re.I)
_REMAINING = re.compile(
    r"\bremaining (?:respondents|councils|authorities|responses|replies|participants)\b", re.I
)
_TOTAL = re.compile(r"^\W*(?:grand )?total\b|^\W*all\b", re.I)


def gaps(sections: Sequence[Section]) -> dict[str, list[int]]:
    """For each section's number, how many did not answer by its own words."""
    found: dict[str, list[int]] = defaultdict(list)
    for section in sections:
        for sentence in section.sentences:
            found[section.number] += did_not_answer(sentence)
    return found


def sums(sections: Sequence[Section]) -> Iterator[Fault]:
    """The parts of a list add up to the total that leads it, and a table's rows to its total."""
    for section in sections:
        total: int | None = None
        for breakdown in section.breakdowns:
            yield from _table(breakdown)
            stated = _total_of(breakdown, total)
            parts = _leading_counts(breakdown)
            if stated is not None and parts is not None and sum(parts) != stated:
                added = " + ".join(map(str, parts))
                yield Fault(
                    "sum", breakdown.place, f"{breakdown.lead} {'; '.join(i.text for i in breakdown.items)}",
                    f"The parts add to {sum(parts)} ({added}), the total is {stated}.{_twice(parts, stated)}",
                )  # fmt: skip
            total = stated if stated is not None else total


def _total_of(breakdown: Breakdown, before: int | None) -> int | None:
    """The total that the sentence before a list states; for "Of which" the total of the list before."""
    if _OF_WHICH.match(breakdown.lead):
        return before
    found = re.match(
        rf"^\W*(?:the |all |of the )?(\d[\d,]*) {UNIT}\b.*(?:were|are|was|comprised?|included?)?\W*:?$",
        breakdown.lead,
        re.I,
    )
    return int(found[1].replace(",", "")) if found and breakdown.lead.rstrip().endswith(":") else None


def _leading_counts(breakdown: Breakdown) -> list[int] | None:
    """The count that each item begins with; None when one has none."""
    counts = [
        next((int(n.value) for n in item.numbers[:1] if n.kind == "count" and n.at <= 6), None)
        for item in breakdown.items
    ]
    return (
        [count for count in counts if count is not None] if None not in counts and len(counts) > 1 else None
    )


def _twice(parts: Sequence[int], total: int) -> str:
    over = sum(parts) - total
    return f" One part of {over} may be counted twice." if over in parts else ""


def _table(breakdown: Breakdown) -> Iterator[Fault]:
    rows = [item.text.split("\t") for item in breakdown.items if "\t" in item.text]
    if len(rows) < 3 or not _TOTAL.match(rows[-1][0]):
        return
    for column in range(1, len(rows[-1])):
        cells = [_whole(row[column]) if column < len(row) else None for row in rows]
        *parts, total = cells
        known = [part for part in parts if part is not None]
        if total is not None and len(known) >= 2 and len(known) >= len(parts) - 1 and sum(known) != total:
            yield Fault(
                "sum", breakdown.items[-1].place, " | ".join(rows[-1]),
                f"Column {column + 1} adds to {sum(known):,}; its total says {total:,}.",
            )  # fmt: skip


def _whole(cell: str) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,3}(?:,\d{3})+|\d+)\s*", cell)
    return int(found[1].replace(",", "")) if found else None


def remaining(sections: Sequence[Section], shares: Sequence[Share], bases: Bases) -> Iterator[Fault]:
    """ "The remaining 6" make the whole with those before; what is told of a rest is no more than it."""
    if bases.cohort is None:
        return
    whole = bases.cohort
    for section in sections:
        for index, breakdown in enumerate(section.breakdowns):
            first = _leading_counts(breakdown)
            rest = section.breakdowns[index + 1 :]
            if first and rest and _REMAINING.search(rest[0].lead):
                yield from _of_the_rest(section, whole, first, rest, shares)
        yield from _remaining_count(section, whole, shares)


def _of_the_rest(
    section: Section, whole: Base, first: Sequence[int], rest: Sequence[Breakdown], shares: Sequence[Share]
) -> Iterator[Fault]:
    left = whole.value - sum(first)
    told = [int(n.value) for part in rest for item in part.items for n in item.numbers if n.kind == "count"]
    told += [s.count for s in shares if s.section is section and s.words is not None and s.count is not None]
    told += _subjects(section, rest[-1])
    if sum(told) > left:
        yield Fault(
            "parts", rest[0].place, rest[0].lead,
            f"{whole} less {sum(first)} ({', '.join(map(str, first))}) leaves {left}; what is then told of "
            f"the rest adds to {sum(told)} or more ({', '.join(map(str, told))}). The parts cannot exclude "
            "each other, and the report does not say that a council may be in several.",
        )  # fmt: skip


def _subjects(section: Section, after: Breakdown) -> list[int]:
    """Counts of councils that sentences after the list begin with: "five councils had ..."."""
    last = section.sentences.index(after.items[-1])
    found = []
    for sentence in section.sentences[last + 1 :]:
        for number in sentence.numbers[:1]:
            lead = sentence.text[: number.at]
            if (
                number.kind == "count"
                and number.value > 1
                and re.match(rf"\s+{UNIT}\b", sentence.text[number.to :])
                and len(lead) < 50
            ):
                found.append(int(number.value))
    return found


def _remaining_count(section: Section, whole: Base, shares: Sequence[Share]) -> Iterator[Fault]:
    own = [share for share in shares if share.section is section and share.count is not None]
    for index, share in enumerate(own):
        if not re.match(r"^\W*(?:the )?remaining\b", share.sentence.text, re.I):
            continue
        before = [one.count or 0 for one in own[:index]]
        sums = list(accumulate(reversed(before)))
        if before and whole.value - (share.count or 0) not in sums:
            yield Fault(
                "parts", share.sentence.place, share.sentence.text,
                f"{share.count} remaining and {before[-1]} before are {before[-1] + (share.count or 0)}, "
                f"not {whole}.",
            )  # fmt: skip


def answered(sections: Sequence[Section], bases: Bases) -> Iterator[Fault]:
    """ "The eight who responded": a group less those who did not, both as the same chapter tells them."""
    for base in bases.all:
        if base.kind != "answered":
            continue
        chapter = [section for section in sections if section.chapter == base.section]
        groups = _groups(chapter, bases)
        missing = sorted({gap for section in chapter for s in section.sentences for gap in did_not_answer(s)})
        if not missing or base.value in groups:
            continue
        left = {(group, gap): group - gap for group in groups for gap in missing if group > gap}
        if left and base.value not in left.values():
            (group, gap), rest = min(left.items(), key=lambda one: (abs(one[1] - base.value), one[0]))
            said = next(s.text for section in chapter for s in section.sentences if s.place == base.place)
            yield Fault(
                "answered", base.place, said,
                f"{base.value} are said to have answered, but {group} less the {gap} who did not is {rest}. "
                f"{abs(rest - base.value)} are not told of.",
            )  # fmt: skip


def _groups(chapter: Sequence[Section], bases: Bases) -> list[int]:
    """The counts with a percentage, and the cohort: what somebody in the chapter can be missing from."""
    found = {
        int(n.value)
        for section in chapter
        for s in section.sentences
        for n in s.numbers
        if n.kind == "count" and s.text[n.to :].lstrip().startswith("(")
    }
    return sorted(found | ({bases.cohort.value} if bases.cohort else set()), reverse=True)
