"""All that is kept of a person, in one file of hers: for a program (JSON) and to be read (a page)."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext

from visavis.common import clock, keeping
from visavis.journal import services as journal
from visavis.leaving import kept
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
    context = {"parts": [part for part in parts if part["tables"]], "name": user.name, "at": clock.now()}
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
