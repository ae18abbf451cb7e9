"""Files taken from a request within a limit: what is larger is left unread on the wire, and said so."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.decorators.csrf import csrf_exempt, csrf_protect

MOST_REQUEST = 200_000_000
"""Beyond this, the request is refused before anything of it is read."""
MOST_BYTES = 15_000_000
MOST_OF_A_PAGE = 5_000_000
"""Of a page that takes no files."""


class SmallFile(FileUploadHandler):
    """Keeps files in memory up to a limit for all of them together; drains the rest, so that what was typed is kept."""

    most = MOST_BYTES
    is_too_big = False
    kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.chunks = io.BytesIO()
        if self.too_big(self.content_length or 0):
            raise SkipFile

    def too_big(self, more: int) -> bool:
        self.is_too_big = self.is_too_big or self.kept + more > self.most
        return self.is_too_big

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.too_big(len(raw_data)):
            self.chunks = io.BytesIO()
            raise SkipFile
        self.kept += len(raw_data)
        self.chunks.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if self.is_too_big:
            return None
        self.chunks.seek(0)
        return InMemoryUploadedFile(
            file=self.chunks,
            field_name=self.field_name,
            name=self.file_name or "file",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class SmallFiles(SmallFile):
    """Several photos of one document."""

    most = 60_000_000


def sized(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take care of the size of a page that takes files, before all else: the token stands in the body, so whoever
    checks it has read the whole body. What is too large is left, `is_too_big` says so, and the page is shown again.
    """

    @csrf_exempt
    @wraps(view)
    def before(request: HttpRequest, *args: Any, **where: Any) -> HttpResponse:
        if request.method == "POST":
            upload = SmallFiles(request)
            request.upload_handlers = [upload]
            is_read = _length(request) <= MOST_REQUEST
            try:
                request.POST if is_read else None  # noqa: B018  (reading it is what raises)
            except RequestDataTooBig:
                is_read = False
            request.META[TOO_BIG] = upload.is_too_big or not is_read
            if not is_read:
                request.method = "GET"
        return csrf_protect(view)(request, *args, **where)

    return before


TOO_BIG = "visavis.is_too_big"


def is_too_big(request: HttpRequest) -> bool:
    """Say whether the files of a request were left, being too large."""
    return bool(request.META.get(TOO_BIG))


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() and len(said) < 16 else 0


class BodyMiddleware:
    """Refuse by its head what is too large for a page that takes no files: nothing of it is read or kept.

    Views that check no token in the body take care of themselves: they read what they want of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_more: Any) -> HttpResponse | None:
        if _length(request) <= MOST_OF_A_PAGE or getattr(view, "csrf_exempt", False):
            return None
        return HttpResponse(get_template("413.html").render({}), status=413)
