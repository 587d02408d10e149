"""Apache Spark as the engine, for a national file that one machine does not hold; it comes as an extra."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import ibis

from wherewithal.core.refusal import Refusal

HERE = "local[*]"
"""All cores of this machine, in one process of Java's."""


class NoSpark(Refusal):
    """Something that Spark needs is not here; ``says`` tells what."""


@contextmanager
def spark(master: str = HERE, *, memory: str = "4g") -> Iterator[Any]:
    """An Ibis backend on Spark for as long as the block lasts: on this machine, or on the cluster ``master``.

    ``memory`` is what Java may take of this machine, as Java writes it. Files that are counted must lie where
    every machine of the cluster reads them. A Spark that runs in this process already is used as it is, and
    left running. Raises NoSpark where Java or PySpark is missing or will not start.
    """
    session_of = _builder(master, memory)
    with TemporaryDirectory(prefix="spark-", ignore_cleanup_errors=True) as folder:
        begun, session = _begun(session_of, folder)
        try:
            yield ibis.pyspark.connect(session)
        finally:
            if begun:
                session.stop()


def _builder(master: str, memory: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise NoSpark("Spark is not installed. Install it with: pip install wherewithal[spark]") from missing
    if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
        raise NoSpark("Spark needs Java 17 or newer, and no Java is here. Install one, or set JAVA_HOME.")
    settings = {
        "spark.driver.memory": memory,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
    }
    if master.startswith("local"):
        # What is counted on one machine opens no door to another.
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.appName("wherewithal").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder


def _begun(builder: Any, folder: str) -> tuple[bool, Any]:
    """Whether a Spark had to be started, and its session."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        return False, running
    try:
        return True, builder.config("spark.sql.warehouse.dir", folder).getOrCreate()
    except PySparkException as failed:
        raise NoSpark(
            "Java was found, but Spark did not start with it. Spark needs Java 17 or newer: "
            "run `java -version`, and set JAVA_HOME to a newer one."
        ) from failed
