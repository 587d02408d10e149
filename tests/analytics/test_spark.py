"""The same measures on Spark: every row of the specs again, and made-up councils beside DuckDB.

Runs where Java and the extra ``spark`` are installed, and says so where it does not.
"""

import importlib.util
import random
import sys
from datetime import date
from pathlib import Path

import ibis
import pytest
from analytics.test_engines_agree import SHARES, YEAR, council, told

from wherewithal.analytics import engine
from wherewithal.analytics.count import count
from wherewithal.analytics.people import standings
from wherewithal.analytics.schema import as_table
from wherewithal.analytics.spark import NoSpark, spark
from wherewithal.policy.measure import measures

SPECS = Path(__file__).resolve().parents[1] / "spec"
OF_MEASURES = ("measures", "local_measures", "journey", "budgets", "rates", "offers_and_reviews")


@pytest.fixture(scope="module")
def on_spark():
    """A Spark of this machine, for tables so small that one piece of work is enough."""
    try:
        with spark() as backend:
            backend.raw_sql("SET spark.sql.shuffle.partitions = 1")
            yield backend
    except NoSpark as absent:
        pytest.skip(absent.says)


def spec_rows():
    for slug in OF_MEASURES:
        path = SPECS / f"spec_{slug}.py"
        spec = importlib.util.spec_from_file_location(f"spec_on_spark.{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for table in module.PAGE.tables:
            for number, row in enumerate(table.rows, 1):
                yield pytest.param(table, row, id=f"{slug}: {table.title}: {number}")


@pytest.mark.slow
@pytest.mark.parametrize("table, row", list(spec_rows()))
def test_spark_gives_what_the_spec_says(on_spark, table, row):
    inputs, expected = row[: len(table.given)], row[len(table.given) :]
    with engine.counting_on(on_spark):
        answer = table.run(*inputs)
    assert answer == (expected if len(table.then) > 1 else expected[0])


@pytest.mark.slow
def test_made_up_councils_are_counted_alike(on_spark):
    dice = random.Random(20110902)
    rows = [row for number in range(6) for row in council(f"C{number:02}", dice)]
    for period in (YEAR, YEAR.so_far(date(2025, 9, 30))):
        assert count(rows, SHARES, period, connection=on_spark) == count(rows, SHARES, period)
        ours, theirs = (standings(rows, SHARES, period, connection=one) for one in (None, on_spark))
        assert ours.to_pylist() == theirs.to_pylist()


@pytest.mark.slow
def test_what_a_council_set_itself_is_counted_alike(on_spark):
    dice = random.Random(20110903)
    rows = [row for key in range(200) for row in told(key, dice)]
    ids = [one.id for one in measures().values() if one.local]
    ours, theirs = (count([], ids, YEAR, particulars=rows, connection=one) for one in (None, on_spark))
    assert ours == theirs
    assert any(figure.denominator for figure in ours)


@pytest.mark.slow
def test_an_events_table_in_files_is_counted_where_it_lies(on_spark, tmp_path):
    rows = as_table(council("C00", random.Random(1)))
    ibis.memtable(rows).to_parquet(tmp_path / "events.parquet")
    events = on_spark.read_parquet(str(tmp_path / "events.parquet"))
    assert count(events, SHARES, YEAR, connection=on_spark) == count(rows, SHARES, YEAR)


def test_without_pyspark_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(NoSpark, match=r"pip install wherewithal\[spark\]"), spark():
        pass


def test_without_java_it_is_said_what_is_missing(monkeypatch):
    pytest.importorskip("pyspark", reason="the extra “spark” is not installed")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(NoSpark, match="no Java is here"), spark():
        pass
