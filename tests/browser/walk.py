"""A walk by links: what a role finds when it follows everything that its pages offer."""

from collections import Counter, deque
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import build_opener

from browser.visitor import Visitor
from django.urls import Resolver404, resolve
from lxml import html

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


@dataclass(frozen=True)
class Answer:
    """What came for an address, at the ``url`` to which it led."""

    status: int
    url: str
    type: str
    content: bytes


class Asking:
    """Asks the server as the visitor's browser does, with its cookies, and has nothing drawn."""

    def __init__(self, visitor: Visitor) -> None:
        cookies = [f"{one['name']}={one['value']}" for one in visitor.page.context.cookies()]
        self._opener = build_opener()
        self._opener.addheaders = [("Cookie", "; ".join(cookies)), ("Accept", "text/html,*/*")]

    def for_(self, address: str) -> Answer:
        try:
            answer = self._opener.open(address)
        except HTTPError as refused:
            answer = refused
        with answer:
            return Answer(answer.status, answer.url, answer.headers.get_content_type(), answer.read())


def walk(visitor: Visitor, known: Container[str]) -> Walk:
    """Follows the links from where the visitor stands; of a page that is not ``known`` yet, several."""
    found, asking = Walk(), Asking(visitor)
    tried: Counter[str] = Counter()
    waiting = deque([(visitor.page.url, "the start")])
    seen = {visitor.page.url}
    while waiting:
        address, found_on = waiting.popleft()
        name = route(address)
        if not name or tried[name] >= (KNOWN if name in known else NEW):
            continue
        tried[name] += 1
        answer = asking.for_(address)
        if answer.status != 200 and not locked(answer):
            found.dead.append(f"{answer.status} at {address}, which {found_on} leads to")
            continue
        if answer.type != "text/html":
            found.files.add(name)
            continue
        if answer.status == 200 and route(answer.url) == name:
            found.pages.setdefault(name, address)
        new = [link for link in links(answer.content, answer.url) if link not in seen]
        seen.update(new)
        waiting.extend((link, address) for link in new)
    return found


def files_linked(visitor: Visitor, known: Container[str]) -> set[str]:
    """Routes that are not ``known`` yet and give a file, to which the page leads where the visitor stands."""
    found: set[str] = set()
    asking = Asking(visitor)
    for link in links(visitor.page.content(), visitor.page.url):
        name = route(link)
        if name and name not in known and name not in found:
            answer = asking.for_(link)
            if answer.status == 200 and answer.type != "text/html":
                found.add(name)
    return found


def locked(answer: Answer) -> bool:
    """Somebody else's record: it does not open like that, and the page says how it does in an emergency."""
    return answer.status == 403 and any(
        route(link) == "person_emergency" for link in links(answer.content, answer.url)
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


def links(page: str | bytes, address: str) -> list[str]:
    """Where a page's links lead, on the same server, without their fragments."""
    server = urlsplit(address).netloc
    whole = (urljoin(address, href).split("#")[0] for href in html.fromstring(page).xpath("//a/@href"))
    return [one for one in whole if urlsplit(one).netloc == server]
