"""Forms that speak plainly: every message says what to do. They are drawn by ``templates/forms.html``."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from wherewithal.core.refusal import Refusal
from wherewithal.web.templating import lowfirst

PLAIN = {
    "invalid_choice": "Choose one of the answers shown",
    "invalid_list": "Choose from the answers shown",
    "max_length": "Use %(limit_value)d letters or fewer; you used %(show_value)d",
    "min_length": "Use %(limit_value)d letters or more; you used %(show_value)d",
    "max_value": "Enter %(limit_value)s or less",
    "min_value": "Enter %(limit_value)s or more",
    "max_decimal_places": "Use at most %(max)s figures after the point",
    "max_digits": "Use at most %(max)s figures",
    "max_whole_digits": "Use at most %(max)s figures before the point",
    "empty": "The file is empty: choose another",
}
NOT_OF_ITS_KIND = (
    (forms.EmailField, "Enter an email address in full, such as name@example.com"),
    (forms.DecimalField, "Enter a number, such as 7.5"),
    (forms.IntegerField, "Enter a whole number, such as 3"),
)
PUT_BACK = "put_back"  # sent with what was typed before somebody was signed out (typed.py)
CHOSEN = (forms.Select, forms.RadioSelect, forms.SelectMultiple, forms.CheckboxSelectMultiple)


class Form(forms.Form):
    """A form whose faults are found on the server and told in plain words.

    ``asks`` gives the message for a question that was left empty, by field name; where it is silent the
    message is made from the label. What is said of any field alike ("Enter £1.00 or more") names the field
    that it is about, since the summary stands far from it.
    """

    use_required_attribute = False
    asks: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def is_put_back(self) -> bool:
        """Was it typed before somebody was signed out? Then it is shown to them again, not saved."""
        return PUT_BACK in self.data

    @property
    def may_be_kept(self) -> bool:
        """May what is typed be kept for who is signed out meanwhile? Never a password."""
        return not any(isinstance(field.widget, forms.PasswordInput) for field in self.fields.values())

    def is_valid(self) -> bool:
        return not self.is_put_back and super().is_valid()

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            speak_plainly(name, field, self.asks.get(name, ""))
        super().full_clean()

    def add_error(self, field: str | None, error: Any) -> None:
        if field in self.fields and isinstance(error, ValidationError) and hasattr(error, "error_list"):
            error = ValidationError([_named(self[field], one) for one in error.error_list])
        super().add_error(field, error)


def by_rule(read: Callable[[Any], object]) -> Callable[[Any], None]:
    """A field's validator that asks the rule which reads (or checks) the answer, so that its refusal stands
    beside every other fault of the page at once. What the answer becomes is the action's to keep.
    """

    def check(answer: Any) -> None:
        try:
            read(answer)
        except Refusal as refusal:
            raise ValidationError(_whole(refusal)) from None

    return check


def speak_plainly(name: str, field: forms.Field, ask: str = "") -> None:
    """Give ``field`` our words for what Django would say; a message its author wrote stays."""
    defaults: dict[str, Any] = {}
    for ancestor in reversed(type(field).__mro__):
        defaults.update(getattr(ancestor, "default_error_messages", {}))
    plain = {**PLAIN, "required": ask or _ask(str(field.label or name.replace("_", " ")), field)}
    plain |= next(({"invalid": says} for kind, says in NOT_OF_ITS_KIND if isinstance(field, kind)), {})
    for code, words in plain.items():
        said = field.error_messages.get(code)
        if said is None or str(said) == str(defaults.get(code)):
            field.error_messages[code] = words


def _ask(label: str, field: forms.Field) -> str:
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick “{label}” to go on"
    verb = "Choose" if isinstance(field.widget, (*CHOSEN, forms.FileInput)) else "Enter"
    return f"{verb} “{label}”"


def _named(bound: BoundField, error: ValidationError) -> ValidationError:
    """``error`` with the field's label before what would be said of any field alike; the words that the
    field's author chose for it speak for themselves.
    """
    chosen = bound.field.error_messages.get(error.code or "")
    alike = [*PLAIN.values(), *(says for _, says in NOT_OF_ITS_KIND), None]
    if error.code not in (*PLAIN, "invalid") or chosen not in alike:
        return error
    label = str(bound.label)
    label = label.replace("%", "%%") if error.params else label  # numbers are put into the message by "%"
    return ValidationError(named(label, str(error.message)), code=error.code, params=error.params)


def named(label: str, says: str) -> str:
    """What is said of a field, after the name of the field."""
    return f"{label} {says}" if label.endswith("?") else f"{label}: {lowfirst(says)}"


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Show ``refusal`` on the field that it names, or at the top, with its source and who could do it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, _whole(refusal))


def _whole(refusal: Refusal) -> str:
    says = refusal.says
    if refusal.who_could and refusal.who_could not in says:
        says += f" Who could: {refusal.who_could}."
    if refusal.source:
        says += f" Source: {refusal.source}."
    return says
