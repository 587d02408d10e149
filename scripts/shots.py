"""Pictures of pages of a running server, at the width of a desk and of a small phone.

python scripts/shots.py / /budgets-explained/ --as "Pat Example" --at http://127.0.0.1:8000

``--as`` enters as one of the demo's made-up people. Pictures go to ``screenshots/``, one a page and width.
A page that is wider than its window is named, since nobody should have to scroll sideways; then exit code 1
(2 when a page could not be opened at all).
"""

import argparse
import os
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from wherewithal.config.chores import on_the_path

WIDTHS = {1280: 900, 320: 640}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("addresses", nargs="+", help="paths such as /my/")
    parser.add_argument("--at", default="http://127.0.0.1:8000", help="the running server")
    parser.add_argument("--as", dest="name", help="enter as this made-up person (the demo only)")
    parser.add_argument("--into", type=Path, default=Path("screenshots"))
    parser.add_argument("--without-scripts", action="store_true", help="as a browser without JavaScript")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=on_the_path(),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        try:
            too_wide = [shot for width in WIDTHS for shot in _shoot(browser, asked, width)]
        except Error as trouble:
            print(f"{trouble.message}\nDoes the server at {asked.at} run?", file=sys.stderr)
            return 2
        finally:
            browser.close()
    for shot in too_wide:
        print(f"Scrolls sideways: {shot}", file=sys.stderr)
    return 1 if too_wide else 0


def _shoot(browser: Browser, asked: argparse.Namespace, width: int) -> list[str]:
    """Take each page at ``width``; gives the pages that are wider than that."""
    context = browser.new_context(
        base_url=asked.at,
        viewport={"width": width, "height": WIDTHS[width]},
        java_script_enabled=not asked.without_scripts,
    )
    page = context.new_page()
    if asked.name:
        page.goto("/enter/")
        page.get_by_role("button", name=f"Enter as {asked.name}", exact=True).click()
    wide = []
    for address in asked.addresses:
        answer = page.goto(address)
        path = asked.into / f"{_name(address, asked.name)}-{width}.png"
        page.screenshot(path=path, full_page=True)
        print(f"{answer.status if answer else '?'} {address} -> {path}")
        if _sideways(page) > 0:
            wide.append(f"{address} at {width}")
    context.close()
    return wide


def _sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def _name(address: str, name: str | None) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", f"{name or ''} {address}".lower()).strip("-")
    return words or "home"


if __name__ == "__main__":
    sys.exit(main())
