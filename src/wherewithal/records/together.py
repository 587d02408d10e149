"""A migration operation that makes many tables at once.

Django renders every related model again after each small operation; with a history table beside each noun
and everybody pointing at the user, the record's migration took 88 seconds that way and takes 2 in one piece.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """Takes the state through ``operations``, then makes each table once, whole, and its triggers.

    A new table gets its last shape from ``CreateModel``, so the fields, constraints and indexes that later
    operations in the list add to it are there already; foreign keys are deferred by the schema editor.
    Only for operations on tables that this list itself creates, and for triggers on others.
    """

    reduces_to_sql = True
    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for kind in (CreateModel, AddTrigger):
            for operation in self.operations:
                if isinstance(operation, kind):
                    operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Make the tables together"
