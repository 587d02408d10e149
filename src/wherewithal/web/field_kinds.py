"""The kinds of field that forms are made of, as people answer: dates, money, places, one of several."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wherewithal.core import money

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateBoxes(forms.MultiWidget):
    """Three boxes: day, month, year, named ``<name>_day`` and so on."""

    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts}, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.Field):
    """A date in the order day, month, year; the month as a number or a name. Gives a ``date`` or None.

    ``example`` is shown beside the question, and again by what is said of a date that is none.
    """

    widget = DateBoxes

    def __init__(self, *, example: str = "", **kwargs: Any) -> None:
        if example:
            kwargs["help_text"] = f"For example, {example}"
        super().__init__(**kwargs)
        self.example = example or "6 4 2026"

    def to_python(self, value: Sequence[str | None] | date | None) -> date | None:
        if value is None or isinstance(value, date):
            return value
        day, month, year = ((box or "").strip() for box in value)
        given = {"day": day, "month": month, "year": year}
        missing = [part for part, text in given.items() if not text]
        if len(missing) == 3:
            return None
        if missing:
            raise _not_a_date(f"Add the {' and the '.join(missing)}, such as {self.example}", missing)
        if year.isdigit() and len(year) != 4:
            raise _not_a_date(f"Write the year with 4 figures, such as {self.example[-4:]}", ["year"])
        try:
            return date(int(year), _month(month), int(day))
        except ValueError:
            raise _not_a_date(f"Enter a real date, such as {self.example}", [*given]) from None


def _month(text: str) -> int:
    name = text[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else int(text)


def _not_a_date(says: str, boxes: list[str]) -> ValidationError:
    return ValidationError(says, code="invalid", params={"boxes": boxes})


class PlaceBoxes(forms.MultiWidget):
    """A box a choice for its place, 1 the first; named ``<name>_<value>``."""

    def __init__(self, choices: Sequence[tuple[str, str]], attrs: dict[str, Any] | None = None) -> None:
        self.choices = list(choices)
        super().__init__({value: forms.TextInput() for value, _ in choices}, attrs)

    def decompress(self, value: list[str] | None) -> list[Any]:
        ranked = value or []
        return [ranked.index(one) + 1 if one in ranked else None for one, _ in self.choices]


class PlacesField(forms.Field):
    """Choices in an order. The rule (``core/questions``) reads what was written, so all is let through."""

    def __init__(self, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(widget=PlaceBoxes(choices), **kwargs)


class AnswerFileField(forms.FileField):
    """A file as the answer to a question. ``initial`` is the answer on record, as ``core/questions`` has it;
    what was posted is read and looked at by ``answer_files``, so all is let through.
    """


class MoneyInput(forms.TextInput):
    """A text box with a pound sign before it."""


A_WEEK_AT_MOST = 10_000_00  # pence: more than any support costs a week, and no slip of the hand


class PenceField(forms.Field):
    """An amount as people write it, ``£1,234.50``; gives whole pence or None.

    ``least`` and ``most`` are limits in pence, both allowed; by default far more than
    anybody means.
    """

    widget = MoneyInput

    def __init__(self, *, least: int = 0, most: int = 10_000_000_00, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def to_python(self, value: str | int | None) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if not value.strip():
            return None
        try:
            return money.pence(value)
        except money.NotMoney as refusal:
            raise ValidationError(refusal.says, code="invalid") from None

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and value < self.least:
            raise ValidationError(f"Enter {money.pounds(self.least)} or more", code="min_value")
        if value is not None and value > self.most:
            raise ValidationError(f"Enter {money.pounds(self.most)} or less", code="max_value")

    def prepare_value(self, value: Any) -> Any:
        return money.pounds(value).replace("£", "") if isinstance(value, int) else value


class _Hinted(forms.ChoiceField):
    """Choices; ``hints`` gives a line of help under one, by its value."""

    def __init__(
        self,
        choices: Iterable[tuple[str, str]] = (),
        *,
        hints: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=list(choices), **kwargs)
        self.hints = dict(hints or {})


class OneOf(_Hinted):
    """Radio buttons, with hints."""

    widget = forms.RadioSelect


class SomeOf(_Hinted, forms.MultipleChoiceField):
    """Tick boxes, with hints. Gives a list of values."""

    widget = forms.CheckboxSelectMultiple


class YesNo(OneOf):
    """Yes or no; gives True, False, or None when it may be left open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([("yes", "Yes"), ("no", "No")], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))
