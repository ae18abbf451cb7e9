"""A page on its way out of the passage: each form carries the mandate, and what it does not cover is not shown.

Our pages are our own templates: no link stands in a link and no form in a form, and values stand in double quotes.
"""

import re
from html import escape, unescape
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

from visavis.mandates import passage as passages
from visavis.mandates.passage import FIELD, FORMS, Passage

# Pages of everybody, which the header and the footer name, and the alarm of staff: left without the passage.
OPEN = frozenset(
    {
        "account_logout", "agencies:agencies", "agencies:page", "catalog:suggest_communes",
        "catalog:suggest_occupations", "catalog:suggest_skills", "demo:messages", "portal:accessibility",
        "portal:how", "portal:how_to", "portal:privacy", "queues:alarm", "queues:alarm_act", "queues:alarms",
        "set_language", "traces:knowing", "ui:style",
    }
)  # fmt: skip
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
BUTTON = re.compile(r"<button\b([^>]*\bformaction=[^>]*)>.*?</button>", re.S)
# A part of a page that is for nothing but what an address opens.
SECTION = re.compile(r"<section\b([^>]*\bdata-opens=[^>]*)>.*?</section>", re.S)
VALUE = re.compile(r'\s([\w-]+)="([^"]*)"')
GONE = re.compile(r"\b(button|back)\b")
EMPTY = re.compile(r'<(li|p|div)(?: class="(?:buttons|links|row)")?>\s*</\1>')


def mounted(request: HttpRequest, passage: Passage, page: str) -> HttpResponse:
    """Answer as the person's own page does, if it is covered. Raises the passage's refusal, OtherForm, Http404."""
    found = passages.found_at(page)
    if found is None:
        raise Http404

    def view(given: HttpRequest) -> HttpResponse:
        return found.func(given, *found.args, **found.kwargs)  # type: ignore[no-any-return]

    def answered(given: HttpRequest) -> HttpResponse:
        return passages.go_through(given, passage, found, page, view)

    is_checked = getattr(found.func, "csrf_exempt", False)
    response = answered(request) if is_checked else csrf_protect(answered)(request)
    return shown(response, passage, request.get_full_path())


def shown(response: HttpResponse, passage: Passage, path: str) -> HttpResponse:
    """Return an answer as the helper may see it; one that leads where she may not go leads to the person's page."""
    if 300 <= response.status_code < 400:
        there = response.headers.get("Location", "")
        if there.startswith(passage.prefix) and not passage.opens(there):
            response["Location"] = passage.prefix
        return response
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    response.content = Page(passage, path).written(response.content.decode()).encode()
    return response


class Page:
    """One page, as one passage lets it through."""

    def __init__(self, passage: Passage, path: str) -> None:
        self.passage, self.path = passage, path

    def written(self, html: str) -> str:
        html = SECTION.sub(self._section, html)
        html = FORM.sub(self._form, html)
        html = LINK.sub(self._link, html)
        html = BUTTON.sub(self._button, html)
        html = VALUE.sub(self._value, html)
        # What held nothing but links that are gone.
        return EMPTY.sub("", EMPTY.sub("", html))

    def _form(self, found: re.Match[str]) -> str:
        given = values(found[1])
        action, is_post = given.get("action") or self.path, given.get("method", "").lower() == "post"
        if not self._is_inside(action) or self._is_open(action):
            return found[0]
        if not self.passage.opens(action, answers=is_post):
            return ""
        if not is_post:
            return found[0]
        bond = f'<input type="hidden" name="{FIELD}" value="{self.passage.bond}">'
        head = found[1]
        if given.get("enctype") == FORMS:
            # Its body is read by the page itself: the bond stands in the address.
            joined = "&" if "?" in action else "?"
            head = (
                re.sub(r'\saction="[^"]*"', "", head)
                + f' action="{escape(action)}{joined}{FIELD}={self.passage.bond}"'
            )
        return f"<form{head}>{bond}{found[2]}</form>"

    def _link(self, found: re.Match[str]) -> str:
        given = values(found[1])
        there = given.get("href", "")
        if (
            not self._is_inside(there)
            or there == self.passage.prefix
            or self._is_open(there)
            or self.passage.opens(there)
        ):
            return found[0]
        return "" if GONE.search(given.get("class", "")) else found[2]

    def _section(self, found: re.Match[str]) -> str:
        return found[0] if self.passage.opens(values(found[1])["data-opens"]) else ""

    def _button(self, found: re.Match[str]) -> str:
        return found[0] if self.passage.opens(values(found[1])["formaction"], answers=True) else ""

    def _value(self, found: re.Match[str]) -> str:
        """Let what is everybody's be asked without the passage, and take away what a script would ask in vain."""
        name, there = found.groups()
        # Most values are no address; one that were written in signs begins with the mark of these.
        if not there.startswith(("/", "&")) or not self._is_inside(there := unescape(there)):
            return found[0]
        if self._is_open(there):
            return f' {name}="/{found[2].removeprefix(self.passage.prefix)}"'
        is_script = name.startswith("data-") and not self.passage.opens(there)
        return "" if is_script else found[0]

    def _is_inside(self, there: str) -> bool:
        return there.startswith(self.passage.prefix)

    def _is_open(self, there: str) -> bool:
        found = self.passage.leads_to(there)
        return found is not None and found.view_name in OPEN


def values(head: str) -> dict[str, Any]:
    """Return the attributes of a tag."""
    return {name: unescape(value) for name, value in VALUE.findall(head)}
