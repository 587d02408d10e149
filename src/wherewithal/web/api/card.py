"""The card provider tells of each line as it happens."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import AfterValidator, Field

from wherewithal.actions import card
from wherewithal.actions.kept import KeyOfAnother, once
from wherewithal.formats.card_cells import EARLIEST, MOST_PENCE, without_full_card
from wherewithal.formats.card_csv import CardLine
from wherewithal.web.api.said import Said
from wherewithal.web.api.signature import Signed
from wherewithal.web.clock import now, today

router = Router(tags=["Card lines"])
ROUTE = "card/lines"


def _short_card(written: str) -> str:
    if without_full_card(written) != written:
        raise ValueError("a full card number is kept nowhere; send your own number for the card")
    return written


def _not_ahead(day: date) -> date:
    if not EARLIEST <= day <= today():
        raise ValueError("a day that has come, since 2000")
    return day


def _an_amount(pence: int) -> int:
    if pence == 0:
        raise ValueError("an amount above 0 was spent, below 0 came back; 0 is neither")
    return pence


Text = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Line(Schema):
    """One line of a card. ``pence`` above 0 was spent, below 0 came back."""

    line_id: Annotated[Text, Field(min_length=1)]
    card: Annotated[str, Field(min_length=1, max_length=20), AfterValidator(_short_card)]
    posted_on: Annotated[date, AfterValidator(_not_ahead)]
    merchant: Annotated[Text, Field(min_length=1)]
    merchant_code: Annotated[str, Field(pattern=r"^([0-9]{4})?$")] = ""
    pence: Annotated[int, Field(gt=-MOST_PENCE, lt=MOST_PENCE), AfterValidator(_an_amount)]
    reference: Text = ""


class Taken(Schema):
    """The line is on record, since ``taken_in_at``."""

    line_id: str
    pence: int
    taken_in_at: datetime


@router.post(
    "lines",
    auth=Signed(),
    url_name="receive_card_line",
    summary="Tell of a card line",
    response={201: Taken, 400: Said, 401: Said, 409: Said, 422: Said, 503: Said},
)
def receive_card_line(
    request: HttpRequest,
    line: Line,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", min_length=1, max_length=100, pattern=r"^[!-~]+$")
    ],
) -> Status[Any]:
    """Once: the same key with the same body gets the first answer again, with another body a 409. The same
    line under another key is not spent again and gets the first answer too.
    """
    try:
        return Status(*once(ROUTE, idempotency_key, request.body, now(), lambda: _receive(line)))
    except (KeyOfAnother, card.LineChanged) as refusal:
        return Status(409, Said(says=refusal.says, field=refusal.field))


def _receive(line: Line) -> tuple[int, dict[str, Any]]:
    """The same answer for a line however often it is told: it is on record since it was first posted."""
    told = CardLine(
        line.line_id,
        line.card,
        line.posted_on,
        line.merchant,
        line.merchant_code,
        line.pence,
        line.reference,
        row=0,
    )
    taken = card.receive(line=told, by=card.provider(), at=now())
    since = taken.transfer.at.isoformat()
    return 201, {"line_id": taken.line_id, "pence": taken.pence, "taken_in_at": since}
