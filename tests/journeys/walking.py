"""From page to page by the links, one page of each kind."""

import re
from urllib.parse import parse_qsl, urlsplit

ROLES = ("", "jobseeker", "counsellor", "employer", "reception", "head", "protection", "helper")
MOST_PAGES = 50
# What links do not lead to: what is found by a search.
SEARCHES = {
    "jobseeker": ("/occupations/?q=boulanjer", "/occupations/?q=xyzxyz"),
    "": ("/jobs/?q=aide&place=Valence&km=20", "/jobs/?q=&place=Nulle+Part", "/jobs/?q=zzzz&view=map"),
    "head": ("/people/?show=unassigned",),
    "protection": ("/journal/?action=read", "/journal/?person=abc"),
}
# Not pages: a file to keep, and the doors of the demonstration, which sign in as somebody else.
NOT_PAGES = re.compile(r"\.(json|pdf)$|/download/$|^/companion/download/|^/demo/as/|^/static/")


def kind_of(address: str) -> str:
    """Return the kind of page: its path without numbers and codes, and what its query asks."""
    parts = urlsplit(address)
    path = re.sub(r"\b(\d+|[A-Z]\d{4})\b", "N", parts.path)
    asked = sorted({key for key, value in parse_qsl(parts.query) if value})
    found = "" if not parts.query or "q=" not in parts.query else parts.query
    return f"{path}?{found or '&'.join(asked)}"
