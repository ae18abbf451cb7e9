"""From page to page by the links, one page of each kind."""

import re
from urllib.parse import parse_qsl, urlsplit

ROLES = ("", "jobseeker", "counsellor", "employer", "reception", "head", "protection", "helper")
MOST_PAGES = 40
# Not pages: a file to keep, and the doors of the demonstration, which sign in as somebody else.
NOT_PAGES = re.compile(r"/download/$|^/demo/as/|^/static/")


def kind_of(address: str) -> str:
    """Return the kind of page: its path without numbers and codes, and what its query asks."""
    parts = urlsplit(address)
    path = re.sub(r"\b(\d+|[A-Z]\d{4})\b", "N", parts.path)
    return f"{path}?{'&'.join(sorted(key for key, _ in parse_qsl(parts.query)))}"
