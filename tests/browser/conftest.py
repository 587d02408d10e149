"""The made-up council in a database of its own, served as in real life, and a real Chromium before it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from browser.visitor import DESK, Visitor
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, sync_playwright
from psycopg.conninfo import make_conninfo

from wherewithal.config.chores import on_the_path
from wherewithal.records import grants

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, SEED = "40", "11"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def house_environment(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the migrated test database, filled by the simulation, as the application's role sees it."""
    template = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        connections.close_all()  # a database is copied only while nobody is in it
    council, server = f"{template}_browser", os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{council}"')
        owner.execute(f'CREATE DATABASE "{council}" TEMPLATE "{template}"')
    environment = os.environ | {
        "DATABASE_URL": make_conninfo(server, dbname=council),
        "DATABASE_ROLE": grants.ROLE,
        "DJANGO_SETTINGS_MODULE": "wherewithal.config.settings",
        "WHEREWITHAL_DEMO": "1",
        "WHEREWITHAL_SECRET_KEY": settings.SECRET_KEY,
        "WHEREWITHAL_STATIC": str(tmp_path_factory.mktemp("static")),
    }
    for words in (
        ["-m", "django", "collectstatic", "--no-input", "-v0"],
        ["-m", "wherewithal.cli", "simulate", "council", "--people", PEOPLE, "--seed", SEED],
    ):
        subprocess.run([sys.executable, *words], env=environment, check=True)
    yield environment
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f'DROP DATABASE "{council}" WITH (FORCE)')


@pytest.fixture(scope="session")
def make(house_environment) -> Iterator[Callable[..., Any]]:
    """Runs a program of this folder in the made-up council's database: ``make("held_review", "Rhea Review")``
    gives what it printed as JSON. One process runs them all, since to start takes it longer than to run one.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "browser.programs"],
        env=house_environment | {"PYTHONPATH": str(ROOT / "tests")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def run(*words: str) -> Any:
            print(json.dumps(words), file=process.stdin, flush=True)
            return json.loads(process.stdout.readline())

        yield run
        process.stdin.close()


@pytest.fixture(scope="session")
def more_people(make) -> dict[str, list[str]]:
    """Pages that links may not lead to today: route -> as whom, and the address (more_people.py)."""
    return make("more_people")


@dataclass(frozen=True)
class House:
    """A real web server: where it answers, what it printed (letters too), and its clock."""

    address: str
    said: Path
    days_later: Path

    def put_clock_on(self, days: int) -> None:
        """It is so many days later than in truth."""
        self.days_later.write_text(str(days))

    def letter_to(self, email: str) -> str:
        """The last email to somebody: a house without a mail server prints its letters."""
        letters = self.said.read_text().split("Content-Type: text/plain")
        return next(letter for letter in reversed(letters) if f"To: {email}\n" in letter)


@pytest.fixture(scope="session")
def house(house_environment, tmp_path_factory):
    """A real web server on that database; today is the real day until its clock is put on."""
    folder, port = tmp_path_factory.mktemp("house"), free_port()
    made = House(f"http://127.0.0.1:{port}", folder / "said.txt", folder / "days-later.txt")
    made.put_clock_on(0)
    with made.said.open("w") as said:
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "browser.served", "-b", f"127.0.0.1:{port}",
             "--workers", "1", "--threads", "4", "--log-level", "warning", "--no-control-socket"],
            env=house_environment | {"PYTHONPATH": str(ROOT / "tests"), "TEST_CLOCK": str(made.days_later)},
            start_new_session=True, stdout=said,
        )  # fmt: skip
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield made
    web.terminate()
    web.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Browser:
    path = os.environ.get("WHEREWITHAL_CHROMIUM") or on_the_path()
    if not path:
        if os.environ.get("CI"):
            pytest.fail("CI must have a browser.")
        pytest.skip("no Chromium on the PATH; python3 run.py test brings one")
    flags = [
        # No page lives long enough for its scripts to be made fast.
        "--js-flags=--no-opt --no-maglev --always-sparkplug --single-threaded",
        "--disable-gpu", "--in-process-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
        # While Playwright's event loop runs in this thread, Django's connections are others than before and
        # after it (asgiref: local to the context, not to the thread). Nobody could close them later.
        connections.close_all()


@pytest.fixture
def visitor(house, chromium):
    """Makes visitors, each with a browser of their own: ``visitor(scripts=False)`` runs no scripts."""
    contexts = []

    def come(*, scripts: bool = True) -> Visitor:
        contexts.append(
            chromium.new_context(base_url=house.address, viewport=DESK, java_script_enabled=scripts)
        )
        contexts[-1].set_default_timeout(120_000)  # to wait on a busy machine is no fault
        return Visitor(contexts[-1].new_page(), scripts=scripts)

    yield come
    for context in contexts:
        context.close()
