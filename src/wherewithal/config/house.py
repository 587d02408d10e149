"""The house when it runs: PostgreSQL, web and worker as children, stopped in order. No third-party code."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from wherewithal.config.ground import DATA, PYTHON, ROOT, SetUpTrouble, prepare, say
from wherewithal.config.postgres import OWNER, WEB, Server, binaries, runs

HOME = DATA / "postgres"
DONE = HOME / "done.json"  # what was done on this cluster, once
A_START = 60  # seconds that the web server may take to answer first, on a busy machine


def demo(*, people: int, port: int, fresh: bool, serve: bool) -> int:
    """Make the made-up council ready (once) and serve it until Ctrl-C or SIGTERM."""
    started = time.monotonic()
    _prepare(port if serve else None)
    with running(fresh=fresh) as urls:
        if serve:
            _port_is_free(port)
        _set_up(urls, demo=True)
        _once(
            "council", ["simulate", "council", "--people", str(people)], _environment(urls[1], demo=True),
            f"Making two years of {people} lives ...",
        )  # fmt: skip
        if not serve:
            say("Ready. Start it with: python3 run.py demo")
            return 0
        return _serve(_environment(urls[1], demo=True), port, started)


def serve(*, port: int) -> int:
    """Web and worker for real use, on this machine's loopback, behind a proxy that speaks https."""
    started = time.monotonic()
    _prepare(port)
    with running() as urls:
        _port_is_free(port)
        _set_up(urls, demo=False, only_check="DATABASE_URL" in os.environ)
        return _serve(_environment(urls[1], demo=False), port, started)


def tool(words: list[str]) -> int:
    """The ``wherewithal`` command on the demo's data, beside a running demo or without one."""
    prepare()
    with running(share=True) as urls:
        command: list[str | Path] = [PYTHON, "-m", "wherewithal.cli", *words]
        return subprocess.run(command, env=_environment(urls[1], demo=True)).returncode


@contextmanager
def running(*, fresh: bool = False, share: bool = False) -> Iterator[tuple[str, str]]:
    """The database for as long as the block lasts, as (owner's address, application's address).

    DATABASE_URL names both when it is set. ``share`` uses the server of a demo that runs already.
    """
    if "DATABASE_URL" in os.environ:
        if fresh:
            raise SetUpTrouble("--fresh throws away only the demo's own server; DATABASE_URL names another.")
        yield os.environ["DATABASE_URL"], os.environ["DATABASE_URL"]
        return
    DATA.mkdir(exist_ok=True)
    server = Server(HOME, binaries(_site_packages()), {"max_connections": "60"})
    with (DATA / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not share:
                raise SetUpTrouble("The demo runs already in this folder. Stop it first (Ctrl-C).") from None
            server.socket_dir = _socket_of_another()
            yield server.url(OWNER), server.url(WEB)
            return
        _clear_children()
        if fresh:
            server.clear_remains()
            shutil.rmtree(HOME, ignore_errors=True)
        server.start()
        try:
            yield server.url(OWNER), server.url(WEB)
        finally:
            server.stop()


def _socket_of_another() -> Path:
    """Where the server of a demo that runs already answers. Raises SetUpTrouble while it does not yet, or
    its database is still being made.
    """
    note = HOME / "server.json"  # until it has started, there is none, or that of a server that has ended
    told = json.loads(note.read_text()) if note.exists() else {}
    if not told or not runs(told["pid"], "postgres") or not DONE.exists():
        raise SetUpTrouble("The demo here is just starting. Do this again once it says where it is.")
    return Path(told["socket_dir"])


def _set_up(urls: tuple[str, str], *, demo: bool, only_check: bool = False) -> None:
    """Migrate, grant and collect the static files, unless that was done for this very code.

    ``only_check``: as the application's login, which may not migrate, refuse a database that is not ready.
    """
    environment = _environment(urls[0], demo=demo)
    if only_check:
        words = ["setup", "--check"]
    else:
        environment |= {"DATABASE_ROLE": ""}
        words = ["setup"] + (["--login", WEB] if urls[0] != urls[1] else [])
    _once(f"setup {_code_mark()}", words, environment, "Making the database ready ...")


def _once(name: str, words: list[str], environment: dict[str, str], doing: str) -> None:
    """Run a ``wherewithal`` command unless it was done on this cluster, and say so; remember that it was."""
    done = json.loads(DONE.read_text()) if DONE.exists() else []
    if name in done and "DATABASE_URL" not in os.environ:
        return
    say(doing)
    ended = subprocess.run([PYTHON, "-m", "wherewithal.cli", *words], env=environment).returncode
    if ended:
        raise SetUpTrouble(f"“wherewithal {' '.join(words)}” ended with {ended}; see above.")
    if "DATABASE_URL" not in os.environ:
        kind = name.split()[0]
        DONE.write_text(json.dumps([*(one for one in done if one.split()[0] != kind), name]))


def _serve(environment: dict[str, str], port: int, started: float) -> int:
    web: list[str | Path] = [PYTHON, "-m", "gunicorn", "wherewithal.config.wsgi"]
    web += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--preload"]
    web += ["--log-level", "warning", "--graceful-timeout", "5"]
    web.append("--no-control-socket")  # it would lie in the home folder, and nothing here speaks to it
    worker: list[str | Path] = [PYTHON, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
    with ExitStack() as stack:
        children = [stack.enter_context(_child(command, environment)) for command in (web, worker)]
        _remember_children(children)
        _wait_for(port, children[0])
        say(f"\nWherewithal is at http://127.0.0.1:{port}/ (ready in {time.monotonic() - started:.1f} s)")
        if environment["WHEREWITHAL_DEMO"] == "1":
            say(f"Enter as one of its made-up people: http://127.0.0.1:{port}/enter/")
            subprocess.run([PYTHON, "-m", "wherewithal.cli", "whom"], env=environment)
        say("Ctrl-C stops it.")
        try:
            while all(child.poll() is None for child in children):
                time.sleep(0.2)
        except BaseException:
            say("Stopping: what is under way is finished first ...")
            raise
        raise SetUpTrouble("A part of the house ended by itself; its own words are above.")


@contextmanager
def _child(command: list[str | Path], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own: Ctrl-C reaches only its parent, which ends it in order."""
    child = subprocess.Popen(command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _remember_children(children: list[subprocess.Popen[bytes]]) -> None:
    (DATA / "children.json").write_text(json.dumps([child.pid for child in children]))


def _clear_children() -> None:
    """End the web and worker that a killed parent left, if these are still they."""
    note = DATA / "children.json"
    for pid in json.loads(note.read_text()) if note.exists() else []:
        if runs(pid, str(PYTHON)):
            os.killpg(pid, signal.SIGTERM)
            _wait_until_gone(pid)
    note.unlink(missing_ok=True)


def _wait_until_gone(pid: int) -> None:
    """Until it has let go of its port, at most as long as it may take to finish what it is at."""
    for _ in range(200):
        if not runs(pid, str(PYTHON)):
            return
        time.sleep(0.05)


def _environment(url: str, *, demo: bool) -> dict[str, str]:
    secret = DATA / "secret"
    if not secret.exists():
        DATA.mkdir(exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
    defaults = {"WHEREWITHAL_SECRET_KEY": secret.read_text()}
    return (
        defaults
        | os.environ
        | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "wherewithal.config.settings",
            "WHEREWITHAL_DEMO": "1" if demo else "0",
            "PYTHONUNBUFFERED": "1",
        }
    )


def _site_packages() -> Path:
    return next((ROOT / ".venv" / "lib").glob("python3.*/site-packages"))


def _code_mark() -> str:
    """Changes when a migration, a right or a static file does."""
    source = ROOT / "src" / "wherewithal"
    files = [ROOT / "uv.lock", source / "records" / "grants.py"]
    files += sorted((source / "records" / "migrations").glob("*.py"))
    files += sorted(path for path in (source / "web" / "static").rglob("*") if path.is_file())
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def _prepare(port: int | None) -> None:
    """The set-up; before the first, which is long, a taken port is told: nothing of ours can hold it yet."""
    if port is not None and not PYTHON.exists():
        _port_is_free(port)
    prepare()


def _port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SetUpTrouble(f"Port {port} is taken. Choose another: --port {port + 1}.") from None


def _wait_for(port: int, web: subprocess.Popen[bytes]) -> None:
    """Until it answers, whatever it says to one without https: a port is open before anybody is there."""
    # As a site of another name it would be refused; a pattern names its own bare site.
    site = os.environ.get("WHEREWITHAL_HOSTS", "").split(",")[0].strip(" *.") or "127.0.0.1"
    give_up_at = time.monotonic() + A_START
    while (left := give_up_at - time.monotonic()) > 0:
        if web.poll() is not None:
            raise SetUpTrouble("The web server ended; its own words are above.")
        asking = HTTPConnection("127.0.0.1", port, timeout=left)
        with closing(asking), suppress(OSError, HTTPException):
            asking.request("GET", "/", headers={"Host": site})
            asking.getresponse()
            return
        time.sleep(0.05)
    raise SetUpTrouble(f"The web server did not answer within {A_START} seconds.")
