"""Assets from a registry that is ours for the test: a small web server on this machine."""

import base64
import hashlib
import io
import tarfile
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from wherewithal.config import assets

STYLE = (
    b"/*! Copyright (c) 2011 by Margaret Calvert & Henrik Kubel. */"
    b"@font-face{font-family:GDS Transport;src:url(/a.woff)}"
    b".a{color:red;font-family:GDS Transport,arial}"
    b"@supports (x){.crest:before{background:url(/govuk-crest.svg)}}.b{margin:0}"
    b"\n/*# sourceMappingURL=a.css.map */\n"
)
SCRIPT = b"export{initAll};//# sourceMappingURL=a.js.map"


def tarball(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return made.getvalue()


def sha512(content: bytes) -> str:
    return base64.b64encode(hashlib.sha512(content).digest()).decode()


@pytest.fixture
def registry(monkeypatch):
    """Serves made-up tarballs; gives the addresses that were asked for."""
    govuk = tarball({path: STYLE if path.endswith("css") else SCRIPT for path in assets.GOVUK.files})
    htmx = tarball(dict.fromkeys(assets.HTMX.files, SCRIPT))
    served = {f"/{assets.GOVUK.tarball}": govuk, f"/{assets.HTMX.tarball}": htmx}
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200 if self.path in served else 404)
            self.end_headers()
            self.wfile.write(served.get(self.path, b""))

        def log_message(self, *rest):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setattr(assets, "GOVUK", replace(assets.GOVUK, sha512=sha512(govuk)))
    monkeypatch.setattr(assets, "HTMX", replace(assets.HTMX, sha512=sha512(htmx)))
    yield asked
    server.shutdown()
    server.server_close()


def test_the_first_start_fetches_and_the_second_does_nothing(registry, tmp_path):
    assert assets.bring(tmp_path) == ["govuk-frontend", "htmx.org"]
    assert (tmp_path / "htmx.org" / "htmx.min.js").read_bytes() == b"export{initAll};"
    assert assets.bring(tmp_path) == []
    assert len(registry) == 2


def test_what_is_govuks_alone_is_taken_out(registry, tmp_path):
    assets.bring(tmp_path)
    style = (tmp_path / "govuk-frontend" / "govuk-frontend.min.css").read_text()
    assert style.strip() == ".a{color:red;font-family:arial}@supports (x){}.b{margin:0}"


def test_a_typeface_that_is_still_there_stops_the_set_up():
    with pytest.raises(assets.AssetTrouble, match="GDS Transport"):
        assets.without_what_is_govuks(b".a{font:1rem 'GDS Transport'}")


def test_a_package_that_is_not_the_one_we_know_is_not_kept(registry, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "HTMX", replace(assets.HTMX, sha512=sha512(b"another")))
    with pytest.raises(assets.AssetTrouble, match=r"is not the htmx\.org"):
        assets.bring(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["govuk-frontend"]


def test_a_new_version_takes_the_place_of_the_old(registry, tmp_path):
    assets.bring(tmp_path)
    (tmp_path / "htmx.org" / assets.STAMP).write_text("htmx.org 1.0.0\n")
    (tmp_path / "htmx.org" / "old.js").write_text("old")
    assert assets.bring(tmp_path) == ["htmx.org"]
    assert not (tmp_path / "htmx.org" / "old.js").exists()


def test_without_a_network_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    with pytest.raises(assets.AssetTrouble, match="Connect to the internet once, or set npm_config_registry"):
        assets.bring(tmp_path)
    monkeypatch.setenv("npm_config_registry", "file:///etc")
    with pytest.raises(assets.AssetTrouble, match="not a web address"):
        assets.bring(tmp_path)
    assert list(tmp_path.iterdir()) == []
