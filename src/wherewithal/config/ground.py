"""The ground that everything stands on: uv, the virtual environment, the assets. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from wherewithal.config import assets

ROOT = Path(__file__).resolve().parents[3]
VENV, TOOLS, DATA = ROOT / ".venv", ROOT / ".tools", ROOT / ".data"
PYTHON = VENV / "bin" / "python"
UV = "uv>=0.9,<1"


class SetUpTrouble(RuntimeError):
    """Set-up cannot go on; the message says what to do."""


def prepare(*, tests: bool = False, bench: bool = False) -> None:
    """Install what uv.lock says and bring the assets, unless that was done for this very lock and Python.

    Each of demo, tests and bench has what the one before it has, and more.
    """
    wanted = "bench" if bench else "tests" if tests else "demo"
    stamps = [VENV / f"wherewithal-{kind}" for kind in ("demo", "tests", "bench")]
    stamp = VENV / f"wherewithal-{wanted}"
    mark = hashlib.sha256((ROOT / "uv.lock").read_bytes() + sys.version.encode()).hexdigest()
    if not any(path.is_file() and path.read_text() == mark for path in stamps[stamps.index(stamp) :]):
        say("Installing from uv.lock ...")
        groups = {"demo": ["--no-dev"], "tests": [], "bench": ["--group", "bench"]}
        command = [*uv(), "sync", "--frozen", "--quiet", "--inexact", *groups[wanted]]
        if subprocess.run(command, cwd=ROOT, env=environment()).returncode:
            raise SetUpTrouble("The packages could not be installed; uv's own words are above.")
        stamp.write_text(mark)
    for brought in assets.bring(ROOT / "src/wherewithal/web/static/vendor", tests=tests or bench):
        say(f"Brought {brought}")


def environment() -> dict[str, str]:
    """This process's environment, with uv told to use the running Python and to fetch no other."""
    return os.environ | {
        "UV_PYTHON": sys.executable,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "VIRTUAL_ENV": "",
    }


def uv() -> list[str]:
    """The command that runs uv: the one on the PATH if it works, else one fetched into .tools."""
    for candidate in (shutil.which("uv"), str(TOOLS / "uv" / "bin" / "uv")):
        if candidate and _works([candidate, "--version"]):
            return [candidate]
    say("Fetching uv ...")
    into = str(TOOLS / "uv")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
               "--root-user-action=ignore", "--upgrade", "--target", into, UV]  # fmt: skip
    if not _works([sys.executable, "-m", "pip", "--version"]):
        raise SetUpTrouble(
            "Neither uv nor pip is here. Install uv (https://docs.astral.sh/uv/) and start again."
        )
    if subprocess.run(command).returncode:
        raise SetUpTrouble("uv could not be fetched; pip's own words are above. Is there a network?")
    return [str(TOOLS / "uv" / "bin" / "uv")]


def say(words: str) -> None:
    print(words, flush=True)


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, env=environment()).returncode == 0
    except OSError:
        return False
