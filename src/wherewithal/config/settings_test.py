"""Settings of the tests: a PostgreSQL of this run's own, started here since the database is decided here."""

import atexit
import os
import shutil
import signal
import sys
import sysconfig
from pathlib import Path

from wherewithal.config.postgres import OWNER, Server, binaries, sweep

_homes = Path(__file__).resolve().parents[3] / ".data" / "tests"
os.environ.setdefault("WHEREWITHAL_SECRET_KEY", "only for tests, never for people's records")
os.environ.setdefault("WHEREWITHAL_DEMO", "1")
# Playwright keeps an event loop in the thread that drives the browser, and Django would refuse to work there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
if "DATABASE_URL" not in os.environ:
    sweep(_homes)
    SERVER = Server(
        _homes / str(os.getpid()),
        binaries(Path(sysconfig.get_paths()["purelib"])),
        {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"},
    )
    SERVER.start()

    def _stop() -> None:
        SERVER.stop()
        shutil.rmtree(SERVER.home, ignore_errors=True)

    atexit.register(_stop)
    # Told to end, a run ends in order, or its PostgreSQL would be left running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["DATABASE_URL"] = SERVER.url(OWNER)
    os.environ["DATABASE_ROLE"] = (
        ""  # the test database is made by its owner; tests then step down (conftest)
    )

from wherewithal.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: these are made-up people
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
