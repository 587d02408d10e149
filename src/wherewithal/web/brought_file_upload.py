"""A large file on its way in: it lies in a file that no folder names; what is too large is not kept at all.

Such a file goes with the process that holds it, also one that is killed: what names people must not be left
lying in a temporary folder.
"""

from collections.abc import Callable
from functools import wraps
from tempfile import TemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from wherewithal.core.policy import Used
from wherewithal.policy.brought_file import largest_bytes
from wherewithal.records.models import User
from wherewithal.web.clock import today

View = Callable[..., HttpResponse]


class Nameless(FileUploadHandler):
    """Takes every file of a request, up to ``largest`` bytes; ``too_large`` once one had more."""

    def __init__(self, request: HttpRequest, largest: int) -> None:
        super().__init__(request)
        self._largest = largest
        self.too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = TemporaryFile()  # noqa: SIM115 (it is closed with the request)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self._largest:
            self.too_large = True
            self._file.close()
            raise SkipFile  # the rest is read and forgotten, so that the browser hears what is wrong
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        self._file.seek(0)
        return UploadedFile(self._file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        self._file.close()


def takes_large_files(view: View) -> View:
    """The view's uploads are taken by ``Nameless``; nobody's are, who has not signed in.

    The view must be ``csrf_protect`` below ``@page``: the check reads the whole form, so it comes after the
    handler is set and after who sends it is known.
    """

    @csrf_exempt
    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            known = isinstance(request.user, User)
            handler = Nameless(request, largest_bytes(Used(today())) if known else 0)
            request.upload_handlers = [handler]
            request.nameless = handler  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return taking


def too_large(request: HttpRequest) -> bool:
    """Whether a file of the request had more bytes than the council takes."""
    handler: Nameless | None = getattr(request, "nameless", None)
    return handler is not None and handler.too_large
