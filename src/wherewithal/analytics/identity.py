"""Who a row is about, as a whole number: the published rule on whose row is whose, and a number that tells on
nobody.
"""

from typing import Any

import ibis
from ibis.expr.datatypes import int64, uint64

IDENTIFIERS = ("NHS_Number", "LA_Person_Unique_Identifier")

# DuckDB has functions for half an MD5 too, which take five times as long as the whole.
MACROS = """
CREATE OR REPLACE TEMP MACRO person_key(text) AS (md5_number(text) & 9223372036854775807)::BIGINT;
CREATE OR REPLACE TEMP MACRO person_check(text) AS (md5_number(text) >> 64)::UBIGINT;
"""
"""What a DuckDB must have run before it is asked for ``identified``."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def person_key(text: str) -> int64:
    """One half of the text's hash, without its sign."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def person_check(text: str) -> uint64:
    """The other half."""


def doubtful(rows: Any) -> Any:
    """The councils and their own numbers of rows without an NHS number, where the same number stands beside
    an NHS number elsewhere: such a row could be that person's or not.

    Source: NHS England, Central transformation principles: ASCOF, 2024, "Distinct headcount methodology".
    """
    named = rows.filter(_filled(rows.LA_Person_Unique_Identifier))
    named = named.select("LA_Code", own=_own_number(named), known=_filled(named.NHS_Number))
    both = named.group_by(["LA_Code", "own"]).aggregate(
        with_it=named.known.any(), without=(~named.known).any()
    )
    return both.filter(both.with_it & both.without).select("LA_Code", "own")


def identified(rows: Any, in_doubt: Any, salt: str) -> Any:
    """The rows whose person is known, each with ``person_key`` and ``person_check``.

    These are two halves of a hash, made with a ``salt`` that is thrown away, of the NHS number, else of the
    council's own number. ``in_doubt`` is what ``doubtful`` gave. Rows of nobody, and of those in doubt, are
    left out. Two people of one key have two checks.
    """
    has_nhs, has_own = _filled(rows.NHS_Number), _filled(rows.LA_Person_Unique_Identifier)
    rows = rows.filter(has_nhs | has_own)
    identity = ibis.cases(
        (has_nhs, ibis.literal(f"{salt} nhs ") + _nhs_number(rows)),
        else_=ibis.literal(f"{salt} own ") + rows.LA_Code + " " + _own_number(rows),
    )
    told = rows.mutate(identity=identity, own_alone=ibis.cases((~has_nhs, _own_number(rows))))
    known = told.anti_join(in_doubt, ["LA_Code", told.own_alone == in_doubt.own])
    return known.mutate(
        person_key=person_key(known.identity), person_check=person_check(known.identity)
    ).drop("identity", "own_alone")


def shared_keys(people: Any) -> Any:
    """How many keys are of more than one person."""
    of_one = people.group_by("person_key").aggregate(
        checks=people.person_check.min() != people.person_check.max()
    )
    return of_one.checks.sum()


def _filled(number: Any) -> Any:
    """Whether there is a number. Asked first, since to make one of its cell takes long."""
    return (number.strip() != "").fill_null(False)


def _nhs_number(rows: Any) -> Any:
    return rows.NHS_Number.replace(" ", "")


def _own_number(rows: Any) -> Any:
    return rows.LA_Person_Unique_Identifier.strip()
