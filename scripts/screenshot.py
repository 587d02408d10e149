"""The pictures in README.md and the tutorial, taken from a running demo.

python run.py demo                                        in one terminal
python scripts/screenshot.py --at http://127.0.0.1:8000   in another

Writes ``docs/home.png`` and ``docs/budget.png``. Exit code 2 when the demo does not answer.
"""

import argparse
import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from wherewithal.config.chores import on_the_path

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURES = {  # file: address, as whom ('' for anybody), width and height of the window
    "home.png": ("/", "", 1200, 1250),
    "budget.png": ("/my/", "Pat Example", 420, 900),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--at", default="http://127.0.0.1:8000", help="the running demo")
    at = parser.parse_args().at
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=on_the_path(),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        try:
            for file in PICTURES:
                take(browser, at, file)
        except Error as trouble:
            print(f"{trouble.message}\nDoes the demo run at {at}?", file=sys.stderr)
            return 2
        finally:
            browser.close()
    return 0


def take(browser: Browser, at: str, file: str) -> None:
    """One picture of what a window shows, without what must be scrolled to."""
    address, name, width, height = PICTURES[file]
    context = browser.new_context(base_url=at, viewport={"width": width, "height": height})
    page = context.new_page()
    if name:
        page.goto("/enter/")
        page.get_by_role("button", name=f"Enter as {name}", exact=True).click()
    page.goto(address)
    page.screenshot(path=DOCS / file)
    print(f"{address} -> docs/{file}")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
