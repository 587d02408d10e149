import sys
from typing import Any

from django.apps import AppConfig
from django.core.signals import got_request_exception
from django.db import NotSupportedError, connection
from django.db.backends.signals import connection_created

KEPT_PLANS = 300  # statements a connection keeps planned: some 100 kB each of the server's memory


class RecordsConfig(AppConfig):
    name = "wherewithal.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from wherewithal.records import lookups

        lookups.register()
        connection_created.connect(_keep_plans, dispatch_uid="keep plans")
        got_request_exception.connect(_forget_plans, dispatch_uid="forget plans")


def _keep_plans(connection: Any, **_: Any) -> None:
    connection.connection.prepared_max = KEPT_PLANS


def _forget_plans(**_: Any) -> None:
    """A new version changed a table under a kept plan: the next request has a connection of its own."""
    if isinstance(sys.exc_info()[1], NotSupportedError) and not connection.in_atomic_block:
        connection.close()
