"""How values reach the database: bound by the server, which keeps the plan of a statement by its words.

Three things follow (ADR 0003). A statement carries at most 65,535 values, so ``field__in=[...]`` sends one
array, and its words are the same however many there are. A whole number goes as the bytes of its column's
type: one too large is refused, not cut. A plan may outlive its table's shape: then the connection is closed.
"""

import sys
from typing import Any

from django.core.signals import got_request_exception
from django.db import NotSupportedError, connection
from django.db.backends.signals import connection_created
from django.db.models import Field
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In
from psycopg import DataError
from psycopg.types import numeric

KEPT_PLANS = 300  # statements a connection keeps planned: some 100 kB each of the server's memory


class _Array:
    """What Django makes of the values stays; only ``IN (%s, %s)`` becomes ``= ANY(%s)``."""

    def as_postgresql(self: Any, compiler: Any, connection: Any) -> tuple[str, Any]:
        words, params = self.as_sql(compiler, connection)
        if not self.rhs_is_direct_value():
            return words, params
        column, before = self.process_lhs(compiler, connection)
        values = [str(one) if isinstance(one, str) else one for one in params[len(before) :]]
        if words != f"{column} IN ({', '.join(['%s'] * len(values))})":
            return words, params  # values that are expressions, or that Django casts one by one
        return f"{column} = ANY(%s)", (*before, values)


class Among(_Array, In):
    pass


class RelatedAmong(_Array, RelatedIn):
    pass


class _Int2(numeric.Int2BinaryDumper):
    def dump(self, obj: Any) -> Any:
        return super().dump(_within(obj, 2**15))


class _Int4(numeric.Int4BinaryDumper):
    def dump(self, obj: Any) -> Any:
        return super().dump(_within(obj, 2**31))


def register() -> None:
    """For every field and every connection, as the application starts."""
    Field.register_lookup(Among)
    ForeignObject.register_lookup(RelatedAmong)
    connection_created.connect(_prepare, dispatch_uid="prepare a connection")
    got_request_exception.connect(_forget_plans, dispatch_uid="forget plans")


def _prepare(connection: Any, **_: Any) -> None:
    opened = connection.connection
    opened.prepared_max = KEPT_PLANS
    opened.adapters.register_dumper(numeric.Int2, _Int2)
    opened.adapters.register_dumper(numeric.Int4, _Int4)


def _within(number: int, beyond: int) -> int:
    if not -beyond <= number < beyond:
        raise DataError(f"{number} is out of range for its column.")
    return number


def _forget_plans(**_: Any) -> None:
    """A new version changed a table under a kept plan: the next request has a connection of its own."""
    if isinstance(sys.exc_info()[1], NotSupportedError) and not connection.in_atomic_block:
        connection.close()
