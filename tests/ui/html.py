"""A small reader of HTML for the tests: elements with their attributes, in the order of the page."""

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))


def elements(page: str, *tags: str) -> list[Element]:
    """Return the elements of a page, of all tags or of these."""
    reader = Reader()
    reader.feed(page)
    return [element for element in reader.elements if not tags or element.tag in tags]


def by_id(page: str) -> dict[str, Element]:
    return {element["id"]: element for element in elements(page) if element.get("id")}
