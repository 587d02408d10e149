"""The web starts without what only counting needs: that is a second of each start, and of each worker's."""

import subprocess
import sys

COUNTING = ("duckdb", "ibis", "numpy", "pyarrow", "openpyxl", "pyxform")


def test_the_addresses_are_read_without_what_only_counting_and_workbooks_need():
    found = f"""
import django, sys
django.setup()
import wherewithal.web.urls
print(*(name for name in {COUNTING!r} if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", found], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
