"""How much memory a web worker of the demonstration holds, page after page.

    .venv/bin/python -m bench.web_memory --folder .var/demo [--python OTHER] [--most 300]

Starts `visavis demo` on the folder (filled when it is empty), walks the pages of a jobseeker, a counsellor and an
employer, and reads /proc after each. PSS: what is shared counts by its share. Fails above `--most` MB of RSS.
"""

import argparse
import contextlib
import html.parser
import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

WALKS = {
    "jobseeker": (
        "/openings/", "/openings/more/", "/profile/", "/profile/reach/",
        "+/profile/reach/ unit=km&distance=40&transport=car", "/openings/",
        "+/profile/reach/ unit=km&distance=60&transport=car", "/openings/",
        "/catalog/suggest/occupations?q=boulang", "/catalog/suggest/communes?q=val",
    ),
    "counsellor": (
        "/desk/", "/desk/people/{person}/", "/desk/people/{person}/vacancies/{vacancy}/",
        "/desk/people/{person}/compare/?a={vacancy}&b={other}",
        "/people/{person}/openings/", "/occupations/?q=infirmier", "/jobs/?q=vendeur", "/people/",
    ),
    "employer": (
        "/vacancies/", "/vacancies/{own}/", "=/vacancies/{own}/questions/words/", "/vacancies/{own}/candidates/",
        "=/vacancies/{own}/questions/words/",
    ),
}  # fmt: skip
"""Pages by role; "+" before a page sends the fields after it, "=" sends back the form that the page shows."""


def main() -> None:
    """Walk and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--python", default=sys.executable, help="of another installation, to compare")
    parser.add_argument("--most", type=int, default=300, help="MB of RSS (300)")
    args = parser.parse_args()
    environ = os.environ | {"VISAVIS_VAR": str(args.folder.absolute()), "VISAVIS_DEMO": "yes"}
    command = [args.python, "-m", "visavis.commands", "demo", "--port", str(args.port)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as demo:
        try:
            most = walk(f"http://127.0.0.1:{args.port}", demo.pid)
        finally:
            demo.terminate()
    print(f"the most: {most} MB")
    sys.exit(most > args.most)


def walk(site: str, pid: int) -> int:
    """Ask each page of each role, and give the most memory the web worker held, MB."""
    wait_for(site)
    time.sleep(5)
    most = told("start", pid)
    for role, pages in WALKS.items():
        browser = Browser(site)
        browser.ask(f"/demo/as/{role}/")
        numbers: dict[str, str] = {}
        for page in pages:
            if "{" in page and not numbers:
                numbers = some_numbers(browser)
            start = time.perf_counter()
            status = browser.ask(page.format(**numbers) if numbers else page)
            took = time.perf_counter() - start
            most = max(most, told(f"{role:10} {page:70} {status} {took:6.2f} s", pid))
    return most


def some_numbers(browser: "Browser") -> dict[str, str]:
    """Read a person, two vacancies and an open one of her own out of the pages."""
    found = {}
    for name, page, address in (
        ("person", "/desk/", r"/desk/people/(\d+)/"),
        ("vacancy", "/jobs/?q=vendeur", r"/vacancies/(\d+)/"),
        ("own", "/vacancies/", r"/vacancies/(\d+)/candidates/"),
    ):
        browser.ask(page)
        found[name] = re.findall(address, browser.text) or ["0"]
    return {name: numbers[0] for name, numbers in found.items()} | {"other": found["vacancy"][-1]}


class Browser:
    """Asks pages as one person."""

    def __init__(self, site: str) -> None:
        self.site, self.text = site, ""
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, page: str) -> int:
        """Give the status."""
        data = None
        if page.startswith("="):
            self.ask(page[1:])
            page, data = page[1:], urllib.parse.urlencode(Form.of(self.text)).encode()
        elif page.startswith("+"):
            page, fields = page[1:].split(" ")
            token = next(cookie.value for cookie in self.jar if "csrf" in cookie.name)
            data = f"{fields}&csrfmiddlewaretoken={token}".encode()
        request = urllib.request.Request(self.site + page, data, {"Referer": self.site})
        try:
            with self.opener.open(request, timeout=60) as answer:
                self.text = answer.read().decode(errors="replace")
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


class Form(html.parser.HTMLParser):
    """The fields of the forms of a page, as they would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.area = ""

    @classmethod
    def of(cls, page: str) -> list[tuple[str, str]]:
        form = cls()
        form.feed(page[page.index("<main") :])
        return form.fields

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, kind = said.get("name") or "", said.get("type")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in said):
            self.fields.append((name, said.get("value") or ""))
        self.area = name if tag == "textarea" else ""
        if self.area:
            self.fields.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[-1] = (self.area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self.area = ""


def wait_for(site: str) -> None:
    """Wait until the site answers."""
    for _turn in range(1200):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(site, timeout=5)
            return
        time.sleep(0.25)
    raise SystemExit("the site did not start")


def told(what: str, pid: int) -> int:
    """Print the memory of the web worker; give its RSS, MB."""
    rss, pss = memory(web_worker(pid))
    print(f"RSS {rss:4} MB  PSS {pss:4} MB  {what}", flush=True)
    return rss


def web_worker(pid: int) -> int:
    """Find the process that answers: the largest below granian's own."""
    [server] = [one for one in children(pid) if b"wsgi" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return max([server, *children(server)], key=lambda one: memory(one)[0])


def children(pid: int) -> list[int]:
    """List the processes that a process started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for task in tasks for one in task.read_text().split()]


def memory(pid: int) -> tuple[int, int]:
    """Give RSS and PSS, MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return tuple(int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1]) // 1024 for name in ("Rss", "Pss"))  # type: ignore[index,return-value]


if __name__ == "__main__":
    main()
