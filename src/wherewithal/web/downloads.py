"""Files that pages hand out: PDFs that open in the browser, spreadsheets that are kept."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from wherewithal.core.money import pounds
from wherewithal.core.report import Table


def pdf_answer(made: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser."""
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=disposition)


def page_answer(made: bytes, name: str) -> HttpResponse:
    """A web page that stands alone, with its own style: it may load and run nothing."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'",
    }
    return HttpResponse(made, content_type="text/html; charset=utf-8", headers=headers)


def csv_answer(made: bytes, name: str) -> HttpResponse:
    """A CSV file to download."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="text/csv; charset=utf-8", headers=disposition)


def ods_answer(title: str, cover: Sequence[str], tables: Sequence[Table], name: str) -> HttpResponse:
    """Tables as an accessible OpenDocument spreadsheet to download; ``cover`` are lines under the title."""
    from wherewithal.formats.ods import workbook  # the web starts without it

    return ods_made(workbook(title, cover, tables), name)


def ods_made(made: bytes, name: str) -> HttpResponse:
    """An OpenDocument spreadsheet that was made before, to download."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        made, content_type="application/vnd.oasis.opendocument.spreadsheet", headers=disposition
    )


def svg_answer(made: bytes, name: str) -> HttpResponse:
    """A chart to download: opened in a browser it may load and run nothing."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(made, content_type="image/svg+xml", headers=headers)


def toml_answer(made: bytes, name: str) -> HttpResponse:
    """A TOML file to download."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/toml", headers=disposition)


def file_answer(made: bytes, name: str, media_type: str) -> HttpResponse:
    """A file that came from outside, to download: no browser opens it, nor takes it for another kind."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(made, content_type=media_type, headers=headers)


def plain(pence: int) -> str:
    """An amount for a spreadsheet's cell: ``-1234.50``."""
    return pounds(pence).replace("£", "").replace(",", "")
