"""What pages on figures, targets and extracts tell to type can be typed as it stands there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("use-published-figures.md", "hold-against-a-target.md", "bring-your-own-extract.md")
GROUP = ROOT / "src" / "wherewithal" / "policy" / "target_groups" / "exampleshire.toml"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
REFUSED, FELL_SHORT = 2, 1
ENDS_WITH = {
    "published join direct-payments-31-march:direct-payments-2012 ni130-revised": REFUSED,
    "measures bridge extract.csv --mapping our-system.toml --from ascof-3d-1a --to ascof-3d-2a": REFUSED,
    "target check --figures figures.toml": FELL_SHORT,
}
"""What does not end with 0, as the page says of it."""


def blocks(page, kind):
    text = (ROOT / "docs" / "how-to" / page).read_text()
    return [body for of, body in BLOCK.findall(text) if of == kind]


def commands(page):
    """All but those that need a publication's own files."""
    lines = [line for body in blocks(page, "") for line in body.splitlines()]
    told = [line.removeprefix("wherewithal ") for line in lines if line.startswith("wherewithal ")]
    return [one for one in told if not one.startswith("published add")]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the files of the page lie, under the names that its commands have."""
    figures, own = blocks("hold-against-a-target.md", "toml")
    (tmp_path / "figures.toml").write_text(figures)
    (tmp_path / "our-targets.toml").write_text(own)
    [mapping] = blocks("bring-your-own-extract.md", "toml")
    (tmp_path / "our-system.toml").write_text(mapping)
    (tmp_path / "extract.csv").write_text("Council;Ref;Sex;Age;Home care;Meals;Notes\n999;E1;M;B;Y;N;\n")
    shutil.copy(GROUP, tmp_path / "our-group.toml")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", [one for page in PAGES for one in commands(page)])
def test_a_command_ends_as_the_page_says(command, folder):
    found = CliRunner().invoke(app, shlex.split(command))
    code = REFUSED if isinstance(found.exception, Refusal) else found.exit_code
    assert code == ENDS_WITH.get(command, 0), found.exception


def test_what_ends_otherwise_stands_on_a_page():
    assert set(ENDS_WITH) <= {one for page in PAGES for one in commands(page)}
