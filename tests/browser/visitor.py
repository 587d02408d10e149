"""Somebody at a browser: goes by the words of links, buttons and questions, and looks at each page."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html
from playwright.sync_api import Error, Locator, Page, Response

_AXE = Path(__file__).resolve().parents[2] / "src/wherewithal/web/static/vendor/axe-core/axe.min.js"
# As the house serves it (Django names a static file so): the browser compiles it once, not for each page.
AXE = f"/static/vendor/axe-core/axe.min.{hashlib.md5(_AXE.read_bytes()).hexdigest()[:12]}.js"
RUN_AXE = """async address => {
    if (address) await new Promise((loaded, refused) => {
        const script = document.createElement('script')
        Object.assign(script, {src: address, onload: loaded, onerror: () => refused(Error('not let in'))})
        document.head.append(script)
    })
    const found = await axe.run(document, {resultTypes: ['violations']})
    return found.violations.map(({id, help, nodes}) => [id, help, nodes.slice(0, 3).map(one => one.target)])
}"""
SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')  # differ each time
_looked_at: set[tuple[bool, str]] = set()
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


class Visitor:
    """Each page must open, hold nothing for axe-core to find (with scripts: it is one) and fit a phone."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page, self.scripts = page, scripts
        self.opened: list[str] = []

    # going about

    def go(self, address: str) -> None:
        """An address that people know by heart: the home page, or one that a letter names."""
        self._arrived(self.page.goto(address))

    def enter(self, name: str) -> None:
        """Become one of the demo's people, by the button with their name."""
        self.go("/enter/")
        self.press(f"Enter as {name}")

    def become(self, name: str) -> None:
        """As ``enter`` does, but draws only the page to which it leads."""
        address = urljoin(self.page.url, "/enter/")
        page = html.fromstring(self.page.request.get(address).text())
        [form] = page.xpath("//form[.//button[@name='user']]")
        [button] = form.xpath(f".//button[normalize-space()='Enter as {name}']")
        typed = dict(form.form_values()) | {"user": button.get("value")}
        entered = self.page.request.post(form.action or address, form=typed)
        assert entered.ok and urlsplit(entered.url).path != "/enter/", f"{entered.status} at {entered.url}"
        self.go(entered.url)

    def follow(self, words: str, within: Locator | None = None) -> None:
        """The first link with these words, with whatever is added for a screen reader."""
        starts = re.compile(rf"^\s*{re.escape(words)}\b")
        self.click((within or self.page).get_by_role("link", name=starts).first)

    def click(self, found: Locator) -> None:
        """What leads to another page."""
        with self._going():
            found.click()

    def menu(self, words: str) -> None:
        """A link of the service's navigation."""
        self.follow(words, self.page.locator(".govuk-service-navigation"))

    def tab(self, words: str) -> None:
        """A page about the person who is open."""
        self.follow(words, self.page.locator(".ww-tabs"))

    def press(self, words: str) -> None:
        """A button, or a link that looks like one."""
        self.click(self.page.get_by_role("button", name=words, exact=True))

    def press_in_vain(self, words: str) -> list[str]:
        """A button that does not lead on: what the error summary says, each line with a link to its place."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).click()
        amiss = looked_at(self.page, scripts=self.scripts)
        assert not amiss, f"{self.page.url}: {amiss}"
        links = self.page.locator(".govuk-error-summary li a").all()
        for link in links:
            assert self.page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']").count() == 1
        return [link.inner_text() for link in links]

    # answering

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(asked(label)).fill(words)

    def select(self, label: str, choice: str) -> None:
        self.page.get_by_label(asked(label)).select_option(label=choice)

    def choose(self, question: str, *answers: str) -> None:
        """Radio buttons or tick boxes under a question."""
        group = self.page.get_by_role("group", name=asked(question))
        for answer in answers:
            group.get_by_label(asked(answer)).check()

    def tick(self, label: str) -> None:
        self.page.get_by_label(asked(label)).check()

    def write_day(self, question: str, day: date) -> None:
        group = self.page.get_by_role("group", name=asked(question))
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(number))

    # reading

    def sees(self, *all_words: str) -> None:
        """These words stand in the page's main part."""
        says = self.main()
        missing = [words for words in all_words if words not in says]
        assert not missing, f"{self.page.url}: {missing} not in: {says[:2000]}"

    def main(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def typed_in(self, action: str) -> list[list[str]]:
        """Name and value of all that one can fill in, in the form that posts to ``action`` (how it ends)."""
        held = """form => {
            const hidden = new Set([...form.querySelectorAll('[type=hidden]')].map(one => one.name))
            return [...new FormData(form)].filter(([name]) => !hidden.has(name))
        }"""
        return self.page.locator(f"form[action$='{action}']").evaluate(held)

    def heading(self) -> str:
        return self.page.locator("h1").inner_text().strip()

    @contextmanager
    def _going(self) -> Iterator[None]:
        with self.page.expect_navigation() as going:
            yield
        self._arrived(going.value)

    def _arrived(self, response: Response | None) -> None:
        path = self.page.url.split("?")[0]
        self.opened.append(path)
        assert response is None or response.status < 400, f"{response.status} at {self.page.url}"
        wrong = self.page.locator(".govuk-error-summary")
        assert not wrong.count(), f"{self.page.url}: {wrong.inner_text()}"
        amiss = looked_at(self.page, scripts=self.scripts)
        assert not amiss, f"{self.page.url}: {amiss}"


def asked(words: str) -> re.Pattern[str]:
    """A question by its words, whether or not the page says that it may be left open."""
    return re.compile(rf"^\s*{re.escape(words)}( \(optional\))?\s*$")


def looked_at(page: Page, *, scripts: bool = True) -> list[str]:
    """What is amiss with the page as it stands: by axe-core at a desk, and by its width on a small phone.

    Nothing is said of a page that was looked at before and is the same to the letter.
    """
    as_it_stands = (scripts, SECRETS.sub("", page.evaluate("document.documentElement.outerHTML")))
    if as_it_stands in _looked_at:
        return []
    _looked_at.add(as_it_stands)
    found = violations(page) if scripts else []
    page.set_viewport_size(PHONE)
    if wider := sideways(page):
        found.append(f"{wider} px wider than a window of {PHONE['width']} px")
    page.set_viewport_size(DESK)
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands, in a line each."""
    try:
        found = page.evaluate(RUN_AXE, AXE)
    except Error:  # a page whose own policy lets no script in is given it from outside
        page.evaluate(_AXE.read_text())
        found = page.evaluate(RUN_AXE)
    return [f"{rule}: {says} {where}" for rule, says, where in found]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window (0: nobody must scroll sideways)."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
