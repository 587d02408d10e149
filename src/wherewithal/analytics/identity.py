"""Who a row is about, as a whole number: the published rule on whose row is whose, and a number that tells on
nobody.
"""

from typing import Any

import ibis
from ibis.expr.datatypes import uint64

SIGNED = ibis.literal(2**63, "uint64")  # a half of the hash as a number that every engine holds
IDENTIFIERS = ("NHS_Number", "LA_Person_Unique_Identifier")


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def md5_number_lower(text: str) -> uint64:
    """One half of the text's hash, by a function of DuckDB's."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def md5_number_upper(text: str) -> uint64:
    """The other half."""


def doubtful(rows: Any) -> Any:
    """The councils and their own numbers of rows without an NHS number, where the same number stands beside
    an NHS number elsewhere: such a row could be that person's or not.

    Source: NHS England, Central transformation principles: ASCOF, 2024, "Distinct headcount methodology".
    """
    named = rows.select("LA_Code", own=own_number(rows), known=nhs_number(rows).notnull())
    named = named.filter(named.own.notnull())
    without = named.filter(~named.known).select("LA_Code", "own").distinct()
    return (
        named.filter(named.known).semi_join(without, ["LA_Code", "own"]).select("LA_Code", "own").distinct()
    )


def identified(rows: Any, in_doubt: Any, salt: str) -> Any:
    """The rows whose person is known, each with ``person_key`` and ``person_check``.

    These are two halves of a hash, made with a ``salt`` that is thrown away, of the NHS number, else of the
    council's own number. ``in_doubt`` is what ``doubtful`` gave. Rows of nobody, and of those in doubt, are
    left out. Two people of one key have two checks.
    """
    rows = rows.mutate(nhs=nhs_number(rows), own=own_number(rows))
    of_nhs = rows.filter(rows.nhs.notnull())
    of_council = rows.filter(rows.nhs.isnull() & rows.own.notnull())
    known = of_nhs.union(of_council.anti_join(in_doubt, ["LA_Code", "own"]))
    identity = ibis.cases(
        (known.nhs.notnull(), ibis.literal(f"{salt} nhs ") + known.nhs),
        else_=ibis.literal(f"{salt} own ") + known.LA_Code + " " + known.own,
    )
    return known.mutate(
        person_key=(md5_number_lower(identity) % SIGNED).cast("int64"),
        person_check=md5_number_upper(identity),
    ).drop("nhs", "own")


def shared_keys(people: Any) -> Any:
    """How many keys are of more than one person."""
    of_one = people.group_by("person_key").aggregate(
        checks=people.person_check.min() != people.person_check.max()
    )
    return of_one.checks.sum()


def nhs_number(rows: Any) -> Any:
    """The NHS number without its spaces; empty where there is none."""
    return rows.NHS_Number.replace(" ", "").nullif("")


def own_number(rows: Any) -> Any:
    """The council's own number; empty where there is none."""
    return rows.LA_Person_Unique_Identifier.strip().nullif("")
