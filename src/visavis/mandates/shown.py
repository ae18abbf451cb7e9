"""A page on its way out of the passage: each form carries the mandate, and what it does not cover is not shown.

Our pages are our own templates: no link stands in a link and no form in a form, and values stand in double quotes.
"""

import re
from html import escape, unescape

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
# A form holds much: its end is looked for at each tag, not at each letter.
FORM = re.compile(r"<form\b([^>]*)>((?:[^<]++|<(?!/form>))*+)</form>")
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
BUTTON = re.compile(r"<button\b([^>]*\bformaction=[^>]*)>.*?</button>", re.S)
# A part of a page that is for nothing but what an address opens.
SECTION = re.compile(r"<section\b([^>]*\bdata-opens=[^>]*)>.*?</section>", re.S)
# A value that is an address, or begins with a sign written out; not what follows a value that ends in "=".
ADDRESS = re.compile(r'="(?!/>)([/&][^"]*)"')
# The name before a value, and as many letters as hold the longest.
NAME, LONGEST = re.compile(r"\s([\w-]+)\Z"), 64
VALUES = {
    name: re.compile(rf'\s{name}="([^"]*)"')
    for name in ("action", "class", "data-opens", "enctype", "formaction", "href", "method")
}
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
        html = self._values(html)
        # What held nothing but links that are gone, and what then holds nothing.
        html, emptied = EMPTY.subn("", html)
        return EMPTY.sub("", html) if emptied else html

    def _form(self, found: re.Match[str]) -> str:
        head = found[1]
        action, is_post = value(head, "action") or self.path, value(head, "method").lower() == "post"
        if not self._is_inside(action) or self._is_open(action):
            return found[0]
        if not self.passage.opens(action, answers=is_post):
            return ""
        if not is_post:
            return found[0]
        bond = f'<input type="hidden" name="{FIELD}" value="{self.passage.bond}">'
        if value(head, "enctype") == FORMS:
            # Its body is read by the page itself: the bond stands in the address.
            joined = "&" if "?" in action else "?"
            head = (
                re.sub(r'\saction="[^"]*"', "", head)
                + f' action="{escape(action)}{joined}{FIELD}={self.passage.bond}"'
            )
        return f"<form{head}>{bond}{found[2]}</form>"

    def _link(self, found: re.Match[str]) -> str:
        there = value(found[1], "href")
        if (
            not self._is_inside(there)
            or there == self.passage.prefix
            or self._is_open(there)
            or self.passage.opens(there)
        ):
            return found[0]
        return "" if GONE.search(value(found[1], "class")) else found[2]

    def _section(self, found: re.Match[str]) -> str:
        return found[0] if self.passage.opens(value(found[1], "data-opens")) else ""

    def _button(self, found: re.Match[str]) -> str:
        return found[0] if self.passage.opens(value(found[1], "formaction"), answers=True) else ""

    def _values(self, html: str) -> str:
        """Let what is everybody's be asked without the passage, and take away what a script would ask in vain."""
        pieces, at = [], 0
        # Most values are no address, and stay without being looked at.
        for found in ADDRESS.finditer(html):
            there, begins = unescape(found[1]), found.start()
            if not self._is_inside(there):
                continue
            named = NAME.search(html[max(at, begins - LONGEST) : begins])
            if named is None:
                continue
            if self._is_open(there):
                pieces += [html[at:begins], f'="/{found[1].removeprefix(self.passage.prefix)}"']
            elif named[1].startswith("data-") and not self.passage.opens(there):
                pieces.append(html[at : begins - len(named[0])])
            else:
                continue
            at = found.end()
        return "".join(pieces) + html[at:]

    def _is_inside(self, there: str) -> bool:
        return there.startswith(self.passage.prefix)

    def _is_open(self, there: str) -> bool:
        found = self.passage.leads_to(there)
        return found is not None and found.view_name in OPEN


def value(head: str, name: str) -> str:
    """Return an attribute of a tag, empty where it has none."""
    found = VALUES[name].search(head)
    return unescape(found[1]) if found else ""
