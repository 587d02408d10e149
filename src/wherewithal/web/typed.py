"""What somebody typed when they were no longer signed in, kept until they are again.

How, and why so:

- **Whose it is** is told by the page itself. Beside the form's token stands its writer, signed and dated, so
  that a form which comes in without a session still says who had opened it. Only they get it back; where
  anybody else signs in first, it is thrown away.
- **Where**: on the server, in the session that the browser has while nobody is signed in, and signing in
  goes on with that session. It is offered for an hour, and the nightly round clears sessions that are over.
  Nothing of it is put into an address or a cookie.
- **Never**: a password (a form that asks for one names no writer), a file, a button that stands alone. Those
  are sent again by hand.
- **Nothing is saved by itself.** After signing in, the page offers to put it back into the form, and a form
  that was put back is never valid (``forms.Form``): only what is sent from there is saved, by all its rules.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.backends.utils import csrf_input

from wherewithal.records.models import User
from wherewithal.web.clock import now
from wherewithal.web.field_kinds import DateBoxes, DateField
from wherewithal.web.forms import PUT_BACK
from wherewithal.web.templating import written

KEPT, WRITER, LABELS = "typed", "writer", "labels"
OPEN_AT_MOST = timedelta(days=1)  # a page that was opened before is not believed
KEPT_FOR = timedelta(hours=1)
NOT_DONE = "You were signed out before this was done, so nothing was saved. Sign in, then do it again."
NOT_SAVED = "You were signed out before this was saved. What you typed is kept for an hour: sign in again."
DO_IT_AGAIN = "You were signed out before this was done, so nothing was saved. Do it again."


class Tokens:
    """What a form carries unseen: its token against forgery, and (``writer``) who opened the page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __html__(self) -> str:
        return csrf_input(self.request)

    @property
    def writer(self) -> str:
        user = getattr(self.request, "user", None)
        return signing.dumps(user.pk, salt=WRITER) if isinstance(user, User) else ""

    @staticmethod
    def labels(form: forms.Form) -> str:
        """What the page calls each box of ``form``, and each choice in it: for ``by_hand``, which is asked
        when the form can be drawn no more. Signed, so that it is believed as it comes back.
        """
        boxes = {
            bound.html_name: [str(bound.label), _choices(bound.field)] for bound in form.visible_fields()
        }
        return signing.dumps(boxes, salt=LABELS, compress=True)


def tokens(request: HttpRequest) -> dict[str, Any]:
    """For templates: ``csrf_input``, which also knows the writer."""
    return {"csrf_input": Tokens(request)}


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here; what a form sent is kept for its writer, and that is said."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=401)  # a piece of a page: no sign-in page belongs in its place
    if request.method == "POST":
        writer = writer_of(request)
        if writer is not None:
            until = now() + KEPT_FOR
            request.session[KEPT] = {
                "writer": writer, "at": request.get_full_path(), "until": until.isoformat(),
                "posted": posted(request),
            }  # fmt: skip
        messages.warning(request, NOT_DONE if writer is None else NOT_SAVED)
    return redirect_to_login(request.get_full_path())


def waiting(request: HttpRequest) -> dict[str, Any] | None:
    """What is kept for whoever is signed in; what is kept for others, or is too old, is thrown away."""
    kept = request.session.get(KEPT)
    if not kept:
        return None
    if kept["writer"] != request.user.pk or datetime.fromisoformat(kept["until"]) < now():
        forget(request)
        return None
    return dict(kept)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def writer_of(request: HttpRequest) -> int | None:
    """Who had opened the page that sent this form, by id; None where it does not say, or says falsely."""
    try:
        return int(signing.loads(request.POST.get(WRITER, ""), salt=WRITER, max_age=OPEN_AT_MOST))
    except signing.BadSignature:
        return None


def posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, for hidden boxes: without the tokens."""
    left_out = ("csrfmiddlewaretoken", WRITER, LABELS, PUT_BACK)
    return [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]


def by_hand(request: HttpRequest) -> list[tuple[str, str]]:
    """What the sender had typed into a form of their own, as (what the form calls the box, what they said in
    words), where it can be neither saved nor put back: what it was about is gone. Nothing of a form that
    names no writer.
    """
    writer = writer_of(request) if request.method == "POST" else None
    if writer is None or writer != request.user.pk:
        return []
    try:
        boxes = signing.loads(request.POST.get(LABELS, ""), salt=LABELS)
    except signing.BadSignature:
        return []
    said = ((label, _said(request.POST, name, choices)) for name, (label, choices) in boxes.items())
    return [(label, words) for label, words in said if words]


def _choices(field: forms.Field) -> dict[str, str]:
    """What each choice of a field is called, by what is sent for it."""
    if isinstance(field, forms.ChoiceField):
        return {str(value): str(text) for value, text in field.choices}  # type: ignore[misc, union-attr]
    return {"on": "Yes"} if isinstance(field, forms.BooleanField) else {}


def _said(sent: QueryDict, name: str, choices: Mapping[str, str]) -> str:
    """What was sent of a box as people write it: a choice by its name, a date in one."""
    boxes = [sent.get(f"{name}_{part}", "").strip() for part in DateBoxes.parts]
    if any(boxes):
        try:
            return written(DateField().to_python(boxes))
        except ValidationError:  # no date: as it was typed
            return " ".join(boxes)
    return ", ".join(choices.get(value, value) for value in sent.getlist(name) if value.strip())
