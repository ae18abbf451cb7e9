"""Read a page as a robot does: its forms with what they would send, and what in it could run."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NOT_TYPED = {"submit", "button", "image", "reset", "file"}
ADDRESSES = {"href", "src", "action", "formaction"}


@dataclass
class Field:
    """One control of a form: its name, its kind, and the values it would send untouched."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form of a page."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)


class Page(HTMLParser):
    """Forms, and every element, attribute and address that only a stranger's words could have made."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.injected: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.inside: Form | None = None
        self.area: Field | None = None
        self.choice: Field | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.watch(tag, found)
        if tag == "form":
            self.inside = Form(found.get("method", "get").lower(), found.get("action", ""))
            self.forms.append(self.inside)
        elif self.inside is not None and (tag == "option" or found.get("name")):
            self.control(tag, found, self.inside)

    def watch(self, tag: str, found: dict[str, str]) -> None:
        if tag == "h11" or "onh11" in found:
            self.injected.append(self.get_starttag_text() or tag)
        for name in ADDRESSES & found.keys():
            self.addresses.append(found[name])
            if found[name].strip().lower().startswith(("javascript:", "data:text")):
                self.injected.append(f"{tag} {name}={found[name]}")

    def control(self, tag: str, found: dict[str, str], form: Form) -> None:
        kind = found.get("type", "text").lower() if tag == "input" else tag
        if tag == "option":
            if self.choice is not None and ("selected" in found or not self.choice.values):
                self.choice.values = [found.get("value", "")]
            return
        if tag == "button" or kind in NOT_TYPED:
            form.fields.setdefault(found["name"], Field(found["name"], "button"))
            return
        control = form.fields.setdefault(found["name"], Field(found["name"], kind))
        if tag == "select":
            self.choice = control
        elif tag == "textarea":
            self.area = control
            control.values = [""]
        elif kind not in {"radio", "checkbox"} or "checked" in found:
            control.values.append(found.get("value", "on" if kind in {"radio", "checkbox"} else ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if "h11()" in data and self.lasttag == "script":
            self.injected.append(f"script: {data[:40]}")
        if self.area is not None:
            self.area.values = [self.area.values[0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None

    def holds(self, typed: str) -> bool:
        """Say whether what was typed stands in a control or in the words of the page."""
        wanted = squeeze(typed)
        values = [value for form in self.forms for one in form.fields.values() for value in one.values]
        return any(wanted in squeeze(value) for value in [*values, "".join(self.words)])


def squeeze(text: str) -> str:
    """Fold what a browser may change: the ends, and the kind of line ends."""
    return " ".join(text.split())
