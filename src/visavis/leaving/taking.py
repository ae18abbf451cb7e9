"""All that is kept of a person, in one file of hers: for a program (JSON), to be read (a page), and what she sent."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import puremagic
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext

from visavis.common import clock, keeping
from visavis.journal import services as journal
from visavis.leaving import kept
from visavis.people.models import User


def all_of(user: User, *, by: User | None) -> Iterator[bytes]:
    """Give a ZIP piece by piece; the taking is journalled before the first.

    In it are the files as they came, one after the other; `data.json`, every row by its table; and `data.html`, which
    names the files, also those that could not be read now.
    """
    journal.read("data-out", user.pk, by=by.pk if by else None, person_id=user.pk)
    return _pieces(user, keeping.export(user.pk), list(keeping.files(user.pk)))


def _pieces(user: User, rows: dict[str, list[dict[str, Any]]], files: list[keeping.File]) -> Iterator[bytes]:
    """Write the ZIP; never more of it than one file is in memory, and nothing on a disk."""
    sent, taken = _Sent(), list[Taken]()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            content = one.content()
            name = one.name + ("" if content is None else ending(content))
            taken.append(Taken(name, is_there=content is not None))
            if content is not None:
                archive.writestr(name, content, zipfile.ZIP_STORED)
                yield sent.given()
        archive.writestr("data.json", json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr("data.html", page(user, rows, taken))
    yield sent.given()


class _Sent(io.RawIOBase):
    """What was written and not yet given away; a ZIP needs to know no more than that it cannot go back."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        self._written += some
        return len(some)

    def given(self) -> bytes:
        given = bytes(self._written)
        self._written.clear()
        return given


@dataclass(frozen=True)
class Taken:
    """One file of the ZIP; `is_there` says whether it could be read."""

    name: str
    is_there: bool


def ending(content: bytes) -> str:
    """Return how the name of a file ends, by its first bytes; nothing where they say nothing."""
    try:
        found = str(puremagic.from_string(content[:4096]))
    except (puremagic.PureError, ValueError):
        return ""
    return ".jpg" if found == ".jfif" else found


def download(user: User, *, by: User) -> StreamingHttpResponse:
    """Answer with that file."""
    answer = StreamingHttpResponse(all_of(user, by=by), content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="vis-a-vis.zip"'
    return answer


def page(user: User, rows: dict[str, list[dict[str, Any]]], taken: Sequence[Taken]) -> str:
    """Return a page that opens on any device: what is kept, why, until when, by which law, the rows and the files."""
    parts = [
        {
            "title": capfirst(gettext(one.what)),
            "said": [kept.until(one), gettext(one.why), kept.law(one)],
            "tables": [
                {"rows": [shown(row, table.model) for row in found]}
                for table in one.tables
                if (found := rows.get(table.model._meta.label))
            ],
        }
        for one in keeping.kept()
    ]
    context = {
        "parts": [part for part in parts if part["tables"]],
        "files": taken,
        "name": user.name,
        "at": clock.now(),
    }
    return render_to_string("leaving/data.html", context)


@dataclass(frozen=True)
class Said:
    """One field of a row that holds something; `is_worded` where it has a name that people read."""

    name: str
    is_worded: bool
    value: Any


def shown(row: dict[str, Any], model: type[models.Model]) -> list[Said]:
    """Return the fields of a row that hold something, numbers of rows left out."""
    named = {field.attname: field.verbose_name for field in model._meta.concrete_fields}
    return [
        Said(capfirst(str(named[name])), isinstance(named[name], Promise), value)
        for name, value in row.items()
        if value not in (None, "", [], {}) and name != "id" and not name.endswith("_id")
    ]
