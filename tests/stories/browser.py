"""A browser without JavaScript: it follows links and presses buttons by their words."""

import gzip
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from lxml import html

# A page that came over a slow line, compressed.
MOST_BYTES = 15_000


@dataclass
class Browser:
    """One person's browser, and the page before her."""

    client: Client
    url: str = "/"
    page: Any = None
    heaviest: int = 0

    def go(self, url: str) -> "Browser":
        """Open an address, and be led on where it leads on."""
        return self._show(self.client.get(url, follow=True, HTTP_ACCEPT_LANGUAGE="fr"), url)

    @property
    def words(self) -> str:
        """What stands on the page, as it is read."""
        return squeezed(self.page.find(".//main").text_content())

    def follow(self, words: str) -> "Browser":
        """Follow the first link with these words."""
        found = [one for one in self.page.iter("a") if words in squeezed(one.text_content())]
        assert found, f"no link {words!r} at {self.url}: {self.words[:3000]}"
        return self.go(urljoin(self.url, found[0].get("href")))

    def press(self, button: str, **filled: Any) -> "Browser":
        """Press a button, after its form was filled in; a field is known by its name."""
        buttons = [
            one for one in self.page.iter("button") if squeezed(button) in squeezed(one.text_content())
        ]
        assert buttons, f"no button {button!r} at {self.url}: {self.words[:3000]}"
        pressed = buttons[0]
        form = self._form_of(pressed)
        sent = dict(held(form))
        for asked, value in filled.items():
            sent[named(form, asked)] = value
        if pressed.get("name"):
            sent[pressed.get("name")] = pressed.get("value", "")
        to = urljoin(self.url, pressed.get("formaction") or form.get("action") or self.url)
        if (form.get("method") or "get").lower() == "get":
            answer = self.client.get(to, sent, follow=True)
        else:
            answer = self.client.post(to, sent, follow=True)
        return self._show(answer, to)

    def _form_of(self, button: Any) -> Any:
        if button.get("form"):
            return self.page.get_element_by_id(button.get("form"))
        return next(button.iterancestors("form"))

    def _show(self, answer: Any, url: str) -> "Browser":
        led = answer.redirect_chain[-1][0] if getattr(answer, "redirect_chain", None) else url
        self.url = urljoin(url, led)
        assert answer.status_code == 200, f"{self.url} answers {answer.status_code}"
        self.heaviest = max(self.heaviest, len(gzip.compress(answer.content)))
        self.page = html.fromstring(answer.content.decode())
        return self


def squeezed(text: str) -> str:
    """Return words as they are read: a space is a space."""
    return re.sub(r"\s+", " ", text).strip()


def held(form: Any) -> list[tuple[str, Any]]:
    """Return what a form holds before anything is filled in."""
    found: dict[str, Any] = {}
    for one in form.iter("input", "select", "textarea"):
        name, kind = one.get("name"), (one.get("type") or "text") if one.tag == "input" else one.tag
        if not name or kind in {"submit", "button", "file"} or one.get("disabled") is not None:
            continue
        if kind == "select":
            options = list(one.iter("option"))
            chosen = [opt for opt in options if opt.get("selected") is not None] or options[:1]
            found[name] = [opt.get("value", squeezed(opt.text_content())) for opt in chosen]
        elif kind == "textarea":
            found.setdefault(name, []).append(one.text_content().strip("\n"))
        elif kind not in {"radio", "checkbox"}:
            found.setdefault(name, []).append(one.get("value", ""))
        elif one.get("checked") is not None:
            found.setdefault(name, []).append(one.get("value", "on"))
    return list(found.items())


def named(form: Any, asked: str) -> str:
    """Return the name of a field of a form; a field that is not there cannot be filled in."""
    names = {one.get("name") for one in form.iter("input", "select", "textarea", "button")}
    assert asked in names, f"no field {asked!r}: {sorted(filter(None, names))}"
    return asked
