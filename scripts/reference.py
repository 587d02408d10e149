"""Writes docs/reference/ from the code itself: specs, policy in force, roles, nouns, commands.

python scripts/reference.py           writes the pages
python scripts/reference.py --check   says which are stale, and ends with 1 if any is
"""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT / "tests"))

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.config.settings")
django.setup()

from django.apps import apps  # noqa: E402
from spec.test_specs import pages as spec_pages  # noqa: E402
from typer.main import get_command  # noqa: E402

from wherewithal import policy  # noqa: E402
from wherewithal.cli import app  # noqa: E402
from wherewithal.core import period  # noqa: E402
from wherewithal.core.roles import MAY, Role  # noqa: E402


def cell(value: Any) -> str:
    """A value as a table cell: as people write it, on one line, no bar that would end it."""
    return " ".join(as_written(value).split()).replace("|", "\\|")


def as_written(value: Any, inside: bool = False) -> str:
    """Dates and several values as people write them; what stands inside several is bracketed."""
    if isinstance(value, tuple | list):
        several = "; ".join(as_written(one, inside=True) for one in value) or "none"
        return f"({several})" if inside else several
    if isinstance(value, date):
        return period.written(value)
    return "yes" if value is True else "no" if value is False else "" if value is None else str(value)


def table(head: list[str], rows: list[list[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(cell, row)) + " |" for row in rows])


def specs() -> Iterator[tuple[str, str]]:
    """A page a spec: each table is the test that the rule must pass."""
    for page in spec_pages():
        parts = [f"# {page.title}", page.says]
        for one in page.tables:
            rows = [list(row) for row in one.rows]
            parts += [f"## {one.title}", one.says, table([*one.given, *one.then], rows)]
        yield page.slug, "\n\n".join(parts)


def policies() -> str:
    """Every dated value in force, with its source."""
    parts = [
        "# Policy: every dated value",
        "Each value has a first day and a source. A value that we could not confirm in a published source "
        "that we read, and name, is marked *not verified*; every page and letter that uses it says so.",
    ]
    for name in sorted({one for folder in ("national", "local") for one in policy.names(folder)}):
        rows = []
        for parameter in policy.parameters(name).values():
            for dated in parameter.values:
                value = dated.value if isinstance(dated.value, str | int | float | bool) else "a table"
                mark = "" if dated.verified else "not verified"
                rows.append([parameter.title, value, parameter.unit, dated.first, dated.source, mark])
        if rows:
            parts += [
                f"## {policy.title(name)}",
                f"`{name}.toml`",
                table(["what", "value", "unit", "from", "source", ""], rows),
            ]
    return "\n\n".join(parts)


def roles() -> str:
    """Who may do what."""
    rows = [
        [permission, ", ".join(role for role in Role if role in held)] for permission, held in MAY.items()
    ]
    says = "A role says what somebody may do at all; to whom is decided by `web/access.py`."
    return f"# Roles\n\n{says}\n\n" + table(["permission", "roles"], rows)


def nouns() -> str:
    """The record: each noun, its columns, and what the database refuses."""
    parts = ["# The record", "Every noun, its columns and the rules that the database itself holds."]
    for model in sorted(apps.get_app_config("records").get_models(), key=lambda one: one.__name__):
        if model.__name__.endswith("Event"):
            continue
        parts += [f"## {model.__name__}", " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())]
        if parts[-1].startswith(f"{model.__name__}("):
            parts.pop()
        fields = [
            [field.name, field.get_internal_type(), getattr(field, "help_text", "")]
            for field in model._meta.get_fields()
            if field.concrete and not field.auto_created
        ]
        parts.append(table(["column", "kind", "meaning"], fields))
        rules = [one.name.replace("_", " ") for one in model._meta.constraints]
        if rules:
            parts.append("The database holds: " + "; ".join(rules) + ".")
    return "\n\n".join(parts)


def commands() -> str:
    """Every command of ``wherewithal`` with its options."""
    parts = ["# Commands", "Exit codes: 0 done, 1 found something, 2 could not run."]

    def walk(command: Any, words: str) -> None:
        if hasattr(command, "commands"):
            for name, inner in sorted(command.commands.items()):
                walk(inner, f"{words} {name}")
            return
        parts.extend([f"## `{words}`", (command.help or "").strip()])
        rows = [
            [", ".join(one.opts), getattr(one, "help", "") or ""]
            for one in command.params
            if one.name != "help"
        ]
        if rows:
            parts.append(table(["option", "meaning"], rows))

    walk(get_command(app), "wherewithal")
    return "\n\n".join(parts)


def written() -> dict[str, str]:
    """Every reference page by its file name."""
    pages = dict(specs())
    pages |= {"policy": policies(), "roles": roles(), "record": nouns(), "commands": commands()}
    titles = {slug: text.splitlines()[0].removeprefix("# ") for slug, text in pages.items()}
    listing = "\n".join(f"- [{titles[slug]}]({slug}.md)" for slug in sorted(pages))
    pages["README"] = (
        f"# Reference\n\nWritten from the code by `python3 run.py fix`; do not edit.\n\n{listing}"
    )
    return {f"{slug}.md": text.rstrip() + "\n" for slug, text in pages.items()}


def main() -> int:
    pages = written()
    old = {path.name: path.read_text() for path in PAGES.glob("*.md")}
    if "--check" in sys.argv:
        stale = sorted(name for name in pages.keys() | old.keys() if pages.get(name) != old.get(name))
        for name in stale:
            print(f"docs/reference/{name} is not what the code says; run: python3 run.py fix")
        return 1 if stale else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in old.keys() - pages.keys():
        (PAGES / name).unlink()
    for name, text in pages.items():
        (PAGES / name).write_text(text)
    print(f"Wrote {len(pages)} pages to docs/reference/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
