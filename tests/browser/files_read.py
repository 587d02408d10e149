"""Reads what was brought, as the worker would. Run as a program in the made-up council's database."""

import json

import django

django.setup()

from wherewithal.config.jobs import read_unread_files  # noqa: E402 (Django first)
from wherewithal.extract.brought_file import waiting  # noqa: E402

if __name__ == "__main__":
    many = len(waiting())
    read_unread_files(timestamp=0)
    print(json.dumps({"read": many, "left": len(waiting())}))
