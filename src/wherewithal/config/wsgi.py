"""What gunicorn serves: loaded whole before its workers part, so that they share it."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.config.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
