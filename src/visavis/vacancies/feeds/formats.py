"""The formats that are read: how each opens a file, and how it reads a record."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.vacancies.feeds import guessing
from visavis.vacancies.feeds.records import csv_rows, france_travail, job_posting, position_opening
from visavis.vacancies.feeds.records.vacancy import Kind, Note, Places, Read
from visavis.vacancies.feeds.splitting import csv_files, files, job_posting_files, position_opening_files

type Columns = Mapping[str, str]


class UnknownFormat(Refused):
    """Nobody here reads this format."""


class WrongFormat(Refused):
    """The file is plainly of another format than said."""


@dataclass(frozen=True)
class Format:
    """`open` looks a file through and may refuse it; `read_record` never raises."""

    code: str
    label: str | Promise
    open: Callable[[Path, Columns], files.LookedThrough]
    read_record: Callable[..., Read]

    def read(self, record: Any, places: Places, now: dt.datetime) -> Read:
        """Read a record as the file gave it; a broken one is refused with its number and reason."""
        if isinstance(record, files.Broken):
            return Read("", None, (Note("record", record.reason, str(record.number), Kind.REFUSED),))
        return self.read_record(record, places=places, now=now)


FORMATS: dict[str, Format] = {
    one.code: one
    for one in (
        Format(
            france_travail.FORMAT,
            _("France Travail, JSON"),
            lambda path, _columns: files.open_feed(path),
            france_travail.read_record,
        ),
        Format(
            job_posting.FORMAT,
            _("schema.org JobPosting, web page or JSON"),
            lambda path, _columns: job_posting_files.open_postings(path),
            job_posting.read_record,
        ),
        Format(
            position_opening.FORMAT,
            _("HR-Open or EURES PositionOpening, XML"),
            lambda path, _columns: position_opening_files.open_openings(path),
            position_opening.read_record,
        ),
        Format(
            csv_rows.FORMAT,
            _("Table, CSV"),
            csv_files.open_csv,
            csv_rows.read_record,
        ),
    )
}


def named(code: str) -> Format:
    """Return a format by its code. Raises UnknownFormat."""
    if code not in FORMATS:
        raise UnknownFormat(
            _("This format is not known: %(format)s. Known: %(known)s.")
            % {"format": code, "known": ", ".join(FORMATS)}
        )
    return FORMATS[code]


def label(code: str) -> str:
    """Say a format in words; one that is no longer read stays as it is."""
    return str(FORMATS[code].label) if code in FORMATS else code


def check(path: Path, code: str) -> None:
    """Raise WrongFormat when a file shows plainly that it is of another format; FileRefused when it is none."""
    shown = guessing.sure_format(path)
    if shown and shown != code:
        raise WrongFormat(
            _(
                "The file %(file)s is not in the format said (%(said)s): it looks like %(shown)s. Nothing was changed."
            )
            % {"file": path.name, "said": FORMATS[code].label, "shown": FORMATS[shown].label}
        )
