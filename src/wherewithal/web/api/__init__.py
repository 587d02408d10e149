"""The HTTP API, described by OpenAPI at ``/api/openapi.json``.

Callers are machines that sign what they send, so there is no session and no cookie: that is why its views are
exempt from the check of forms against forgery (django-ninja's default).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wherewithal.core.refusal import Refusal
from wherewithal.web.api.card import router
from wherewithal.web.api.said import Said
from wherewithal.web.api.signature import NotSetUp

SIGNED = ("receive_card_line",)

api = NinjaAPI(
    title="Wherewithal",
    version="1",
    description="What other systems send to a council’s Wherewithal.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("/card/", router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule said no: why, and which field it is about."""
    return api.create_response(request, Said(says=refusal.says, field=refusal.field), status=422)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or a header that is not as the description says: the first fault, by its place."""
    fault: dict[str, Any] = dict(error.errors[0])
    place = [str(part) for part in fault["loc"] if part not in ("body", "line", "header")]
    field = ".".join(place)
    return api.create_response(
        request, Said(says=f"{field or 'body'}: {fault['msg']}", field=field), status=422
    )


@api.exception_handler(AuthenticationError)
def unsigned(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    says = "The signature or its time is missing or wrong. Nothing was done."
    return api.create_response(request, Said(says=says), status=401)


@api.exception_handler(NotSetUp)
def not_set_up(request: HttpRequest, error: NotSetUp) -> HttpResponse:
    says = "This council takes no card lines here yet: set WHEREWITHAL_CARD_SECRET."
    return api.create_response(request, Said(says=says), status=503)


@api.exception_handler(HttpError)
def not_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Such as a body that is not JSON."""
    return api.create_response(request, Said(says=str(error)), status=error.status_code)


def _guarded() -> tuple[Any, str, str]:
    """The addresses, each view carrying how it is guarded, as all of ours do."""
    patterns, app, namespace = api.urls
    pattern: Any
    for pattern in patterns:
        by_signature = pattern.name in SIGNED
        pattern.callback.permission = "signed" if by_signature else "public"
    return patterns, app, namespace


urls = _guarded()
