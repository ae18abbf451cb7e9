"""Contrast of every pair of colours that the style sheet puts together, in both themes."""

import re
from pathlib import Path

import pytest

from visavis import ui

CSS = (Path(ui.__path__[0]) / "static" / "ui" / "visavis.css").read_text(encoding="utf8")
BODY, TEXT, SHAPE = 7.0, 4.5, 3.0
GROUNDS = ("paper", "card", "sunk")
SOFT = ("accent-soft", "danger-soft", "info-soft", "wait-soft")
PAIRS = [
    *((front, ground, BODY) for front in ("ink", "link") for ground in GROUNDS),
    *((front, ground, TEXT) for front in ("ink-soft", "danger") for ground in GROUNDS),
    *((front, ground, SHAPE) for front in ("edge", "accent") for ground in GROUNDS),
    *(("ink", ground, BODY) for ground in SOFT),
    *(("link", ground, TEXT) for ground in SOFT),
    *((front, "accent-soft", TEXT) for front in ("ink-soft", "accent", "accent-deep")),
    *((front, f"{front}-soft", TEXT) for front in ("danger", "info", "wait")),
    *(("on-accent", ground, TEXT) for ground in ("accent", "accent-deep", "danger", "danger-deep")),
    ("focus", "focus-ink", BODY),
]


def block(selector: str) -> dict[str, str]:
    """Return the colours that one rule sets."""
    rule = CSS[CSS.index(selector) :]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rule[: rule.index("}")]))


LIGHT, DARK, ASKED_DARK = map(block, (":root, [data-theme", ":root:not([data-theme])", '[data-theme="dark"]'))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_each_pair_can_be_told_apart() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for theme in (LIGHT, DARK):
        for front, ground, least in PAIRS:
            assert contrast(theme[front], theme[ground]) >= least, (front, ground)


def test_both_ways_to_the_dark_theme_lead_to_the_same_colours_and_tokens_alone_have_some() -> None:
    assert DARK == ASKED_DARK
    assert DARK.keys() == LIGHT.keys()
    rules = re.sub(r"@layer tokens \{.*?\n\}\n", "", CSS, flags=re.DOTALL)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= {"#fff", "#000"}
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
    assert used <= set(re.findall(r"--([a-z0-9-]+):", CSS))
