#!/usr/bin/env python3
"""Everything that a checkout can do, from one file and the standard library.

    python3 run.py demo     the made-up council, on http://127.0.0.1:8000
    python3 run.py test     every test, on a real PostgreSQL and in a real browser

Each command does its own set-up: it installs from uv.lock into .venv, brings the pinned assets and starts a
PostgreSQL of its own below .data (or uses DATABASE_URL).
"""

import argparse
import os
import signal
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "src"))

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(f"Wherewithal needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")

from wherewithal.config import chores, ground, house  # noqa: E402
from wherewithal.config.assets import AssetTrouble  # noqa: E402
from wherewithal.config.postgres import ServerTrouble  # noqa: E402

PASSED_ON = (["test"], ["wherewithal"])


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)

    demo = commands.add_parser("demo", help="the made-up council; a second start keeps the data")
    demo.add_argument("--people", type=int, default=200, help="how many people live in it (default 200)")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--fresh", action="store_true", help="throw the demo's data away and start again")
    demo.add_argument("--no-serve", action="store_true", help="only make it ready")

    serve = commands.add_parser("serve", help="web and worker for real use, behind a proxy that speaks https")
    serve.add_argument("--port", type=int, default=8000)

    commands.add_parser("test", help="every test; further words go to pytest")

    commands.add_parser("check", help="format, lint, types, import rules, migrations, generated pages")
    commands.add_parser("fix", help="format, mend lint, write the generated pages anew")

    bench = commands.add_parser("bench", help="measure, and write docs/benchmarks.md")
    bench.add_argument("name", nargs="?", default="")

    commands.add_parser("wherewithal", help="the wherewithal command, on the demo's data")
    return parser


def main() -> int:
    # What follows these two is another program's, its options too.
    mine, words = (sys.argv[1:2], sys.argv[2:]) if sys.argv[1:2] in PASSED_ON else (sys.argv[1:], [])
    given = arguments().parse_args(mine)
    # What is started here compiles each module once and keeps that with the data, even where nothing may be
    # written among the sources: otherwise every process compiles 2,500 of them again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ground.DATA / "bytecode"))
    # An orderly end for whoever asks for it: children are stopped in their order, PostgreSQL last.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        match given.command:
            case "demo":
                return house.demo(
                    people=given.people, port=given.port, fresh=given.fresh, serve=not given.no_serve
                )
            case "serve":
                return house.serve(port=given.port)
            case "wherewithal":
                return house.tool(words)
            case "test":
                return chores.test(words)
            case "check":
                return chores.check()
            case "fix":
                return chores.fix()
            case _:
                return chores.bench(given.name)
    except (ground.SetUpTrouble, ServerTrouble, AssetTrouble) as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    os.chdir(HERE)
    sys.exit(main())
