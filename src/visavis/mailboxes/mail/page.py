"""A page of HTML as somebody would read it: its words, a line a block, and nothing that only a program reads."""

from html.parser import HTMLParser

LONGEST = 1_000_000
BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "body"}
UNSEEN = {"script", "style", "title"}


class _Page(HTMLParser):
    """Collects what somebody would read of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            # What was not closed is over where the text goes on.
            self.hidden = 0
            self.said.append("\n")
        self.hidden += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSEEN and self.hidden > 0
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def plain(marked: str) -> str:
    """Return the words of a page."""
    reader = _Page()
    reader.feed(marked[:LONGEST])
    reader.close()
    lines = [line.strip() for line in "".join(reader.said).splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip()
