"""A form's field as the parameters of a GOV.UK component; ``templates/forms.html`` draws it."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString

from wherewithal.web.field_kinds import DateBoxes, MoneyInput, PlaceBoxes

PASSED_ON = ("hx-", "data-")
Params = dict[str, Any]


def drawn(bound: BoundField, **asks: Any) -> Params:
    """What to draw for ``bound``: ``kind`` (a component's name) and ``params`` for its macro.

    ``asks``: ``label``, ``hint`` (instead of the field's), ``size`` of the label (s, m, l or "" for plain),
    ``heading`` (the label is the page's h1), ``width`` of a box in letters (2, 3, 4, 5, 10, 20),
    ``inline`` radio buttons, ``small`` ones, ``suffix``, ``rows``, ``reveal`` (value -> html under a choice),
    ``needed`` (true: an answer that only some choices ask for, and that is not called optional).
    """
    widget = bound.field.widget
    if bound.is_hidden:
        return {"kind": "hidden", "params": {}}
    for kinds, draw in DRAWN_BY:
        if isinstance(widget, kinds):
            kind, params = draw(bound, asks)
            return {"kind": kind, "params": {**_shared(bound, asks), **params}}
    raise TypeError(f"No component draws {type(widget).__name__} ({bound.name})")


def faults(form: forms.Form) -> list[Params]:
    """The form's faults for its summary: those of the whole first, then each field's with a link to it.

    A fault of the whole that is about a place on the page names it as its parameter ``href``.
    """
    found: list[Params] = [
        {"text": text, "href": (fault.params or {}).get("href")}
        for fault in form.non_field_errors().as_data()
        for text in fault.messages
    ]
    for bound in form:
        boxes = _boxes_at_fault(bound)
        href = f"#{_id(bound)}" + (f"_{boxes[0]}" if boxes else "")
        found += [{"text": text, "href": href} for text in bound.errors]
    return found


def _id(bound: BoundField) -> str:
    return str(bound.auto_id or bound.html_name)


def _shared(bound: BoundField, asks: Params) -> Params:
    attrs = bound.field.widget.attrs
    return {
        "id": _id(bound),
        "name": bound.html_name,
        "hint": _hint(asks.get("hint", bound.help_text)),
        "errorMessage": {"text": ". ".join(str(text) for text in bound.errors)} if bound.errors else None,
        "disabled": bound.field.disabled,
        "attributes": {name: value for name, value in attrs.items() if name.startswith(PASSED_ON)},
    }


def _hint(text: Any) -> Params | None:
    if not text:
        return None
    text = text if isinstance(text, str) else str(text)  # a lazy help text may come out as safe html
    return {"html" if isinstance(text, SafeString) else "text": text}


def _title(bound: BoundField, asks: Params) -> str:
    text = str(asks.get("label", bound.label))
    return text if bound.field.required or asks.get("needed") else f"{text} (optional)"


def _label(bound: BoundField, asks: Params) -> Params:
    size = asks.get("size", "l" if asks.get("heading") else "s")
    classes = f"govuk-label--{size}" if size else ""
    return {"text": _title(bound, asks), "classes": classes, "isPageHeading": asks.get("heading", False)}


def _fieldset(bound: BoundField, asks: Params) -> Params:
    size = asks.get("size", "l" if asks.get("heading") else "s")
    classes = f"govuk-fieldset__legend--{size}" if size else ""
    return {
        "legend": {
            "text": _title(bound, asks),
            "classes": classes,
            "isPageHeading": asks.get("heading", False),
        }
    }


def _text(bound: BoundField, asks: Params) -> tuple[str, Params]:
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.Input)
    number, is_money = isinstance(widget, forms.NumberInput), isinstance(widget, MoneyInput)
    in_parts = is_money or isinstance(bound.field, forms.FloatField)
    width = asks.get("width") or (10 if is_money else 5 if number else None)
    return "input", {
        "label": _label(bound, asks),
        "value": bound.value(),
        "type": "text" if number else widget.input_type,
        "inputmode": "decimal" if in_parts else "numeric" if number else widget.attrs.get("inputmode"),
        "autocomplete": widget.attrs.get("autocomplete"),
        "spellcheck": False if is_money or number or widget.input_type == "email" else None,
        "prefix": {"text": "£"} if is_money else None,
        "suffix": {"text": asks["suffix"]} if asks.get("suffix") else None,
        "classes": " ".join(filter(None, [f"govuk-input--width-{width}" if width else "",
                                          widget.attrs.get("class", "")])),
    }  # fmt: skip


def _password(bound: BoundField, asks: Params) -> tuple[str, Params]:
    autocomplete = bound.field.widget.attrs.get("autocomplete", "current-password")
    return "password", {"label": _label(bound, asks), "autocomplete": autocomplete}


def _long_text(bound: BoundField, asks: Params) -> tuple[str, Params]:
    most = getattr(bound.field, "max_length", None)
    params = {
        "label": _label(bound, asks),
        "value": _lines(bound.value() or ""),
        "rows": asks.get("rows", 5),
        "maxlength": most,
    }
    return ("counted" if most else "textarea"), params


def _lines(text: str) -> SafeString:
    """The text with its line ends as references: the macros indent html, which would indent the text too."""
    return SafeString(escape(text.replace("\r\n", "\n")).replace("\n", "&#10;"))


def _date(bound: BoundField, asks: Params) -> tuple[str, Params]:
    widget = bound.field.widget
    assert isinstance(widget, DateBoxes)
    value = bound.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    at_fault = _boxes_at_fault(bound)
    autocomplete = widget.attrs.get("autocomplete")
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{_id(bound)}_{part}",
            "label": part.capitalize(),
            "value": "" if text is None else str(text),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in at_fault else ""),
            "autocomplete": f"{autocomplete}-{part}" if autocomplete else None,
        }
        for part, text in zip(widget.parts, values, strict=True)
    ]
    return "date", {"fieldset": _fieldset(bound, asks), "items": items}


def _places(bound: BoundField, asks: Params) -> tuple[str, Params]:
    widget = bound.field.widget
    assert isinstance(widget, PlaceBoxes)
    values = bound.value() if bound.form.is_bound else widget.decompress(bound.value())
    items = [
        {
            "name": f"{bound.html_name}_{choice}",
            "id": f"{_id(bound)}_{choice}",
            "label": text,
            "value": "" if place is None else str(place),
            "classes": "govuk-input--width-2" + (" govuk-input--error" if bound.errors else ""),
        }
        for (choice, text), place in zip(widget.choices, values, strict=True)
    ]
    return "date", {"fieldset": _fieldset(bound, asks), "items": items, "classes": "ww-places"}


def _boxes_at_fault(bound: BoundField) -> list[str]:
    if not bound.errors:
        return []
    if isinstance(bound.field.widget, PlaceBoxes):
        return [bound.field.widget.choices[0][0]]
    if not isinstance(bound.field.widget, DateBoxes):
        return []
    first = bound.form.errors.as_data()[bound.name][0]
    return list((first.params or {}).get("boxes", DateBoxes.parts))


def _choices(bound: BoundField, asks: Params) -> list[Params]:
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple | set) else [value])}
    hints = getattr(bound.field, "hints", {})
    reveal = asks.get("reveal", {})
    return [
        {
            "value": str(value),
            "text": str(label),
            "checked": str(value) in chosen,
            "hint": {"text": hints[str(value)]} if str(value) in hints else None,
            "conditional": {"html": reveal[str(value)]} if str(value) in reveal else None,
            "disabled": bound.field.disabled,
        }
        for value, label in bound.field.choices  # type: ignore[attr-defined]
        if str(value)
    ]


def _one_of(bound: BoundField, asks: Params) -> tuple[str, Params]:
    shapes = [f"govuk-radios--{shape}" for shape in ("inline", "small") if asks.get(shape)]
    return "radios", {
        "idPrefix": _id(bound),
        "fieldset": _fieldset(bound, asks),
        "items": _choices(bound, asks),
        "classes": " ".join(shapes),
    }


def _some_of(bound: BoundField, asks: Params) -> tuple[str, Params]:
    return "checkboxes", {
        "idPrefix": _id(bound),
        "fieldset": _fieldset(bound, asks),
        "items": _choices(bound, asks),
        "classes": "govuk-checkboxes--small" if asks.get("small") else "",
    }


def _tick(bound: BoundField, asks: Params) -> tuple[str, Params]:
    item = {
        "value": "on",
        "text": str(asks.get("label", bound.label)),
        "checked": bool(bound.value()),
        "hint": _hint(asks.get("hint", bound.help_text)),
        "disabled": bound.field.disabled,
    }
    return "checkboxes", {"idPrefix": _id(bound), "items": [item], "hint": None}


def _select(bound: BoundField, asks: Params) -> tuple[str, Params]:
    value = bound.value()
    items = [
        {"value": str(key), "text": str(label), "selected": str(key) == str("" if value is None else value)}
        for key, label in bound.field.choices  # type: ignore[attr-defined]
    ]
    return "select", {"label": _label(bound, asks), "items": items}


def _file(bound: BoundField, asks: Params) -> tuple[str, Params]:
    return "file", {"label": _label(bound, asks)}


# The first whose widget fits; a subclass stands before its parent.
DRAWN_BY: list[tuple[Any, Any]] = [
    (DateBoxes, _date),
    (PlaceBoxes, _places),
    (forms.PasswordInput, _password),
    (forms.Textarea, _long_text),
    (forms.CheckboxSelectMultiple, _some_of),
    (forms.RadioSelect, _one_of),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
    (forms.FileInput, _file),
    (forms.widgets.Input, _text),
]
