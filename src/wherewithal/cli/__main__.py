"""``python -m wherewithal.cli``: how run.py starts a command, with the interpreter it has set up."""

from wherewithal.cli import main

main()
