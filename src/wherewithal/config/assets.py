"""Other people's style and scripts, fetched once at set-up from npm's registry. Standard library only.

Nothing of another's is committed: each package is pinned by version and sha512, and only the minified files
that pages ask for are kept. GOV.UK's typeface and crest are licensed for GOV.UK alone, so they are taken out
and their absence is checked.
"""

import base64
import hashlib
import io
import os
import re
import shutil
import tarfile
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

REGISTRY = "https://registry.npmjs.org"
STAMP = "from.txt"


class AssetTrouble(RuntimeError):
    """The assets could not be brought; the message says why and what to do."""


@dataclass(frozen=True)
class Package:
    """An npm package: ``files`` maps a path in its tarball to a name in its folder."""

    name: str
    version: str
    sha512: str
    files: dict[str, str]
    mend: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)

    @property
    def tarball(self) -> str:
        return f"{self.name}/-/{self.name}-{self.version}.tgz"

    @property
    def stamp(self) -> str:
        return f"{self.name} {self.version}\nsha512-{self.sha512}\n"


def without_what_is_govuks(style: bytes) -> bytes:
    """The style without GOV.UK's typeface, crest and other images; raises AssetTrouble if one remains."""
    text = style.decode()
    text = re.sub(r"/\*! Copyright[^*]*Margaret Calvert[^*]*\*/", "", text)
    text = re.sub(r"@font-face\s*\{[^}]*\}", "", text)
    text = re.sub(r"[^{};/]*\{[^{}]*url\([^{}]*\}", "", text)
    text = text.replace("GDS Transport,", "")
    left = [word for word in ("@font-face", "GDS Transport", "url(", "govuk-crest") if word in text]
    if left:
        raise AssetTrouble(f"GOV.UK Frontend's style still holds {', '.join(left)}; it must not be served.")
    return without_map(text.encode())


def without_map(text: bytes) -> bytes:
    """The file without its pointer to a source map, which we do not keep."""
    return re.sub(rb"(/\*|//)# sourceMappingURL=\S+( ?\*/)?\s*$", b"", text)


GOVUK = Package(
    "govuk-frontend",
    "6.3.0",
    "cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA==",
    {
        "package/dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
        "package/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
        "package/package.json": "package.json",  # names its licence, MIT; the tarball holds no licence file
    },
    {"govuk-frontend.min.css": without_what_is_govuks, "govuk-frontend.min.js": without_map},
)
HTMX = Package(
    "htmx.org",
    "2.0.11",
    "Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
    {"package/dist/htmx.min.js": "htmx.min.js", "package/LICENSE": "LICENSE"},
    {"htmx.min.js": without_map},
)
AXE = Package(
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    {
        "package/axe.min.js": "axe.min.js",
        "package/LICENSE": "LICENSE",
        "package/LICENSE-3RD-PARTY.txt": "LICENSE-3RD-PARTY.txt",
    },
    {"axe.min.js": without_map},
)


def bring(into: Path, *, tests: bool = False) -> list[str]:
    """Put the packages into folders of their names below ``into``; what is there already is left alone.

    Returns the names of those fetched now (none at a second start). ``tests`` adds axe-core, which only
    the tests load. Raises AssetTrouble when the registry cannot be reached or sends something else.
    """
    fetched = []
    for package in [GOVUK, HTMX, *([AXE] if tests else [])]:
        folder = into / package.name
        stamp = folder / STAMP
        if stamp.exists() and stamp.read_text() == package.stamp:
            continue
        _unpack(package, _fetch(package), folder)
        fetched.append(package.name)
    return fetched


def _fetch(package: Package) -> bytes:
    registry = os.environ.get("npm_config_registry") or REGISTRY  # noqa: SIM112 (npm's own name)
    address = f"{registry.rstrip('/')}/{package.tarball}"
    if not address.startswith(("https://", "http://")):
        raise AssetTrouble(f"npm_config_registry is not a web address: {registry}")
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 (checked above)
            content: bytes = answer.read()
    except OSError as trouble:  # URLError and time-outs are OSErrors
        reason = trouble.reason if isinstance(trouble, urllib.error.URLError) else trouble
        raise AssetTrouble(
            f"Could not fetch {package.name} {package.version} from {address} ({reason}). "
            "Connect to the internet once, or set npm_config_registry to a registry you can reach."
        ) from trouble
    found = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != package.sha512:
        raise AssetTrouble(
            f"{address} is not the {package.name} {package.version} we know: its sha512 is {found}, "
            f"expected {package.sha512}. Nothing was kept; ask whoever runs the registry."
        )
    return content


def _unpack(package: Package, tarball: bytes, folder: Path) -> None:
    """Write the kept files beside ``folder`` and give it the name only when it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".bringing-") as beside:
        whole, old = Path(beside) / "new", Path(beside) / "old"
        whole.mkdir(mode=0o755)
        with tarfile.open(fileobj=io.BytesIO(tarball)) as tar:
            for path, name in package.files.items():
                (whole / name).write_bytes(_read(tar, path, package.mend.get(name)))
        (whole / STAMP).write_text(package.stamp)
        if folder.exists():
            shutil.move(folder, old)
        whole.rename(folder)


def _read(tar: tarfile.TarFile, path: str, mend: Callable[[bytes], bytes] | None) -> bytes:
    try:
        member = tar.extractfile(path)
    except KeyError:
        member = None
    if member is None:
        raise AssetTrouble(f"The package no longer holds {path}.")
    content = member.read()
    return mend(content) if mend else content
