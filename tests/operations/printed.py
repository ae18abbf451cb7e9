"""What docs/operations.md prints in frames, and what stands on a test's machine for each of its blanks."""

import re
from dataclasses import dataclass

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "operations.md"
FRAME = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
REMARK = re.compile(r"\s{2,}(#|--) .*$")


@dataclass(frozen=True)
class Frame:
    """One frame: the heading it stands under, its kind, its lines without remarks."""

    under: str
    kind: str
    lines: tuple[str, ...]


def frames() -> list[Frame]:
    """Return every frame of the page, in order."""
    page = PAGE.read_text(encoding="utf-8")
    headings = [(one.start(), one[1]) for one in HEADING.finditer(page)]
    found = []
    for frame in FRAME.finditer(page):
        under = [name for start, name in headings if start < frame.start()][-1]
        found.append(
            Frame(under, frame[1], tuple(REMARK.sub("", line) for line in frame[2].splitlines() if line))
        )
    return found


def commands(under: str) -> list[str]:
    """Return the commands under a heading, in order. Fails where there is none: the page was cut otherwise."""
    lines = [line for one in frames() if one.under == under and one.kind == "sh" for line in one.lines]
    assert lines, f"{PAGE.name} prints no command under {under!r}"
    return lines


def answers() -> str:
    """Return the file of answers that the page prints."""
    return "\n".join(next(one for one in frames() if one.kind == "toml").lines) + "\n"


def filled(text: str, blanks: dict[str, str]) -> str:
    """Put what is here in the place of the page's blanks."""
    for blank, here in blanks.items():
        text = text.replace(blank, here)
    return text
