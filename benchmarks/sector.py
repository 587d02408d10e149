"""The pages of published figures beside an empty page of the same server: asked anew each time, and again."""

import http.client
import shutil
import statistics
import sysconfig
import tempfile
import time
from pathlib import Path

from benchmarks.pages import database, served
from wherewithal.config.postgres import Server, binaries
from wherewithal.policy.councils import councils

ROUNDS = 60
SERIES = "/sector/take-up/ascof-3d-2024-25/3d-2a/"
SAME, ANOTHER = "the same each time", "another council each time"
EMPTY = ("an empty page", SAME)


def measure() -> str:
    """A table of p50 and p95 in milliseconds, and the ratio to the empty page."""
    home = Path(tempfile.mkdtemp(prefix="bench-"))
    server = Server(home / "postgres", binaries(Path(sysconfig.get_paths()["purelib"])))
    try:
        server.start()
        with served(database(server, "sector")) as port:
            seconds, sizes = timed(port)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
    return written(seconds, sizes)


def addresses(turn: int) -> dict[tuple[str, str], str]:
    """What is asked for in a turn."""
    code = councils()[turn % len(councils())].code
    return {
        EMPTY: "/budgets-explained/",
        ("the list of series", SAME): "/sector/take-up/",
        ("a council", SAME): "/sector/councils/820/",
        ("a council", ANOTHER): f"/sector/councils/{code}/",
        ("a series, a council marked", SAME): f"{SERIES}?council=820",
        ("a series, a council marked", ANOTHER): f"{SERIES}?council={code}",
        ("a series as a workbook", SAME): f"{SERIES}figures.ods?council=820",
    }


def timed(port: int) -> tuple[dict[tuple[str, str], list[float]], dict[tuple[str, str], int]]:
    """Seconds of each page in turn over one kept connection, after a warm-up; and the bytes of the last."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    seconds: dict[tuple[str, str], list[float]] = {name: [] for name in addresses(0)}
    sizes = {}
    for turn in range(ROUNDS + 5):
        for name, address in addresses(turn).items():
            started = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            sizes[name] = len(answer.read())
            if answer.status != 200:
                raise RuntimeError(f"{address} gave {answer.status}")
            if turn >= 5:
                seconds[name].append(time.perf_counter() - started)
    return seconds, sizes


def written(seconds: dict[tuple[str, str], list[float]], sizes: dict[tuple[str, str], int]) -> str:
    """The table, and what it was measured on."""
    p95 = {name: statistics.quantiles(times, n=20)[-1] * 1000 for name, times in seconds.items()}
    rows = ["| page | asked for | KB | p50 ms | p95 ms | p95 of the empty page |", "|" + " --- |" * 6]
    for name, times in seconds.items():
        page, asked = name
        median, ratio = statistics.median(times) * 1000, p95[name] / p95[EMPTY]
        size = sizes[name] / 1000
        rows.append(f"| {page} | {asked} | {size:.0f} | {median:.1f} | {p95[name]:.1f} | {ratio:.2f} |")
    words = f"{ROUNDS} rounds in turn over one kept connection, one web process, nobody signed in."
    return f"{words}\n\n" + "\n".join(rows)
