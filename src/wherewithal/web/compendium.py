"""The compendium as everybody reads it: search, one example, its file."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode

from wherewithal.actions.record import day
from wherewithal.core.compendium import EVIDENCES, UNNAMED, Evidence, contact_is_shown, taken_up
from wherewithal.core.file_kind import KINDS, told
from wherewithal.core.policy import Used
from wherewithal.policy.compendium import themes
from wherewithal.records.compendium import OF_EXAMPLE, examples
from wherewithal.records.compendium_search import published, search
from wherewithal.records.models import Edition, Example, TakeUp, Tool
from wherewithal.web.clock import now
from wherewithal.web.downloads import file_answer
from wherewithal.web.forms import Form
from wherewithal.web.page import public, render

A_PAGE = 20
GONE = 410
EVIDENCE_COLOURS = {Evidence.NONE: "grey", Evidence.OWN: "blue", Evidence.EVALUATED: "green"}


class SearchForm(Form):
    q = forms.CharField(label="Words", required=False, max_length=120)
    theme = forms.ChoiceField(label="About", required=False)
    evidence = forms.ChoiceField(
        label="Evidence", required=False,
        choices=[("", "Any"), *((one.value, EVIDENCES[one][0]) for one in Evidence)],
    )  # fmt: skip

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["theme"].choices = [("", "Anything"), *((one, one) for one in themes(Used(day(now()))))]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Published:
    """A published example as its page and the list show it: the words that were signed off, and no others."""

    row: Example

    @property
    def texts(self) -> dict[str, str]:
        texts: dict[str, str] = self.row.edition.texts
        return texts

    @property
    def title(self) -> str:
        return self.texts["title"]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Heading and words, of what was filled in."""
        beside = ("title", "tags")
        return [(says, self.texts[name]) for name, says in OF_EXAMPLE.items()
                if name not in beside and self.texts.get(name)]  # fmt: skip

    @property
    def tags(self) -> list[str]:
        return [one for one in self.texts.get("tags", "").split(", ") if one]

    @property
    def evidence(self) -> tuple[str, str]:
        """In words, and its colour."""
        of = Evidence(self.row.evidence)
        return EVIDENCES[of][0], EVIDENCE_COLOURS[of]

    @property
    def contact(self) -> str:
        row = self.row
        shown = contact_is_shown(named=row.named, may_be_asked=row.may_be_asked)
        return f"{row.contact}, {row.contact_email}" if shown else ""

    @property
    def passed_on(self) -> bool:
        """May others ask, though not directly, since the council is not named?"""
        return self.row.may_be_asked and not self.contact

    @cached_property
    def take_ups(self) -> list[TakeUp]:
        return list(self.row.take_ups.all())

    @property
    def taken_up(self) -> str:
        return taken_up(one.result for one in self.take_ups)

    @property
    def results(self) -> list[dict[str, Any]]:
        """Each who took it up: whose it is where that is told, the result, and words that were signed off."""
        return [
            {
                "whose": one.whose if one.named else UNNAMED.lower(),
                "result": one.get_result_display(),
                "words": _signed(one),
            }
            for one in self.take_ups
        ]

    @property
    def file(self) -> str:
        tool: Tool | None = getattr(self.row, "tool", None)
        return file_words(tool) if tool else ""


def file_words(tool: Tool) -> str:
    """What a file is and how large: "PDF, 24 kB"."""
    return told(tool.kind, tool.size)


def file_of(tool: Tool) -> HttpResponse:
    """The file, to be kept and never opened by the browser itself; its name tells the example and no more."""
    kind = KINDS[tool.kind]
    return file_answer(bytes(tool.content), f"example-{tool.example_id}.{kind.ending}", kind.media_type)


def _signed(row: TakeUp) -> dict[str, str]:
    edition: Edition | None = getattr(row, "edition", None)
    if edition is None or edition.state != Edition.State.SIGNED_OFF:
        return {}
    words: dict[str, str] = edition.texts
    return words


@public
def compendium(request: HttpRequest) -> HttpResponse:
    """By ``?q=``, ``?theme=`` and ``?evidence=``; newest first."""
    form = SearchForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    theme, evidence, q = (given.get(name, "") for name in ("theme", "evidence", "q"))
    rows = search(published(theme, evidence), q)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in given.items() if value}
    context = {
        "form": form, "found": found, "shown": [Published(row) for row in found], "asked": asked,
        "query": urlencode(asked), "anything": bool(asked) or found.paginator.count > 0,
    }  # fmt: skip
    return render(request, "compendium/list.html", context)


@public
def compendium_example(request: HttpRequest, number: int) -> HttpResponse:
    """At an address that stays: what was withdrawn says so."""
    row = examples().filter(pk=number).first()
    if row is None or (row.published_at is None):
        raise Http404("The compendium has no such example.")
    if row.state != Example.State.PUBLISHED:
        return render(request, "compendium/gone.html", {"row": row}, status=GONE)
    return render(request, "compendium/example.html", {"one": Published(row), "row": row})


@public
def compendium_file(request: HttpRequest, number: int) -> HttpResponse:
    row = examples().filter(pk=number, state=Example.State.PUBLISHED).first()
    tool: Tool | None = getattr(row, "tool", None) if row else None
    if tool is None:
        raise Http404("There is no such file.")
    return file_of(tool)


urlpatterns = [
    path("compendium/", compendium, name="compendium"),
    path("compendium/<int:number>/", compendium_example, name="compendium_example"),
    path("compendium/<int:number>/file/", compendium_file, name="compendium_file"),
]
