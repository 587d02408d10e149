"""From rows to the values of ``core/compendium``: what was handed in, its edition, what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from wherewithal.core.compendium import File, Judged, in_the_way
from wherewithal.core.policy import Used, fingerprint
from wherewithal.core.screening import Finding, Kept, Kind, Words, screen
from wherewithal.policy.quotation import screened_by
from wherewithal.records.models import Door, Edition, Example, TakeUp, Tool

OF_EXAMPLE = {
    "title": "Title",
    "done": "What was done",
    "for_whom": "For whom",
    "came_of": "What came of it",
    "known": "How it is known",
    "tags": "Tags",
}
OF_TAKE_UP = {"says": "What came of it", "figure": "Figure"}
MUST_SAY = ("title", "done", "for_whom")
_TELLS = (Kind.PLACE, Kind.REGION, Kind.ADDRESS, Kind.FIRM, Kind.PROGRAMME, Kind.NAME)
MOST_FOUND = 200
Handed = Example | TakeUp


def columns(of: Handed) -> Mapping[str, str]:
    """Its texts in their order, by column, with what each is called."""
    return OF_EXAMPLE if isinstance(of, Example) else OF_TAKE_UP


def handed_in(of: Handed) -> dict[str, str]:
    """Its texts as the council wrote them, by column."""
    given = {name: getattr(of, name) for name in columns(of)}
    return {name: ", ".join(one) if isinstance(one, list) else one for name, one in given.items()}


def stands_on(of: Handed) -> str:
    """The fingerprint of all that an edition is judged by: the council's words, and whether it may be
    named.
    """
    return fingerprint({"texts": handed_in(of), "named": of.named})


class Screens:
    """What the compendium is screened by on a day, read once: the policy's lists, every council's name."""

    def __init__(self, on: date) -> None:
        self.used = Used(on)

    @cached_property
    def words(self) -> Words:
        return screened_by(self.used, Door.objects.values_list("name", flat=True))

    def screen(self, text: str) -> tuple[Finding, ...]:
        return screen(text, self.words)

    def in_file(self, text: str) -> list[dict[str, str]]:
        """What in a file's text may tell whose it is, each once: kind, words."""
        found = {(one.kind.value, one.words): one for one in self.screen(text) if one.kind in _TELLS}
        return [{"kind": kind, "words": words} for kind, words in found][:MOST_FOUND]


@dataclass(frozen=True)
class OnRecord:
    """An example, or a take-up, with its edition (None before there is one) and its file, as they stand."""

    row: Handed
    screens: Screens
    edition: Edition | None

    @cached_property
    def tool(self) -> Tool | None:
        return getattr(self.row, "tool", None) if isinstance(self.row, Example) else None

    @cached_property
    def texts(self) -> dict[str, str]:
        """The words to be published: those of the edition; before there is one the council's own."""
        return dict(self.edition.texts) if self.edition else handed_in(self.row)

    @cached_property
    def found(self) -> dict[str, tuple[Finding, ...]]:
        """What the screens find, text by text."""
        return {name: self.screens.screen(text) for name, text in self.texts.items()}

    @cached_property
    def judged(self) -> Judged:
        edition, tool = self.edition, self.tool
        file = File.NONE if tool is None else File.LOOKED_AT if tool.looked_at else File.NOT_LOOKED_AT
        return Judged(
            named=self.row.named,
            findings=tuple(one for found in self.found.values() for one in found),
            kept=tuple(Kept(**one) for one in edition.kept) if edition else (),
            hands=frozenset({edition.by_id, edition.changed_by_id}) if edition else frozenset(),
            file=file,
            behind=edition is None or edition.stands_on != stands_on(self.row),
            withdrawal_asked=isinstance(self.row, Example) and self.row.withdrawal_asked_at is not None,
        )

    @property
    def is_gone(self) -> bool:
        return isinstance(self.row, Example) and self.row.state in ("withdrawn", "taken_back")

    @property
    def state(self) -> str:
        """Where it stands, in a few words."""
        if isinstance(self.row, Example) and self.row.state != Example.State.HANDED_IN:
            asks = self.row.state == Example.State.PUBLISHED and self.row.withdrawal_asked_at
            return "Asks to be withdrawn" if asks else self.row.get_state_display()
        if self.edition and self.edition.state == Edition.State.SIGNED_OFF:
            return "Signed off"
        if self.edition is None:
            return "New"
        if self.judged.open:
            return "Findings open"
        return "Something to do" if in_the_way(self.judged) else "Ready for sign-off"


def on_record(row: Handed, screens: Screens) -> OnRecord:
    """``row`` with all that it is judged by."""
    return OnRecord(row, screens, getattr(row, "edition", None))


def examples() -> QuerySet[Example]:
    """With all that each is judged and shown by; of a file not its content, which is large."""
    rows = Example.objects.select_related("door", "edition__by", "edition__changed_by", "edition__signed_by")
    rows = rows.select_related("tool__looked_by").defer("tool__content", "edition__grams")
    return rows.prefetch_related("take_ups__door", "take_ups__edition")


def take_ups() -> QuerySet[TakeUp]:
    """With all that each is judged and shown by."""
    rows = TakeUp.objects.select_related("door", "example__door", "example__edition")
    return rows.select_related("edition__by", "edition__changed_by", "edition__signed_by")
