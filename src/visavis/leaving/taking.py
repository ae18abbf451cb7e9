"""All that is kept of a person, in one file of hers: for a program (JSON) and to be read (a page)."""

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.template.loader import render_to_string

from visavis.common import clock, keeping
from visavis.journal import services as journal
from visavis.people.models import User


def all_of(user: User, *, by: User) -> bytes:
    """Return a ZIP of `data.json`, every row by its table, and `data.html`; the taking is journalled."""
    journal.read("data-out", user.pk, by=by.pk, person_id=user.pk)
    rows = keeping.export(user.pk)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr("data.html", page(user, rows))
    return kept.getvalue()


def download(user: User, *, by: User) -> HttpResponse:
    """Answer with that file."""
    answer = HttpResponse(all_of(user, by=by), content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="vis-a-vis.zip"'
    return answer


def page(user: User, rows: dict[str, list[dict[str, Any]]]) -> str:
    """Return a page that opens on any device: what is kept, why, until when, by which law, and the rows."""
    parts = [
        {
            "kept": one,
            "tables": [
                {"rows": [shown(row) for row in found]}
                for table in one.tables
                if (found := rows.get(table.model._meta.label))
            ],
        }
        for one in keeping.kept()
    ]
    context = {"parts": [part for part in parts if part["tables"]], "name": user.name, "at": clock.now()}
    return render_to_string("leaving/data.html", context)


def shown(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the fields of a row that hold something, numbers of rows left out."""
    return [
        (name.replace("_", " "), value)
        for name, value in row.items()
        if value not in (None, "", [], {}) and name != "id" and not name.endswith("_id")
    ]
