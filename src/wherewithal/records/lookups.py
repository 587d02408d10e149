"""``field__in=[...]`` with all its values in one array.

Bound by the server, a statement takes at most 65,535 values, and its plan is kept by its words. As an array a
hundred thousand ids are one value, and however many there are, the words stay the same.
"""

from typing import Any

from django.db.models import Field
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


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


def register() -> None:
    """For every field, as the application starts."""
    Field.register_lookup(Among)
    ForeignObject.register_lookup(RelatedAmong)
