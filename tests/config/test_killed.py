"""After a SIGKILL nothing is lost and nothing stands in the way: the next start clears up and serves."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from wherewithal.config.ground import ROOT
from wherewithal.config.postgres import runs

SERVED = ".data/children.json"
SERVER = ".data/postgres/server.json"
HUNG = 15 * 60  # seconds after which something will never come: no measure of speed


@pytest.fixture
def checkout():
    """A checkout of its own, so that a demo that runs in this one is left alone; it is let go afterwards."""
    home = Path(tempfile.mkdtemp(prefix="ww-killed-"))
    home.chmod(0o755)  # under root PostgreSQL runs as another user, who must get there
    shutil.copytree(ROOT / "src", home / "src")
    for name in ("run.py", "uv.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, home / name)
    (home / ".venv").symlink_to(ROOT / ".venv")
    compiled = as_compiled(home)
    compiled.parent.mkdir(parents=True, exist_ok=True)
    compiled.symlink_to(as_compiled(ROOT))  # the same files: nothing needs compiling again
    yield home
    compiled.unlink()
    left = [*served(home), *server(home)]
    for pid in left:
        if runs(pid):
            os.kill(pid, signal.SIGTERM)
    gone(left)
    shutil.rmtree(home)


def as_compiled(folder: Path) -> Path:
    """Where Python keeps what it compiled of a folder's modules (run.py says where)."""
    return Path(sys.pycache_prefix or tempfile.gettempdir()) / str(folder).lstrip("/")


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def served(home: Path) -> list[int]:
    """The web server and the worker, by their recorded numbers."""
    note = home / SERVED
    return json.loads(note.read_text()) if note.exists() else []


def server(home: Path) -> list[int]:
    """PostgreSQL, by its recorded number."""
    note = home / SERVER
    return [json.loads(note.read_text())["pid"]] if note.exists() else []


def start(home: Path, port: int) -> subprocess.Popen:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATABASE_ROLE")
    }
    words = [sys.executable, "run.py", "demo", "--people", "5", "--port", str(port)]
    with (home / "said").open("a") as said:
        return subprocess.Popen(
            words, cwd=home, env=kept | {"PYTHONPATH": str(home / "src")}, stdout=said, stderr=said
        )


def answers(demo: subprocess.Popen, home: Path, port: int, starts: int) -> None:
    """Until it has said for the ``starts``-th time where it is; its own words where it ends before."""
    said, give_up_at = home / "said", time.monotonic() + HUNG
    while said.read_text().count(f"is at http://127.0.0.1:{port}/") < starts:
        assert demo.poll() is None, said.read_text()
        assert time.monotonic() < give_up_at, f"It does not come up. It said: {said.read_text()}"
        time.sleep(0.1)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=HUNG) as page:
        assert page.status == 200


def gone(pids: list[int]) -> None:
    give_up_at = time.monotonic() + HUNG
    while left := [pid for pid in pids if runs(pid) and not ended(pid)]:
        assert time.monotonic() < give_up_at, f"Processes {left} do not end."
        time.sleep(0.1)


def ended(pid: int) -> bool:
    """Has it ended, and only its parent has not asked for it yet?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux lists them")
def test_after_a_kill_the_next_start_ends_what_was_left_and_serves_the_same_people(checkout, free_port):
    first = start(checkout, free_port)
    answers(first, checkout, free_port, starts=1)
    left = [*served(checkout), *server(checkout)]
    assert len(left) == 3
    first.kill()
    first.wait(HUNG)
    assert all(runs(pid) for pid in left), "web, worker and PostgreSQL go on without their parent"

    second = start(checkout, free_port)
    answers(second, checkout, free_port, starts=2)
    gone(left)
    assert (checkout / "said").read_text().count("people who do not exist") == 1, "made once, and kept"
    assert not set(left) & {*served(checkout), *server(checkout)}

    left = [*served(checkout), *server(checkout)]
    second.send_signal(signal.SIGTERM)
    assert second.wait(HUNG) == 143
    gone(left)
