"""What gunicorn serves: loaded whole before its workers part, so that they share it."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.config.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
# What is loaded by now stays: the collector need not look through it again, nor a worker get a copy of it.
gc.collect()
gc.freeze()
# A page makes tens of thousands of things, nearly all of which go by themselves: one time in eight of the web
# was spent looking for others.
gc.set_threshold(10_000)
