"""Begin, bring up to date and compile a language that is added as files alone (docs/languages.md).

.venv/bin/python scripts/language.py FOLDER CODE
Writes FOLDER/CODE/LC_MESSAGES/django.po with every sentence of the site, those that were translated kept, and beside
it the django.mo that the site reads. Says how many are left to write; until then they are shown in English.
"""

import sys
from pathlib import Path
from typing import Any

import messages
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def template() -> Catalog:
    """Return the sentences of all apps as one catalogue."""
    found = Catalog(project="visavis", charset="utf-8", fuzzy=False)
    for folder in messages.apps([]):
        for one in messages.sentences(folder):
            if one.id:
                found.add(one.id, None, one.locations, one.flags, one.auto_comments, context=one.context)
    return found


def brought_up(file: Path, code: str) -> Catalog:
    """Return a language's catalogue with the sentences of today: new ones empty, gone ones out."""
    kept: Any = Catalog(locale=code, project="visavis", charset="utf-8", fuzzy=False)
    if file.exists():
        with file.open("rb") as there:
            kept = read_po(there, locale=code)
    kept.update(template(), no_fuzzy_matching=True, keep_user_comments=True)
    kept.obsolete.clear()
    kept.fuzzy = False
    return kept


def main(words: list[str]) -> int:
    if len(words) != 2:
        sys.exit(__doc__)
    folder, code = words
    file = Path(folder) / code / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    catalog = brought_up(file, code)
    with file.open("wb") as there:
        messages.write(there, catalog)
    with file.with_suffix(".mo").open("wb") as there:
        write_mo(there, catalog)
    empty = sum(messages.is_empty(one.string) for one in catalog if one.id)
    print(f"{file}: {len(catalog)} sentences, {empty} to write")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
