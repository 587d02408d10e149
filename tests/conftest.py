"""Tests run on a real PostgreSQL, as the role that the application uses."""

import atexit
import gc
import os

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from wherewithal.records import grants

pytest_plugins = ["beginnings"]
BROWSER = "tests/browser/"

# Python's collector finds little among what is old: what is loaded when the tests begin is left out of its
# search until they end (libraries count at exit what was not freed), and what lives long is searched seldom.
gc.set_threshold(1000, 20, 200)
atexit.register(gc.unfreeze)


def pytest_collection_finish():
    gc.collect()
    gc.freeze()


settings.register_profile("search", deadline=None)  # a time limit would fail on a busy machine
# What lands is held to the same examples each time; whoever works on a rule searches anew at each run.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "search"))


class ByFile(LoadScopeScheduling):
    """On several cores each file has one, so that what its tests share is made once; all of the browser's
    files have the same, since they share one served council.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "browser" if file.startswith(BROWSER) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # they have their order
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What lasts longest comes first, or one core would be left with it: the browser, then the slow."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (not item.nodeid.startswith(BROWSER), item.path not in slow))


SAME_FOR_ALL = {"django_content_type", "auth_permission"}  # of the models: Django would write them anew
truncated = DatabaseOperations.sql_flush


def emptied(self, style, tables, **more):
    """What undoes a test that commits. To truncate makes new files for every table, also for the many that a
    test never wrote to; to delete what is there takes a sixth of it, and is the superuser's, since the guards
    of what is append-only must look away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        [superuser] = cursor.fetchone()
    if not superuser or more.get("reset_sequences"):
        return truncated(self, style, tables, **more)
    rows = [f'DELETE FROM "{table}"' for table in tables if table not in SAME_FOR_ALL]
    return ["SET LOCAL session_replication_role = replica", ";".join(rows)]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After the owner has migrated: grant the application's role its rights."""
    DatabaseOperations.sql_flush = emptied
    with django_db_blocker.unblock():
        grants.apply()
    return django_db_setup


def step_down(sender=None, connection=connection, **rest):
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {grants.ROLE}")


@pytest.fixture
def db(db):
    """The database, as the application sees it: a role that owns nothing."""
    step_down()  # inside the test's transaction, so that its rollback steps up again
    return db


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """For what all tests of a module begin with and is slow to make: it stays while each of them is undone,
    and is undone after the last.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        step_down()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def transactional_db(transactional_db):
    """As ``db``, for tests with threads or commits: every new connection steps down too."""
    connection_created.connect(step_down)
    step_down()
    yield transactional_db
    connection_created.disconnect(step_down)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
