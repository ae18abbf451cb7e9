"""She is never lost: after an act, and back from an opening, the same page of the same list at the same card."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from visavis.jobseekers.opened import Opened

# What of an address says where she stands: which list, which page of it, or her home.
WHERE = ("show", "page", "from")
HOME = {"from": "home"}


def came(asked: Iterable[tuple[str, str]]) -> str:
    """Return the query that brings the way back along to an opening's own page; nothing from the list's top."""
    kept = [(name, value) for name, value in asked if name in WHERE and value]
    return f"?{urlencode(kept)}" if kept else ""


def back(request: HttpRequest, owner: Opened, vacancy_id: int) -> str:
    """Return where she came from to an opening's own page."""
    asked = dict(parse_qsl(came(request.GET.dict().items()).removeprefix("?")))
    if asked.pop("from", "") == HOME["from"] and owner.is_hers:
        return f"{reverse('portal:home')}#opening-{vacancy_id}"
    return f"{owner.url_of('matches:openings')}{came(asked.items())}#opening-{vacancy_id}"


def after(request: HttpRequest, owner: Opened, vacancy_id: int) -> str:
    """Return the page that the form names, if it is one that shows this opening; else her list."""
    there = urlsplit(request.POST.get("next", ""))
    home, openings = reverse("portal:home"), owner.url_of("matches:openings")
    asked = parse_qsl(there.query)
    if there.path == (page := owner.url_of("matches:opening", vacancy_id=vacancy_id)):
        return f"{page}{came(asked)}#opening-{vacancy_id}"
    path = there.path if there.path in {home, openings} else openings
    kept = [(name, value) for name, value in asked if name in {"show", "page"}]
    return f"{path}?{urlencode([*kept, ('said', vacancy_id)])}#opening-{vacancy_id}"
