"""The pages that people open most, beside an empty page of the same server; queries at two sizes."""

import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from wherewithal.config.postgres import OWNER, WEB, Server, binaries

SIZES = (50, 200)
ROUNDS = 60
TITLES = {
    "empty": "an empty page",
    "my": "the person's budget",
    "caseload": "a caseload",
    "person": "a person's page",
}
Visits = dict[str, dict[str, Any]]


def measure() -> str:
    """A table of p50 and p95 in milliseconds, the ratio to the empty page, and query counts at each size."""
    home = Path(tempfile.mkdtemp(prefix="bench-"))
    server = Server(home / "postgres", binaries(Path(sysconfig.get_paths()["purelib"])))
    try:
        server.start()
        visits: dict[int, Visits] = {}
        for size in SIZES:
            environment = council(server, size)
            visits[size] = json.loads(call(["-m", "benchmarks.visits"], environment))
        with served(environment) as port:
            seconds = timed(visits[size], port)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
    return written(visits, seconds)


def council(server: Server, size: int) -> dict[str, str]:
    """A migrated database with ``size`` made-up people; its environment."""
    environment = database(server, f"council{size}")
    making = ["simulate", "council", "--people", str(size), "--seed", "11"]
    call(["-m", "wherewithal.cli", *making], environment)
    return environment


def database(server: Server, name: str) -> dict[str, str]:
    """A migrated database with nobody in it; its environment."""
    with psycopg.connect(server.url(OWNER, "postgres"), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}")
    shared = os.environ | {
        "DJANGO_SETTINGS_MODULE": "wherewithal.config.settings",
        "WHEREWITHAL_SECRET_KEY": "only to measure",
        "WHEREWITHAL_DEMO": "1",
        "WHEREWITHAL_STATIC": str(server.home / "static"),
    }
    as_owner = shared | {"DATABASE_URL": server.url(OWNER, name), "DATABASE_ROLE": ""}
    call(["-m", "wherewithal.cli", "setup", "--login", WEB], as_owner)
    return shared | {"DATABASE_URL": server.url(WEB, name)}


def timed(visits: Visits, port: int) -> dict[str, list[float]]:
    """Seconds of each page in turn over one kept connection, after a warm-up."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found: dict[str, list[float]] = {name: [] for name in visits}
    for turn in range(ROUNDS + 5):
        for name, visit in visits.items():
            started = time.perf_counter()
            connection.request("GET", visit["address"], headers={"Cookie": f"sessionid={visit['session']}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{visit['address']} gave {answer.status}")
            if turn >= 5:
                found[name].append(time.perf_counter() - started)
    return found


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    """A real web server on a free port, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "wherewithal.config.wsgi", "-b", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "4", "--keep-alive", "30", "--log-level", "warning"]
    command.append("--no-control-socket")
    web = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        web.terminate()
        web.wait(timeout=20)


def call(words: list[str], environment: dict[str, str]) -> str:
    """Run a Python program in a council's environment; what it printed."""
    done = subprocess.run([sys.executable, *words], env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}")
    return done.stdout


def written(visits: dict[int, Visits], seconds: dict[str, list[float]]) -> str:
    """The table, and what it was measured on."""
    p95 = {name: statistics.quantiles(times, n=20)[-1] * 1000 for name, times in seconds.items()}
    sizes = " | ".join(f"queries at {size}" for size in SIZES)
    rows = [
        f"| page | p50 ms | p95 ms | p95 of the empty page | {sizes} |",
        "|" + " --- |" * (4 + len(SIZES)),
    ]
    for name, title in TITLES.items():
        counts = " | ".join(str(visits[size][name]["queries"]) for size in SIZES)
        median = statistics.median(seconds[name]) * 1000
        rows.append(
            f"| {title} | {median:.1f} | {p95[name]:.1f} | {p95[name] / p95['empty']:.2f} | {counts} |"
        )
    words = f"{SIZES[-1]} made-up people, {ROUNDS} rounds in turn over one kept connection, one web process."
    return f"{words}\n\n" + "\n".join(rows)
