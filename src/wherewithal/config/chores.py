"""What keeps the house in order: tests, checks, fixes, benchmarks. Standard library only."""

import os
import shutil
import subprocess
from pathlib import Path

from wherewithal.config.ground import PYTHON, ROOT, SetUpTrouble, prepare, say

WHERE = ["src", "tests", "scripts", "benchmarks", "run.py"]
# What draws pages, best first: the shell has no window to keep and takes two thirds of the time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def test(words: list[str]) -> int:
    """Every test, or those that ``words`` choose; the browser is found or brought first."""
    prepare(tests=True)
    environment = os.environ | {"WHEREWITHAL_CHROMIUM": browser()}
    spread = [] if words else ["-n", str(min(4, os.cpu_count() or 1))]
    return _run([PYTHON, "-m", "pytest", *spread, *words], environment)


def check() -> int:
    """Everything that can be checked without running the product. Changes nothing; 1 if anything is amiss."""
    prepare(tests=True)
    places = [place for place in WHERE if (ROOT / place).exists()]
    steps: dict[str, list[str | Path]] = {
        "format": [PYTHON, "-m", "ruff", "format", "--check", *places],
        "lint": [PYTHON, "-m", "ruff", "check", *places],
        "types": [PYTHON, "-m", "mypy"],
        "the staircase": [PYTHON.parent / "lint-imports"],
        "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
        "generated pages": [PYTHON, "scripts/reference.py", "--check"],
    }
    failed = [name for name, command in steps.items() if _step(name, command)]
    say(f"\nAmiss: {', '.join(failed)}" if failed else "\nAll in order.")
    return 1 if failed else 0


def fix() -> int:
    """Format, mend what lint can mend, write the generated pages anew."""
    prepare(tests=True)
    places = [place for place in WHERE if (ROOT / place).exists()]
    _run([PYTHON, "-m", "ruff", "check", "--fix", *places], os.environ.copy())
    _run([PYTHON, "-m", "ruff", "format", *places], os.environ.copy())
    return _run([PYTHON, "scripts/reference.py"], _settings())


def bench(name: str) -> int:
    """The benchmarks, or the one called ``name``; each writes its table to docs/benchmarks.md."""
    prepare(bench=True)
    return _run(
        [PYTHON, "-m", "benchmarks", *([name] if name else [])], os.environ | {"PYTHONPATH": str(ROOT)}
    )


def browser() -> str:
    """A real Chromium's path: on the PATH, else Playwright's own, else from Debian's packages under root."""
    if found := on_the_path():
        return found
    asked = "from playwright.sync_api import sync_playwright as start\n"
    asked += "with start() as it: print(it.chromium.executable_path)"
    own = subprocess.run([PYTHON, "-c", asked], capture_output=True, text=True).stdout.strip()
    if own and Path(own).exists():
        return own
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium from Debian's packages ...")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdout=subprocess.DEVNULL)
        for package in CHROMIUMS[:2]:  # not every release has the first
            subprocess.run(["apt-get", "install", "-y", "-qq", package], env=quiet, stdout=subprocess.DEVNULL)
            if installed := on_the_path():
                return installed
    raise SetUpTrouble(
        "The tests drive a real browser and none is here. Install Chromium (on Debian "
        "the package chromium-headless-shell), or run: "
        ".venv/bin/playwright install chromium"
    )


def on_the_path() -> str | None:
    """The path of the first of ``CHROMIUMS`` that is on the PATH; None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def _step(name: str, command: list[str | Path]) -> bool:
    say(f"--- {name}")
    return _run(command, _settings()) != 0


def _settings() -> dict[str, str]:
    """What lets the code be loaded without a database: nothing here connects to one."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "wherewithal.config.settings",
        "DATABASE_URL": os.environ.get("DATABASE_URL", "postgresql:///none"),
        "WHEREWITHAL_SECRET_KEY": "only to load the code",
        "WHEREWITHAL_DEMO": "1",
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
    }


def _run(command: list[str | Path], environment: dict[str, str]) -> int:
    with subprocess.Popen(command, cwd=ROOT, env=environment) as child:
        try:
            return child.wait()
        except SystemExit:  # told to end: it ends in order first, or its PostgreSQL would be left running
            child.terminate()
            raise
