"""Sentences kept in a `sentences.toml` beside the code that says them; `scripts/messages.py` extracts them."""

from typing import Any

from django.utils.translation import gettext_lazy

from visavis.common.wordlists import words_beside


def sentences_beside(file: str) -> dict[str, Any]:
    """Read the sentences beside a module: each is in the language of whoever reads it."""
    found: dict[str, Any] = marked(words_beside(file, "sentences.toml"))
    return found


def marked(found: Any) -> Any:
    match found:
        case dict():
            return {name: marked(part) for name, part in found.items()}
        case list():
            return [marked(part) for part in found]
    return gettext_lazy(found)
