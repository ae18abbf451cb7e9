"""Lists of words kept as TOML beside the code that reads them."""

import tomllib
from pathlib import Path
from typing import Any


def words_beside(file: str, name: str) -> dict[str, Any]:
    """Read the list of that name beside a module; give its `__file__`."""
    return tomllib.loads((Path(file).parent / name).read_text(encoding="utf-8"))


def either(text: str) -> str:
    """Return the alternatives of a pattern, written over several lines, as one."""
    return text.replace("\n", "")
