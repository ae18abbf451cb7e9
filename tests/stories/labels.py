"""The buttons and names of fields on the pages for jobseekers and visitors, in both languages, and what each does."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve
from lxml import html

from tests.access.row import Row
from tests.personas import Town
from tests.test_access import address
from visavis.people.models import User

LIST = Path(__file__).with_name("labels.toml")
# What a form says beside its address of what it does.
WHAT = ("act", "do", "go", "kind", "why", "move", "reached", "how")
NUMBER = re.compile(r"\d+")
# What is drawn for each, and has no digit one time in twenty.
DRAWN = ("code", "token", "key")


@dataclass(frozen=True)
class Label:
    """One button, or the name of a field, as it is read in both languages; and what a button does."""

    kind: str
    fr: str
    en: str
    act: str
    page: str


@dataclass(frozen=True)
class Known:
    """One line of the list: a label, whether a person says it, and every act that has this name."""

    fr: str
    en: str
    at: tuple[str, ...] = ()
    says: bool = False
    # A way out of a page: where it leads is not what it does.
    leaves: bool = False


@cache
def known() -> dict[str, list[Known]]:
    """Read the list: the buttons, and the names of fields."""
    found = tomllib.loads(LIST.read_text(encoding="utf-8"))
    buttons = [
        Known(one["fr"], one["en"], tuple(one["at"]), one.get("says", False), one.get("leaves", False))
        for one in found["button"]
    ]
    return {"button": buttons, "field": [Known(fr, en) for fr, en in found["fields"]]}


@cache
def several() -> frozenset[str]:
    """Return the acts that have two names for a reason, which the list says beside them."""
    return frozenset(tomllib.loads(LIST.read_text(encoding="utf-8"))["several"])


def labels(town: Town, rows: list[tuple[str, Row]]) -> list[Label]:
    """Open pages in both languages, and return what stands on their buttons and beside their fields."""
    found = []
    for who, row in rows:
        read = {language: _read(town, who, row, language) for language in ("fr", "en")}
        for (kind, fr, act), (_kind, en, _act) in zip(read["fr"], read["en"], strict=True):
            found.append(Label(kind, fr, en, act, row.name))
    return found


def opened(town: Town, who: str, row: Row, language: str) -> tuple[str, Any]:
    """Open a page as somebody; return its address, and what it says, unless it is no page."""
    point = transaction.savepoint_create()
    try:
        if who != "visitor":
            User.objects.filter(pk=town.people[who].pk).update(language=language)
        url = address(row, town)
        answer = town.client(who).get(url, headers={"accept-language": language})
    finally:
        transaction.savepoint_rollback(point)
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return url, html.fromstring(answer.content.decode()).find(".//main") if is_page else None


def _read(town: Town, who: str, row: Row, language: str) -> list[tuple[str, str, str]]:
    url, main = opened(town, who, row, language)
    return list(_of(main, url)) if main is not None else []


def _of(main: Any, url: str) -> Any:
    """Give the kind, the words and the act of what is pressed or filled in."""
    for element in main.iter("button", "a", "summary", "label", "legend"):
        words = said(element)
        if not words:
            continue
        if element.tag == "button":
            yield "button", words, _of_button(element, url)
        elif element.tag == "summary":
            yield "button", words, "OPEN"
        elif element.tag == "a":
            if "button" in element.get("class", "").split():
                apart = " apart" if element.get("target") == "_blank" else ""
                yield "button", words, f"LINK {_named(element.get('href'), url)}{apart}"
        elif not _is_choice(element):
            yield "field", words, ""


def said(element: Any) -> str:
    """Return what is read on it: without what is only heard, which names the thing, and with any number as one."""
    copy = html.fromstring(html.tostring(element, encoding="unicode", with_tail=False))
    for hidden in copy.xpath(".//*[contains(@class, 'visually-hidden') or contains(@class, 'count')]"):
        hidden.drop_tree()
    words = " ".join(copy.text_content().replace("\xa0", " ").split()).strip(" –")
    return NUMBER.sub("1", words)


def _is_choice(element: Any) -> bool:
    """Say whether a label is one of several answers, or the name of a card: what a catalogue says, or a sentence."""
    if element.tag == "legend":
        return NUMBER.match(said(element)) is not None
    if element.find(".//input") is not None:
        return True
    named = element.get("for")
    fields = element.getroottree().xpath("//*[@id=$named]", named=named) if named else []
    return any(one.get("type") in ("radio", "checkbox") for one in fields)


def _of_button(button: Any, url: str) -> str:
    form = next(iter(button.iterancestors("form")), None)
    if form is None and (named := button.get("form")):
        form = next(iter(button.getroottree().xpath("//form[@id=$named]", named=named)), None)
    if form is None:
        parts = [one for one in button.iterancestors() if one.get("data-part")]
        said_to = [*(one.get("data-part") for one in parts), *_data(button)]
        return " ".join(["HERE", *said_to])
    method = form.get("method", "get").upper()
    fields = [one for one in form.iter("input") if one.get("type") == "hidden"]
    what = [f"{one.get('name')}={one.get('value')}" for one in [*fields, button] if one.get("name") in WHAT]
    return " ".join([method, _named(button.get("formaction") or form.get("action") or "", url), *what])


def _data(button: Any) -> list[str]:
    """Return what tells a script which button was pressed."""
    return sorted(
        f"{name}={value}" for name, value in button.items() if name.startswith("data-") or name == "id"
    )


def _named(to: str, url: str) -> str:
    """Return the name of an address of ours, with the words in it, and what is asked of it."""
    place = urlsplit(urljoin(url, to))
    try:
        found = resolve(place.path)
    except Resolver404:
        return "elsewhere"
    words = [str(one) for name, one in found.kwargs.items() if name not in DRAWN and str(one).isalpha()]
    asked = sorted(f"?{name}" for name, _value in parse_qsl(place.query))
    kind = [f"kind={value}" for name, value in parse_qsl(place.query) if name == "kind"]
    return " ".join([str(found.view_name), *words, *asked, *kind])
