"""What somebody typed in a page whose session had ended: kept in the new session, for her alone, until she sends it.

Nothing is sent by itself. What signs in (codes, passwords) is not kept, nor are files: a browser gives them once.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

KEY = "typed"
LONGEST = 100_000
# Whoever has to prove something types it again.
PROVES = frozenset({"password", "again", "code", "credential"})
MINDED = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# A shorter value is a choice more often than a sentence.
WORDS = 12


@dataclass(frozen=True)
class Typed:
    """What was typed, and the address to which it was on its way."""

    path: str
    fields: list[list[str]]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """Return what reads as her own words."""
        return [value for _name, value in self.fields if len(value) >= WORDS and " " in value.strip()]


def keep(request: HttpRequest, person: int) -> bool:
    """Keep what was posted for one person, if it may be; say whether it is kept."""
    if request.content_type not in MINDED or PROVES & request.POST.keys():
        return False
    fields = [
        [name, str(value)]
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    if (
        not any(value for _name, value in fields)
        or sum(len(part) for pair in fields for part in pair) > LONGEST
    ):
        return False
    request.session[KEY] = {
        "person": person,
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
    }
    return True


def kept(session: SessionBase, person: int) -> Typed | None:
    """Return what is kept for this person; of anybody else it is thrown away."""
    found: dict[str, Any] | None = session.get(KEY)
    if found is None:
        return None
    if found["person"] != person:
        forget(session)
        return None
    return Typed(found["path"], found["fields"], found["had_files"])


def forget(session: SessionBase) -> None:
    session.pop(KEY, None)
