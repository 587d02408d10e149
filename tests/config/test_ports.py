"""A port that somebody else has is told before the long set-up of a fresh clone, with what to type."""

import socket

import pytest

from wherewithal.config import house
from wherewithal.config.ground import SetUpTrouble


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def fresh_clone(tmp_path, monkeypatch):
    def set_up():
        raise AssertionError("the set-up began")

    monkeypatch.setattr(house, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(house, "prepare", set_up)


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_taken_port_is_told_before_a_first_set_up(command, taken, fresh_clone):
    more = {"people": 20, "fresh": False, "serve": True} if command == "demo" else {}
    with pytest.raises(SetUpTrouble, match=f"Port {taken} is taken. Choose another: --port {taken + 1}."):
        getattr(house, command)(port=taken, **more)


def test_who_serves_nothing_needs_no_port(taken, fresh_clone):
    with pytest.raises(AssertionError, match="the set-up began"):
        house.demo(people=20, port=taken, fresh=False, serve=False)
