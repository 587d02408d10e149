"""A question as a field of a form, by its kind. What may be answered is the core's to say."""

from datetime import date
from typing import Any

from django import forms

from wherewithal.core.questions import Answer, Question
from wherewithal.web.answer_files import hint
from wherewithal.web.field_kinds import (
    AnswerFileField,
    DateBoxes,
    DateField,
    OneOf,
    PenceField,
    PlaceBoxes,
    PlacesField,
    SomeOf,
)


def field_of(question: Question, answer: Answer) -> forms.Field:
    """The Django field that draws a question; its limits are the rule's to check."""
    common: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": question.required,
        "initial": answer,
    }
    choices = [(choice.value, choice.text) for choice in question.choices]
    hints = {choice.value: choice.hint for choice in question.choices if choice.hint}
    match question.kind:
        case "one" | "likert" | "yes_no":
            return OneOf(choices, hints=hints, **common)
        case "several":
            return SomeOf(choices, hints=hints, **common)
        case "rank":
            text = f"{question.hint} Number them from 1, the first, to {len(choices)}.".strip()
            return PlacesField(choices, **common | {"help_text": text})
        case "longtext":
            return forms.CharField(widget=forms.Textarea, max_length=question.check.longest, **common)
        case "whole_number":
            return forms.IntegerField(**common)
        case "decimal":
            return forms.FloatField(**common)
        case "money":
            return PenceField(**common)
        case "date":
            day = date.fromisoformat(answer) if isinstance(answer, str) else None
            return DateField(**common | {"initial": day})
        case "file":
            return AnswerFileField(**common | {"help_text": hint(question)})
    return forms.CharField(**common)


def boxes_of(field: forms.Field) -> list[str]:
    """The boxes that one answer comes in: of a date, or the places of choices; none for any other."""
    widget = field.widget
    if isinstance(widget, DateBoxes):
        return list(DateBoxes.parts)
    return [value for value, _ in widget.choices] if isinstance(widget, PlaceBoxes) else []
