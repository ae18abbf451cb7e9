"""Contrast of every pair of colours that the style sheet puts together, in both themes."""

import re
from pathlib import Path

import pytest

from visavis import ui

CSS = (Path(ui.__path__[0]) / "static" / "ui" / "visavis.css").read_text(encoding="utf8")
BODY, TEXT, SHAPE = 7.0, 4.5, 3.0
GROUNDS = ("paper", "card", "sunk")
PAIRS = [
    *(("ink", ground, BODY) for ground in GROUNDS),
    *(("ink-soft", ground, TEXT) for ground in GROUNDS),
    *(("link", ground, BODY) for ground in GROUNDS),
    *(("danger", ground, TEXT) for ground in GROUNDS),
    *(("edge", ground, SHAPE) for ground in GROUNDS),
    *(("accent", ground, SHAPE) for ground in GROUNDS),
    *(("ink", ground, BODY) for ground in ("accent-soft", "danger-soft", "info-soft", "wait-soft")),
    *(("link", ground, TEXT) for ground in ("accent-soft", "danger-soft", "info-soft", "wait-soft")),
    ("ink-soft", "accent-soft", TEXT),
    ("accent", "accent-soft", TEXT),
    ("accent-deep", "accent-soft", TEXT),
    ("danger", "danger-soft", TEXT),
    ("info", "info-soft", TEXT),
    ("wait", "wait-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-deep", TEXT),
    ("on-accent", "danger", TEXT),
    ("on-accent", "danger-deep", TEXT),
    ("focus", "focus-ink", BODY),
]


def block(selector: str) -> dict[str, str]:
    """Return the colours that one rule sets."""
    rule = CSS[CSS.index(selector) :]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rule[: rule.index("}")]))


LIGHT, DARK, ASKED_DARK = (
    block(":root, [data-theme"),
    block(":root:not([data-theme])"),
    block('[data-theme="dark"]'),
)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_can_be_told_apart(theme: dict[str, str], front: str, ground: str, least: float) -> None:
    assert contrast(theme[front], theme[ground]) >= least


def test_black_on_white_is_the_known_value() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_both_ways_to_the_dark_theme_lead_to_the_same_colours() -> None:
    assert DARK == ASKED_DARK
    assert DARK.keys() == LIGHT.keys()


def test_colours_are_written_only_among_the_tokens() -> None:
    rules = re.sub(r"@layer tokens \{.*?\n\}\n", "", CSS, flags=re.DOTALL)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= {"#fff", "#000"}


def test_every_token_used_exists() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
    assert used <= set(re.findall(r"--([a-z0-9-]+):", CSS))
