"""Runs programs of this folder, one after another, in the made-up council's database.

For each line that comes in, such as ``["held_review", "Rhea Review"]``, what the program printed goes out.
"""

import io
import json
import runpy
import sys
from contextlib import redirect_stdout

import django

django.setup()

if __name__ == "__main__":
    for line in sys.stdin:
        sys.argv = json.loads(line)
        with redirect_stdout(io.StringIO()) as said:
            runpy.run_module(f"browser.{sys.argv[0]}", run_name="__main__")
        print(said.getvalue().strip(), flush=True)
