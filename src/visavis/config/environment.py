"""Read environment variables; a wrong value stops the start with a sentence that names it."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that `NAME_FILE` points to (for secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE points to {file}, which cannot be read: {error}"
            ) from error
    return os.environ.get(name) or default


def switch(name: str, *, default: bool) -> bool:
    """Return a yes/no variable: 1, true, yes, on or 0, false, no, off."""
    given = os.environ.get(name, "").strip().lower()
    if not given:
        return default
    if given in {"1", "true", "yes", "on"}:
        return True
    if given in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {given!r}: write yes or no.")


def whole(name: str, default: int) -> int:
    """Return a whole number."""
    given = os.environ.get(name, "").strip()
    try:
        return int(given) if given else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {given!r}: write a whole number.") from error


def part(name: str, default: float) -> float:
    """Return a number from 0 to 1."""
    given = os.environ.get(name, "").strip()
    try:
        number = float(given) if given else default
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise ImproperlyConfigured(f"{name} is {given!r}: write a number from 0 to 1.")
    return number


def words(name: str, default: str = "") -> list[str]:
    """Return a list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
