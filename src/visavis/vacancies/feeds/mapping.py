"""Which column of a CSV holds which field: guessed from names and values, kept per source. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from visavis.common.sentences import sentences_beside
from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_signs

FIELDS: dict[str, str | Promise] = {
    **sentences_beside(__file__)["fields"],
    "url": pgettext_lazy("feed", "Web address"),
}
NAMES: list[tuple[str, str]] = [
    (field, either(words)) for field, words in words_beside(__file__, "mapping.toml")["names"]
]
VALUES = (
    ("url", re.compile(r"https?://\S+")),
    ("code", re.compile(r"[A-N]\d{4}")),
    ("siret", re.compile(r"\d{3} ?\d{3} ?\d{3} ?\d{5}")),
)
# Several columns may hold these: they are joined.
JOINED = frozenset({"description", "skills", "conditions", "licences", "languages", "area"})


@dataclass(frozen=True)
class Difference:
    """What changed between the columns that a mapping knows and those of a file."""

    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def guess(
    columns: Sequence[str], rows: Iterable[Sequence[str]], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Give each column a field, or nothing; what a person chose before stays."""
    kept = {name: field for name, field in (known or {}).items() if name in columns}
    sample = list(rows)
    found: dict[str, str] = dict(kept)
    taken = {field for field in kept.values() if field}
    for position, name in enumerate(columns):
        if name in found:
            continue
        values = [row[position].strip() for row in sample if position < len(row) and row[position].strip()]
        field = guess_one(name, values, taken)
        found[name] = field
        taken.add(field)
    return {name: found[name] for name in columns}


def guess_one(name: str, values: Sequence[str], taken: set[str]) -> str:
    """Guess one column: by its values when they can be only one thing, else by its name."""
    folded = re.sub(r"[_\-./]+", " ", fold_signs(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))).strip()
    for field, pattern in VALUES:
        if field not in taken and values and all(pattern.fullmatch(value) for value in values):
            return field
    for field, words in NAMES:
        if (field not in taken or field in JOINED) and re.search(words, folded):
            return field
    return ""


def compare(known: Mapping[str, str], columns: Sequence[str]) -> Difference:
    """Say which columns that mattered are gone, and which were never seen; their order does not matter."""
    missing = tuple(name for name, field in known.items() if field and name not in columns)
    return Difference(missing, tuple(name for name in columns if name not in known))


def twice(columns: Mapping[str, str]) -> list[str]:
    """Return the fields that two columns hold, where only one may."""
    fields = [field for field in columns.values() if field]
    return sorted({field for field in fields if fields.count(field) > 1 and field not in JOINED})
