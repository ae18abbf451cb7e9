"""Files taken from a request within a limit: what is larger is left unread on the wire, and said so."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST_REQUEST = 200_000_000
"""Beyond this, the request is refused before anything of it is read."""
MOST_BYTES = 15_000_000


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
