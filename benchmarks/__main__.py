"""Run the benchmarks named, or all; each writes its part of docs/benchmarks.md."""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import cld, measures, pages, release, sector, survey

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
ALL = {
    "cld": cld.measure, "measures": measures.measure, "pages": pages.measure, "release": release.measure,
    "sector": sector.measure, "survey": survey.measure,
}  # fmt: skip


def machine() -> str:
    """The machine and the versions that a reader needs to compare."""
    cores = os.cpu_count()
    names = ("django", "duckdb", "ibis-framework", "psycopg")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    python = platform.python_version()
    return f"{cores} cores, {platform.system()} {platform.machine()}, Python {python}, {versions}"


def kept() -> dict[str, str]:
    """What other benchmarks wrote before, by name."""
    if not PAGE.exists():
        return {}
    parts = re.split(r"^## ", PAGE.read_text(), flags=re.M)[1:]
    return {part.split("\n", 1)[0].strip(): part.split("\n", 1)[1].strip() for part in parts}


def main() -> int:
    names = sys.argv[1:] or list(ALL)
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    parts = kept()
    for name in names:
        text = ALL[name]()
        parts[name] = f"{datetime.now(UTC):%-d %B %Y}; {machine()}.\n\n{text}"
        print(text)
    head = (
        "# Benchmarks\n\nWritten by `python3 run.py bench`. Times on shared machines drift: read the ratios."
    )
    PAGE.write_text(
        "\n\n".join([head, *(f"## {name}\n\n{text}" for name, text in sorted(parts.items()))]) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
