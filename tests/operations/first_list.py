"""Open a file and read its first list, page by page over https, as a browser without JavaScript does: MAILS EMAIL."""

import re
import socket
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin

import lxml.html  # type: ignore[import-untyped]

LIST_WITHIN_S = 120
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
    for _again in range(300):
        mails = [one for one in (folder / "new").glob("*") if one.stat().st_mtime >= since]
        mails.sort(key=lambda one: one.stat().st_mtime_ns)
        if mails and (found := re.search(r"\b(\d{3}[  ]?\d{3})\b", mails[-1].read_text(errors="replace"))):
            return found[1]
        time.sleep(0.2)
    sys.exit("no e-mail with a code came")


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
    began = time.monotonic()
    while not (titles := browser.page.xpath('//*[contains(@class, "cards")]//h3')):
        if time.monotonic() - began > LIST_WITHIN_S:
            sys.exit(f"{browser.url}: {said(browser.page)}")
        time.sleep(1)
        browser.open("/openings/")
    sys.stderr.write(f"the list was there {time.monotonic() - began:.0f} s after the last answer\n")
    for title in titles:
        sys.stdout.write(" ".join(title.text_content().split()) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
