"""A command beside a demo of the same folder, whose server it uses."""

import fcntl
import json
import os
import subprocess
from pathlib import Path

import pytest

from wherewithal.config import house
from wherewithal.config.ground import SetUpTrouble
from wherewithal.config.postgres import OWNER, WEB, runs


@pytest.fixture
def held(tmp_path, monkeypatch):
    """A folder of data that another process holds, as a demo does from its first moment to its last."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(house, "DATA", tmp_path)
    monkeypatch.setattr(house, "HOME", tmp_path / "postgres")
    monkeypatch.setattr(house, "DONE", tmp_path / "postgres" / "done.json")
    (tmp_path / "postgres").mkdir()
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield tmp_path / "postgres" / "server.json"


def beside() -> str:
    with house.running(share=True) as (owner, _):
        return owner


def test_while_the_demo_is_starting_it_is_said_so(held):
    with pytest.raises(SetUpTrouble, match="just starting"):
        beside()


def test_what_a_server_left_that_ended_is_not_asked(held):
    house.DONE.write_text('["setup 1"]')
    server_runs(held, os.getpid())  # its number is another's now
    with pytest.raises(SetUpTrouble, match="just starting"):
        beside()


def test_while_its_database_is_being_made_it_is_said_so(held):
    with subprocess.Popen(["postgres: a stand-in", "60"], executable="sleep") as server:
        server_runs(held, server.pid)
        try:
            while not runs(server.pid, "postgres"):  # its name comes a moment after itself
                assert server.poll() is None
            with pytest.raises(SetUpTrouble, match="just starting"):
                beside()
            house.DONE.write_text('["setup 1"]')
            (house.HOME / "passwords.json").write_text(json.dumps({OWNER: "made up", WEB: "made up"}))
            assert "/nowhere" in beside()
        finally:
            server.kill()


def server_runs(note: Path, pid: int) -> None:
    note.write_text(json.dumps({"pid": pid, "socket_dir": "/nowhere"}))


def test_two_demos_in_one_folder_are_refused(held):
    with pytest.raises(SetUpTrouble, match="runs already"), house.running():
        pass
