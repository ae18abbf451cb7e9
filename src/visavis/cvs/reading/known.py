"""The words by which a CV is understood: `words.toml`."""

import tomllib
from pathlib import Path
from typing import Any

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def either(text: str) -> str:
    """Return the alternatives of a pattern, written over several lines, as one."""
    return text.replace("\n", "")
