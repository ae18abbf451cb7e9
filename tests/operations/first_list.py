"""Open a file and read its first list, page by page over https, as a browser without JavaScript does: MAILS EMAIL."""

import re
import socket
import sys
import threading
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin

import lxml.html  # type: ignore[import-untyped]

from tests.waiting import until

SITE = "https://emploi.example"


class Browser:
    """Pages, their forms, cookies."""

    def __init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))
        self.url, self.page = SITE, lxml.html.fromstring("<p>")

    def open(self, address: str, data: bytes | None = None) -> None:
        request = urllib.request.Request(urljoin(self.url, address), data, {"Referer": self.url})
        with self.opener.open(request, timeout=60) as answer:
            self.url, self.page = answer.url, lxml.html.fromstring(answer.read())

    def submit(self, **told: str) -> None:
        """Send the first form that has all these fields, with what else stands in it."""
        form = next(one for one in self.page.forms if set(told) <= set(one.fields))
        form.fields.update(told)
        self.open(form.action or self.url, urlencode(form.form_values()).encode())
        if self.page.findtext(".//title", "").strip().startswith(("Error", "Erreur")):
            sys.exit(f"{self.url} refuses {told}: {said(self.page)}")


def code_in(folder: Path, since: float) -> str:
    """Return the code of the newest e-mail that came since a moment."""

    def look() -> str:
        mails = [one for one in (folder / "new").glob("*") if one.stat().st_mtime >= since]
        mails.sort(key=lambda one: one.stat().st_mtime_ns)
        last = mails[-1].read_text(errors="replace") if mails else ""
        found = re.search(r"\b(\d{3}[  ]?\d{3})\b", last)
        return found[1] if found else ""

    return until(look, "no e-mail with a code came")


def said(page: lxml.html.HtmlElement) -> str:
    """Return the words of a page."""
    return " ".join(page.xpath("//main")[0].text_content().split())


def main(mails: str, email: str) -> None:
    real = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **more: real("127.0.0.1", *rest, **more)  # type: ignore[assignment]
    browser = Browser()
    browser.open("/account/open-a-file/")
    asked = time.time()
    browser.submit(address=email)
    browser.submit(code=code_in(Path(mails), asked), name="Amélie Martin")
    browser.open("/profile/wanted/")
    browser.submit(wish_1="Vendeuse en boulangerie")
    browser.open("/profile/place/")
    browser.submit(place="26000 Valence")

    def listed() -> list[lxml.html.HtmlElement]:
        browser.open("/openings/")
        return list(browser.page.xpath('//*[contains(@class, "cards")]//h3'))

    titles = until(
        listed,
        lambda: f"{browser.url}: {said(browser.page)}",
        rest=lambda _ms: threading.Event().wait(1),
    )
    for title in titles:
        sys.stdout.write(" ".join(title.text_content().split()) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
