"""What somebody at a station wants on paper: kept in her session, handed out one by one, gone with the wipe.

Nothing waits at a printer: each is counted when it is handed out, and the person stands at the printer then.
"""

from dataclasses import asdict, dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused

LIST = "station-to-print"
MOST, LONGEST_NAME = 10, 80


class ListFull(Refused):
    """A list is read at a glance."""

    words = _("Your list is full. Print or take out something first.")


@dataclass(frozen=True)
class Job:
    """One document of the list: where it is, how many pages it had when it was put there, whether it was handed out."""

    path: str
    name: str
    pages: int
    is_out: bool = False


def of(request: HttpRequest) -> list[Job]:
    """Return the list of who sits here, in the order in which it was made."""
    return [Job(**one) for one in request.session.get(LIST, [])]


def keep(request: HttpRequest, job: Job) -> None:
    """Put a document in the list, or again; nothing is counted yet. Raises ListFull."""
    rows = [one for one in of(request) if one.path != job.path]
    if len(rows) >= MOST:
        raise ListFull
    _write(request, [*rows, job])


def take_out(request: HttpRequest, path: str) -> None:
    """Take a document out of the list."""
    _write(request, [one for one in of(request) if one.path != path])


def note_out(request: HttpRequest, path: str) -> None:
    """Note that a document was handed out."""
    rows = of(request)
    if any(one.path == path for one in rows):
        _write(request, [Job(**asdict(one) | {"is_out": one.is_out or one.path == path}) for one in rows])


def _write(request: HttpRequest, rows: list[Job]) -> None:
    request.session[LIST] = [asdict(one) for one in rows]
