"""A walk by links: what a role finds when it follows everything that its pages offer."""

from collections import Counter, deque
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin, urlsplit

from browser.visitor import Visitor
from django.urls import Resolver404, resolve
from lxml import html
from playwright.sync_api import APIResponse

NEW, KNOWN = 6, 1  # addresses that are tried: of a page nobody opened yet, of one that another role did
NOT_WALKED = {"account_logout", "enter"}  # ways out, which would end the walk


@dataclass
class Walk:
    """``pages``: an address of each, by its route's name; ``files``: routes that gave a file instead;
    ``dead``: links that did not open, and where.
    """

    pages: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)


def walk(visitor: Visitor, known: Container[str]) -> Walk:
    """Follows the links from where the visitor stands; of a page that is not ``known`` yet, several."""
    found = Walk()
    tried: Counter[str] = Counter()
    waiting = deque([(visitor.page.url, "the start")])
    seen = {visitor.page.url}
    while waiting:
        address, found_on = waiting.popleft()
        name = route(address)
        if not name or tried[name] >= (KNOWN if name in known else NEW):
            continue
        tried[name] += 1
        answer = visitor.page.request.get(address)
        if answer.status != 200 and not locked(answer):
            found.dead.append(f"{answer.status} at {address}, which {found_on} leads to")
            continue
        if "text/html" not in answer.headers["content-type"]:
            found.files.add(name)
            continue
        if answer.status == 200 and route(answer.url) == name:
            found.pages.setdefault(name, address)
        new = [link for link in links(answer.text(), answer.url) if link not in seen]
        seen.update(new)
        waiting.extend((link, address) for link in new)
    return found


def files_linked(visitor: Visitor, known: Container[str]) -> set[str]:
    """Routes that are not ``known`` yet and give a file, to which the page leads where the visitor stands."""
    found: set[str] = set()
    for link in links(visitor.page.content(), visitor.page.url):
        name = route(link)
        if name and name not in known and name not in found:
            answer = visitor.page.request.get(link)
            if answer.status == 200 and "text/html" not in answer.headers["content-type"]:
                found.add(name)
    return found


def locked(answer: APIResponse) -> bool:
    """Somebody else's record: it does not open like that, and the page says how it does in an emergency."""
    return answer.status == 403 and any(
        route(link) == "person_emergency" for link in links(answer.text(), answer.url)
    )


def route(address: str) -> str:
    """The name of a page of ours; '' for what is not one."""
    return _named(urlsplit(address).path)


@cache
def _named(path: str) -> str:
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return "" if found.namespaces or found.url_name in NOT_WALKED else found.url_name or ""


def links(page: str, address: str) -> list[str]:
    """Where a page's links lead, on the same server, without their fragments."""
    server = urlsplit(address).netloc
    whole = (urljoin(address, href).split("#")[0] for href in html.fromstring(page).xpath("//a/@href"))
    return [one for one in whole if urlsplit(one).netloc == server]
