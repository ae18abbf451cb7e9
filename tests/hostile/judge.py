"""Judge one answer, whatever the address and whoever asked."""

import gzip
import re
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.hostile.page import Page

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# The one page that the companion opens and speaks with.
OF_ADDRESS = {"/companion/window/": {"Cross-Origin-Opener-Policy": "unsafe-none"}}
PERSONAL = re.compile(r"@example\.|\+33|Amélie|Gaël|Bruno|Dario|Chloé|Émile|Nadia", re.I)
# Without one of these nothing that was sent stands in a page, and no address of it runs.
SENT = re.compile(r"h11|javascript:|data:text|evil\.example", re.I)
# By itself, or behind an escape: three letters stand in a drawn token now and then.
TYPED = re.compile(
    r"(?:(?<![\w-])|(?<=%[0-9a-f]{2}))h11(?![\w-])|onh11|DROP TABLE|txet|etc/passwd|soudeuse|camille|39 ?98 ?00",
    re.I,
)


def complaints(response: Any, *, signed_in: bool, typed: bool = True) -> list[str]:
    """Return what is wrong with an answer: nothing, if all is well.

    `typed` says that something was sent in a form, which no address may then carry.
    """
    found = []
    if response.status_code >= 500:
        found.append(f"answers {response.status_code}")
    found += headers(response, signed_in=signed_in)
    if location := response.headers.get("Location", ""):
        found += leads_astray(location, typed=typed)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        found += harmful(written(response))
    return found


def harmful(text: str) -> list[str]:
    """Return what in a page could run, or leads elsewhere."""
    # Four pages of five hold nothing of what is looked for, however it is written, and are not taken apart.
    if not any(SENT.search(re.sub(r"[\t\r\n ]", "", one)) for one in (text, unescape(text))):
        return []
    page = Page(text)
    return [
        *(f"unescaped: {what}" for what in page.injected),
        *(f"leads elsewhere: {one}" for one in page.addresses if "evil.example" in host(one)),
    ]


def written(response: Any) -> str:
    """Return the text of an answer, packed or not."""
    packed = response.headers.get("Content-Encoding") == "gzip"
    return str((gzip.decompress(response.content) if packed else response.content).decode())


def headers(response: Any, *, signed_in: bool) -> list[str]:
    """Return the protecting headers that are missing."""
    # A wrong host is refused before the middleware that writes this one; the policy says the same.
    early = {"X-Frame-Options"} if response.status_code == 400 else set()
    address = response.request.get("PATH_INFO", "") if response.status_code == 200 else ""
    promised = HEADERS | OF_ADDRESS.get(address, {})
    found = [
        f"{name} is {response.headers.get(name)!r}"
        for name, wanted in promised.items()
        if name not in early and response.headers.get(name) != wanted
    ]
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        found.append(f"Content-Security-Policy is {policy!r}")
    shows = response.status_code in {200, 403, 404, 409}
    if signed_in and shows and "no-store" not in response.headers.get("Cache-Control", ""):
        found.append(f"Cache-Control is {response.headers.get('Cache-Control')!r}")
    return found


def host(address: str) -> str:
    """Return the host that a browser would go to: it reads a backslash as a slash and skips blanks."""
    return urlsplit(re.sub(r"[\t\r\n ]", "", address).replace("\\", "/")).netloc


def leads_astray(location: str, *, typed: bool) -> list[str]:
    """Say whether a redirect leaves the site, or carries what belongs to a person."""
    found = []
    if host(location) not in {"", "testserver"} or urlsplit(location).scheme not in {"", "http"}:
        found.append(f"redirects to {location}")
    words = unquote(location)
    if PERSONAL.search(words) or (typed and TYPED.search(words)):
        found.append(f"a redirect carries words: {location[:120]}")
    return found
