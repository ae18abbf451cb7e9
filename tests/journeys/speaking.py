"""Whether a page speaks the language it says: its French and its English are held against the catalogues."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from tests.journeys.site import ROOT

# What the site itself says; a paragraph or a line of a list may be somebody's own words.
OWN_WORDS = {
    "h1", "h2", "h3", "button", "label", "legend", "th", "dt", "summary", "title", "option", "caption",
}  # fmt: skip
WITHOUT_WORDS = {"script", "style", "svg", "code"}
NEVER_CLOSED = {"meta", "link", "input", "img", "br", "hr", "wbr", "use", "path"}


class Reader(HTMLParser):
    """Collects the texts of a page, without what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[tuple[str, bool]] = []
        # What is marked as another language is somebody's words wherever else it stands, as in the title.
        self.marked: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in NEVER_CLOSED:
            self.open.append((tag, tag in WITHOUT_WORDS or (tag != "html" and "lang" in dict(attrs))))

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in [name for name, _ in self.open]:
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text:
            return
        if any(is_left_out for _, is_left_out in self.open):
            self.marked.add(text)
        else:
            self.texts.append((text, any(tag in OWN_WORDS for tag, _ in self.open)))


def texts(html: str) -> tuple[list[tuple[str, bool]], set[str]]:
    """Return each text, with whether it is the site's own, and what is marked as another language."""
    reader = Reader()
    reader.feed(html)
    return reader.texts, reader.marked


@cache
def sentences() -> tuple[frozenset[str], frozenset[str]]:
    """Return what is said in English only and in French only."""
    english, french = set(), set()
    for file in sorted((ROOT / "src").rglob("locale/fr/LC_MESSAGES/django.po")):
        with file.open("rb") as lines:
            for message in read_po(lines):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                if not any(letter.isalpha() for one in ids for letter in one):
                    continue  # a figure, such as the 1 of the first of a month
                english |= {" ".join(one.split()) for one in ids}
                french |= {" ".join(one.split()) for one in said}
    return frozenset(english - french), frozenset(french - english)


def untranslated(french: str, english: str, *, data: set[str]) -> Iterator[str]:
    """Say what one page has in the other's language, and what is the same on both but is nobody's data."""
    english_only, french_only = sentences()
    (in_french, marked), (in_english, also) = texts(french), texts(english)
    data = data | marked | also
    for text, _ in in_english:
        if text in french_only and text not in data:
            yield f"in French on the English page: {text}"
    for text, _ in in_french:
        if text in english_only and text not in data:
            yield f"in English on the French page: {text}"
    own = {text for text, is_own in in_french if is_own} & {text for text, is_own in in_english if is_own}
    known = english_only | french_only
    for text in sorted(own - data - known):
        if len(re.findall(r"[^\W\d_]{2,}", text)) > 1 and not any(
            one in text for one in data if len(one) > 5
        ):
            yield f"the same in both languages: {text}"
