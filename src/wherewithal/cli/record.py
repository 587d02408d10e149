"""What a command needs that works on the record: the settings, and the database that they name."""

import os

import django
from django.apps import apps


def open_record() -> None:
    """Load Django once; a command that reads files only goes without."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.config.settings")
        django.setup()
