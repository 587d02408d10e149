"""The made-up council in a database of its own, served as in real life, and a real Chromium before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg.conninfo import make_conninfo

from wherewithal.records import grants

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "src/wherewithal/web/static/vendor/axe-core/axe.min.js"
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
def house(house_environment):
    """The address of a real web server on that database."""
    port = free_port()
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wherewithal.config.wsgi", "-b", f"127.0.0.1:{port}",
         "--workers", "1", "--threads", "4", "--log-level", "warning"],
        env=house_environment, start_new_session=True,
    )  # fmt: skip
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    web.terminate()
    web.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Browser:
    path = os.environ.get("WHEREWITHAL_CHROMIUM") or shutil.which("chromium")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("CI must have a browser.")
        pytest.skip("no Chromium on the PATH; python3 run.py test brings one")
    flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(house, chromium) -> Page:
    """A new visitor at 1280 px, with scripts."""
    context = chromium.new_context(base_url=house, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def scriptless(house, chromium) -> Page:
    """A new visitor whose browser runs no scripts."""
    context = chromium.new_context(base_url=house, java_script_enabled=False)
    yield context.new_page()
    context.close()


def enter(page: Page, name: str) -> None:
    """Enter as one of the demo's people, by the name on the button."""
    page.goto("/enter/")
    page.get_by_role("button", name=name).first.click()


def enter_as(page: Page, role: str) -> None:
    """Enter as the first of the demo's people who has this role."""
    page.goto("/enter/")
    page.locator(f".ww-person[data-roles~='{role}'] button").first.click()


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands, in a line each."""
    page.evaluate(AXE.read_text() + "; window.axe = axe; undefined")
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}" for one in found]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window (0: nobody must scroll sideways)."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
