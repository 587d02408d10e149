"""The product as gunicorn serves it, with a clock that a test can put on by days (the file in TEST_CLOCK)."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

_now, _days = timezone.now, Path(os.environ["TEST_CLOCK"])


def later() -> datetime:
    return _now() + timedelta(days=int(_days.read_text()))


timezone.now = later

from wherewithal.config.wsgi import application  # noqa: E402, F401 (after the clock, which it reads)
