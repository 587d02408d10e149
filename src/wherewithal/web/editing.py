"""Forms over something on record: who saves second is told what the first one changed, and loses nothing."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from django import forms
from django.db.models import Model

from wherewithal.actions.record import locked
from wherewithal.core import money
from wherewithal.core.period import written
from wherewithal.core.questions import attached
from wherewithal.core.refusal import Refusal
from wherewithal.web.field_kinds import AnswerFileField, PenceField, PlaceBoxes, PlacesField
from wherewithal.web.forms import Form, named

OPENED = "opened"  # the hidden box in which a page says what it showed
YOURS = (
    "somebody changed this since you opened it. On record is now: {now}. What you typed is still in the box: "
    "save again to put it in place of that"
)
AGAIN = (
    "somebody changed this since you opened it. On record is now: {now}. Choose your file again to put it in "
    "place of that"
)
THEIRS = "somebody changed this since you opened it. The box now shows what they wrote"
M = TypeVar("M", bound=Model)


class ChangedSince(Refusal):
    """What the form stands on is no longer what its page showed."""


class EditForm(Form):
    """A form that writes over what is on record.

    Its page carries a mark of each value that it showed (``forms.html`` draws it): a hash, so that nothing
    personal stands on the page twice. ``must_stand`` compares them with the record. Whoever only changed one
    answer does not put back the others as they were: a box that they left alone takes the newer value.
    A form that was sent without marks, by hand, is taken at its word.
    """

    is_behind = False  # the record went on since the page was opened, so nothing of it is saved
    _opened = ""

    @property
    def opened(self) -> str:
        """The marks of what the page shows, or showed when it was opened first."""
        if self._opened:
            return self._opened
        return (
            self.data.get(self.add_prefix(OPENED), "") if self.is_bound else self._marks(self.shown_first())
        )

    def goes_on_from(self, other: "EditForm") -> None:
        """Drawn in the place of ``other``, which was not saved: what the page showed first stays the same."""
        self._opened = other.opened

    def must_stand(self, row: M, read: Callable[[M], Mapping[str, Any]], under: Model | None = None) -> None:
        """Refuse to write over ``row`` where it was changed since the page was opened.

        ``read`` gives the form's values as the record has them. Ask it inside ``refusals(form)``, before the
        action: what the action locks (``under``, else ``row``) is held from here on, so that nobody writes
        between the look and the action. Raises ChangedSince.
        """
        locked(under or row)
        row.refresh_from_db()
        now = read(row)
        clashes = self._clashes(now)
        for name, is_mine in clashes.items():
            field = self.fields[name]
            mine = (
                AGAIN if isinstance(field, forms.FileField) else YOURS
            )  # no browser keeps a file in its box
            says = mine.format(now=in_words(field, now.get(name))) if is_mine else THEIRS
            self.add_error(name, named(str(field.label), says))
            if not is_mine:
                _show(field, now.get(name))
        if clashes:
            self.is_behind, self._opened = True, self._marks(now)
            raise ChangedSince("Somebody changed this since you opened it. Nothing is saved yet.")

    def stands_on(self, now: Mapping[str, Any]) -> None:
        """What was typed is on record (``now``): the page that is drawn again was opened with that."""
        self._opened = self._marks(now)

    def shown_first(self) -> Mapping[str, Any]:
        """What an unbound form shows of the record, by field."""
        return self.initial

    def typed(self) -> Mapping[str, Any]:
        """What was typed and could be read, by field."""
        return self.cleaned_data

    def _clashes(self, now: Mapping[str, Any]) -> dict[str, bool]:
        """What was changed on record and is not what was typed: whether this user changed it too."""
        opened: dict[str, str] = {}
        with suppress(ValueError):
            opened = json.loads(self.opened or "{}")
        found = {}
        for name in self.fields.keys() & opened.keys():
            of_now = self._mark(name, now)
            of_typed = self._mark(name, self.typed()) if name in self.typed() else None
            if of_now not in (opened[name], of_typed):
                found[name] = of_typed != opened[name]
        return {name: found[name] for name in self.fields if name in found}

    def _marks(self, values: Mapping[str, Any]) -> str:
        return json.dumps({name: self._mark(name, values) for name in self.fields})

    def _mark(self, name: str, values: Mapping[str, Any]) -> str:
        return mark(values.get(name), in_order=isinstance(self.fields[name], PlacesField))


def _show(field: forms.Field, value: Any) -> None:
    """Draw ``value`` in the box, not what was posted."""
    drawn = field.widget.decompress(value) if isinstance(field.widget, PlaceBoxes) else value
    field.bound_data = lambda data, initial: drawn  # type: ignore[method-assign]


def mark(value: Any, *, in_order: bool = False) -> str:
    """A short mark of a value, the same for all ways to write it; ``in_order``: a list says more than what
    is in it.
    """
    if value in (None, "", []):
        text = ""
    elif isinstance(value, list | tuple | set):
        text = "\n".join(map(str, value) if in_order else sorted(map(str, value)))
    elif isinstance(value, Decimal):
        text = f"{value.normalize():f}"
    else:
        text = str(value).replace("\r\n", "\n").strip()
    return sha256(text.encode()).hexdigest()[:16]


def in_words(field: forms.Field, value: Any) -> str:
    """A value on record as people read it."""
    if value in (None, "", []):
        return "nothing"
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(label) for key, label in field.choices}  # type: ignore[misc, union-attr]
        chosen = field.prepare_value(value)
        several = chosen if isinstance(chosen, list | tuple | set) else [chosen]
        return ", ".join(names.get(str(one), str(one)) for one in several)
    if isinstance(field, AnswerFileField):
        file = attached(value)
        return f"“{file.name}”" if file else "nothing"
    if isinstance(field, PlacesField):
        return ", ".join(dict(field.widget.choices)[one] for one in value)
    if isinstance(field, PenceField):
        return money.pounds(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return written(value) if isinstance(value, date) else f"“{value}”"
