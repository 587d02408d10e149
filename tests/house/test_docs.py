"""What is written about the product is true: links lead somewhere, names exist, commands are explained."""

import ast
import importlib
import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from wherewithal.cli import app

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wherewithal"
BY_HAND = [
    *sorted(ROOT.glob("*.md")),
    *sorted(page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "reference"),
]
PAGES = [*BY_HAND, *sorted((ROOT / "docs" / "reference").glob("*.md"))]
DOCUMENTED = ("core", "policy", "formats", "actions", "analytics")

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
FILE_NAMED = re.compile(r"`((?:[a-zA-Z_.][\w.-]*/)+[\w.-]*)`")
CODE_NAMED = re.compile(rf"`(?:wherewithal\.)?((?:{'|'.join(DOCUMENTED)})(?:\.\w+)+)`")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@cache
def words(page: Path) -> str:
    """The page without its code blocks."""
    return FENCE.sub("", page.read_text())


@cache
def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.+)$", words(page), re.M):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        count = sum(1 for one in found if re.fullmatch(rf"{re.escape(slug)}(-\d+)?", one))
        found.add(f"{slug}-{count}" if count else slug)
    return found


def broken(page: Path) -> list[str]:
    """The page's own links that lead nowhere."""
    lost = []
    for link in LINK.findall(words(page)):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    return lost


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page):
    assert broken(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One two\n[a](#one-two) [b](#three) [c](gone.md) [d](https://example.org/gone)\n")
    assert broken(page) == ["#three", "gone.md"]


@pytest.mark.parametrize("page", BY_HAND, ids=named)
def test_every_file_that_is_named_exists(page):
    """A path in backticks stands below the checkout or below the package; ``.data/`` is made at run time."""
    paths = [
        path for path in FILE_NAMED.findall(words(page)) if not path.startswith((".data", "screenshots"))
    ]
    assert [path for path in paths if not any((base / path).exists() for base in (ROOT, SOURCE))] == []


@pytest.mark.parametrize("page", BY_HAND, ids=named)
def test_every_function_that_is_named_exists(page):
    assert [name for name in CODE_NAMED.findall(words(page)) if not resolves(f"wherewithal.{name}")] == []


def resolves(name: str) -> bool:
    """Is this dotted name a module, or something inside one?"""
    parts = name.split(".")
    for length in range(len(parts), 1, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found is not None
    return False


@cache
def commands() -> list[str]:
    """Every command of ``wherewithal`` and of ``run.py``, as one types it."""

    def walk(command, typed):
        if hasattr(command, "commands"):
            return [one for name, inner in command.commands.items() for one in walk(inner, f"{typed} {name}")]
        return [typed]

    place = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    run = importlib.util.module_from_spec(place)
    place.loader.exec_module(run)
    choices = next(one for one in run.arguments()._actions if one.dest == "command").choices
    return [*walk(get_command(app), "wherewithal"), *(f"run.py {name}" for name in choices)]


def test_every_command_is_explained():
    """In words that somebody wrote: the generated reference does not count."""
    text = "\n".join(page.read_text() for page in BY_HAND)
    assert [command for command in commands() if not re.search(rf"\b{re.escape(command)}\b", text)] == []


def test_the_first_page_of_the_documents_lists_every_command():
    page = (ROOT / "docs" / "README.md").read_text()
    listed = set(re.findall(r"^\| `((?:wherewithal|run\.py) [a-z]+)", page, re.M))
    assert listed == {" ".join(command.split()[:2]) for command in commands()}


@pytest.mark.parametrize("page", BY_HAND, ids=named)
def test_every_command_that_is_named_exists(page):
    first_words = {command.split()[1] for command in commands()}
    found = re.findall(r"\b(?:wherewithal|run\.py) ([a-z]+)\b", page.read_text())
    assert set(found) <= first_words


def modules() -> list[Path]:
    return [path for room in DOCUMENTED for path in sorted((SOURCE / room).rglob("*.py"))]


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_public_function_says_what_it_does(module):
    functions = [node for node in ast.parse(module.read_text()).body if isinstance(node, ast.FunctionDef)]
    public = [node for node in functions if not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


# Words for a person that a council's forms use and our pages do not. Client Level Data is a name.
NOT_FOR_A_PERSON = re.compile(r"\b(client|customer|service user)s?\b", re.I)
IN_THE_RETURN = re.compile(r"Client Level Data|client level data")


def shown() -> list[Path]:
    """What people read: templates, and the questions put to them. Pages on the return use its words."""
    texts = [path for path in (SOURCE / "web" / "templates").rglob("*") if path.is_file()]
    questions = (SOURCE / "policy" / "questionnaires").glob("*.toml")
    return sorted([*(path for path in texts if path.parent.name != "measures"), *questions])


@pytest.mark.parametrize("text", shown(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_person_is_called_a_person(text):
    assert NOT_FOR_A_PERSON.findall(prose(text)) == []


def test_no_sentence_in_the_code_calls_a_person_otherwise():
    """Refusals, labels and questions are written in Python too; the return's own words stand elsewhere."""
    rooms = [SOURCE / room for room in ("core", "actions", "records/models", "web", "simulate")]
    found = []
    for module in (path for room in rooms for path in room.rglob("*.py")):
        texts = (
            node.value for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Constant)
        )
        sentences = [IN_THE_RETURN.sub("", text) for text in texts if isinstance(text, str) and " " in text]
        found += [(named(module), text) for text in sentences if NOT_FOR_A_PERSON.search(text)]
    assert found == []


def prose(path: Path) -> str:
    """What stands in a template for people to read, without its tags and code."""
    text = IN_THE_RETURN.sub("", path.read_text())
    return re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>|^\s*#.*?$", " ", text, flags=re.S | re.M)


def test_no_path_of_somebodys_machine_is_in_the_source():
    """Such a path works on one machine, and tells where it was written."""
    machine = re.compile(r"(?<![\w.}])(/work/|/root/\w|/home/\w+/|/Users/|[A-Z]:\\|\.\./shared)")
    texts = [
        path for path in SOURCE.rglob("*") if path.suffix in {".py", ".toml", ".html", ".typ", ".js", ".css"}
    ]
    found = [path for path in texts if "vendor" not in path.parts and machine.search(path.read_text())]
    assert [named(path) for path in found] == []


def test_what_the_reference_says_of_a_noun_is_whole_sentences():
    record = (ROOT / "docs" / "reference" / "record.md").read_text()
    said = re.findall(r"^## \w+\n\n([^|\n].*)$", record, re.M)
    assert len(said) > 20
    assert [one for one in said if not one.endswith(".")] == []
