"""A reader that is killed, wherever it is, leaves nothing half kept; the next one reads the file anew."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from bringing import brought, reader, return_of
from django.db import connection
from making import at
from psycopg.conninfo import make_conninfo

from wherewithal.extract.brought_file import WORKPLACES, read, waiting
from wherewithal.records.models import BroughtFile, BroughtPart

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="kills as Linux does")]
HUNG = 15 * 60  # seconds after which something will never come: no measure of speed
READS = """
import sys, uuid, django
django.setup()
from django.utils import timezone
from wherewithal.actions.record import stand_in
from wherewithal.extract.brought_file import read
print("reads", flush=True)
read(uuid.UUID(sys.argv[1]), by=stand_in("reading-files", "Reading of files"), at=timezone.now())
"""


@pytest.fixture
def elsewhere(transactional_db, tmp_path, monkeypatch):
    """Starts readers as processes of their own, in the test's database and a temporary folder of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started = []

    def start(row: BroughtFile) -> subprocess.Popen:
        database = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
        environment = os.environ | {
            "DATABASE_URL": database, "DATABASE_ROLE": "wherewithal_app", "TMPDIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "wherewithal.config.settings",
        }  # fmt: skip
        one = subprocess.Popen(
            [sys.executable, "-c", READS, str(row.pk)], env=environment, stdout=subprocess.PIPE
        )
        started.append(one)
        assert one.stdout is not None
        assert one.stdout.readline() == b"reads\n"
        return one

    yield start
    for one in started:
        one.kill()
        one.wait(HUNG)
        one.stdout.close()


def until(true) -> None:
    give_up_at = time.monotonic() + HUNG
    while not true():
        assert time.monotonic() < give_up_at, "It does not come."
        time.sleep(0.01)


def kept() -> list[Path]:
    """Files of readers in the temporary folder."""
    return [path for path in Path(tempfile.gettempdir()).glob(f"{WORKPLACES}*/**/*") if path.is_file()]


@pytest.mark.parametrize("where", ["as it begins", "with the file put together", "while it counts"])
def test_after_a_kill_the_file_is_read_anew_and_nothing_of_it_is_left(elsewhere, where):
    row = brought(return_of(2_000))
    reached = {
        "as it begins": lambda: BroughtFile.objects.get(pk=row.pk).state == "reading",
        "with the file put together": lambda: any(path.name == "file.csv" for path in kept()),
        "while it counts": lambda: BroughtFile.objects.get(pk=row.pk).read_bytes == row.size,
    }[where]
    one = elsewhere(row)
    until(reached)
    one.send_signal(signal.SIGKILL)
    one.wait(HUNG)
    half = BroughtFile.objects.get(pk=row.pk)
    assert (half.state, half.health, half.counted, half.stands) == ("reading", None, None, None)
    assert (waiting(), row.parts.exists()) == ([row.pk], True)

    until(lambda: not held_elsewhere(row))
    read(row.pk, by=reader(), at=at())
    done = BroughtFile.objects.get(pk=row.pk)
    assert (done.state, done.tries, done.counted["people"]) == ("counted", 2, 2_000)
    assert (BroughtPart.objects.exists(), kept()) == (False, [])


def test_two_readers_of_one_file_are_one(elsewhere):
    row = brought(return_of(2_000))
    one = elsewhere(row)
    until(lambda: BroughtFile.objects.get(pk=row.pk).state == "reading")
    read(row.pk, by=reader(), at=at())
    assert BroughtFile.objects.get(pk=row.pk).tries == 1
    assert one.wait(HUNG) == 0
    assert BroughtFile.objects.get(pk=row.pk).state == "counted"


def held_elsewhere(row: BroughtFile) -> bool:
    """Whether the database still keeps the lock of whoever was killed."""
    with psycopg.connect(
        make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    ) as other:
        found = other.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
        return bool(found and found[0])
