from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

KEPT_PLANS = 500  # statements a connection keeps planned (settings); 100 would push out what a busy hour asks


class RecordsConfig(AppConfig):
    name = "wherewithal.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        connection_created.connect(_keep_plans, dispatch_uid="keep plans")


def _keep_plans(connection: Any, **_: Any) -> None:
    connection.connection.prepared_max = KEPT_PLANS
