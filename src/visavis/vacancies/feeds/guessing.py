"""Say in which format a file is, from what stands at its beginning."""

import re
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from visavis.vacancies.feeds.records import csv_rows, france_travail, job_posting, position_opening
from visavis.vacancies.feeds.splitting import csv_files, files
from visavis.vacancies.feeds.splitting.files import FileRefused

HEAD_BYTES = 400_000
# Archives, PDF, spreadsheets, images: no feed begins so.
BINARY = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"7z\xbc\xaf",
    b"Rar!",
)
PAGE = re.compile(rb"<!doctype\s+html|<html\b|<head\b|<body\b|application/ld\+json", re.IGNORECASE)
POSTING = re.compile(
    rb'"JobPosting"|schema\.org/JobPosting|"hiringOrganization"|"jobLocation"|schema:JobPosting'
)
FRENCH = re.compile(rb'"intitule"|"romeCode"|"lieuTravail"|"resultats"|"typeContrat"')


def sure_format(path: Path) -> str:
    """Return the format that a file shows plainly, or nothing. Raises FileRefused when it is missing or empty."""
    files.size_of(path)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(BINARY):
        raise FileRefused(
            _("The file %(file)s is an archive, a document or an image, and no feed: nothing was changed.")
            % {"file": path.name}
        )
    text = head.replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    start = text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] == b"<":
        return job_posting.FORMAT if PAGE.search(text) else position_opening.FORMAT
    if start[:1] in {b"{", b"["}:
        if POSTING.search(text):
            return job_posting.FORMAT
        return france_travail.FORMAT if FRENCH.search(text) else ""
    return ""


def guess(path: Path) -> str:
    """Return the format of a file. Raises FileRefused with a sentence when it is none that we read."""
    if found := sure_format(path):
        return found
    with path.open("rb") as file:
        start = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] not in {b"{", b"["}:
        csv_files.layout_of(path)
        return csv_rows.FORMAT
    raise FileRefused(
        _(
            "The file %(file)s is JSON, but neither vacancies of France Travail nor schema.org JobPostings: "
            "nothing was changed."
        )
        % {"file": path.name}
    )
