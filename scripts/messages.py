"""Translations with Babel alone: extract the sentences, check that French is complete, compile.

scripts/messages.py extract|check|compile [app ...]
"""

import io
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "visavis"
UTF_8 = {"encoding": "utf-8"}
PLAIN_SPACE = re.compile(r" [:;?!»]|« ")
MOST_WORDS = 20
ONE_WORD = re.compile(r"%\(\w+\)\w")
SENTENCE_ENDS = re.compile(r"(?<=[.!?;:…])\s+|\n")
# Lists of texts, and what of each is shown to people.
LISTS = {
    "sentences.toml": lambda found: found,
    "keeping.toml": lambda found: shown_to_all(found),
    "acts.toml": lambda found: said_of_acts(found),
    "merging.toml": lambda found: [*found.get("counted", {}), *found.get("behind", {})],
}
SHOWN_TO_ALL = ("what", "until", "why", "law")
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def apps(names: list[str]) -> list[Path]:
    """Return the folders named, or all that have something to translate."""
    folders = [SOURCE / name for name in names] or sorted(
        p for p in SOURCE.iterdir() if (p / "__init__.py").exists()
    )
    missing = [folder.name for folder in folders if not folder.is_dir()]
    if missing:
        sys.exit(f"no such app: {', '.join(missing)}")
    return folders


def from_template(source: str) -> Iterator[tuple[int, str | None, Any, list[str]]]:
    """Extract from a Django template: Django turns it into code that Babel reads."""
    from django.conf import settings  # noqa: PLC0415  (a script: Django is only needed for templates)

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize  # noqa: PLC0415  (Django is set up first)

    # The text around the tags becomes letters; its indentation must not become Python's.
    code = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    yield from extract_python(io.BytesIO(code.encode()), list(KEYWORDS), ["Translators:"], UTF_8)


def from_toml(found: Any) -> Iterator[tuple[int, str | None, Any, list[str]]]:
    """Extract every text of a `sentences.toml`: all of them are shown."""
    if isinstance(found, str):
        yield 1, "gettext", found, []
    else:
        for part in found.values() if isinstance(found, dict) else found:
            yield from from_toml(part)


def shown_to_all(found: dict[str, Any]) -> dict[str, Any]:
    """Return of a `keeping.toml` what stands on the page of what is kept, and beside a person's rows."""
    return {"kept": [[one[name] for name in SHOWN_TO_ALL if name in one] for one in found["kept"]]}


def said_of_acts(found: dict[str, Any]) -> dict[str, Any]:
    """Return of an `acts.toml` what each act is called, and why a way of it cannot be."""
    return {"acts": [[one["says"], *map(dict, one.get("never", {}).values())] for one in found["act"]]}


def sentences(folder: Path) -> Catalog:
    """Collect every marked sentence of an app."""
    catalog = Catalog(project="visavis", charset="utf-8", fuzzy=False)
    for path in sorted(folder.rglob("*")):
        texts = LISTS.get(path.name)
        if texts is None and (path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts):
            continue
        if path.suffix == ".py":
            method: Any = "python"
        elif texts is not None:
            found = texts(tomllib.loads(path.read_text("utf-8")))
            method = partial(lambda found, *_rest, **_options: from_toml(found), found)
        else:
            method = partial(lambda text, *_rest, **_options: from_template(text), path.read_text("utf-8"))
        marked = list(extract(method, io.BytesIO(path.read_bytes()), KEYWORDS, ["Translators:"], UTF_8))
        for line, message, comments, context in marked:
            name = path.relative_to(SOURCE).as_posix()
            catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def file_of(folder: Path) -> Path:
    return folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def stored(folder: Path) -> Catalog:
    path = file_of(folder)
    if not path.exists():
        return Catalog(locale="fr", project="visavis", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def run_extract(folder: Path) -> int:
    """Bring the French file up to the source: new sentences empty, gone ones out."""
    template = sentences(folder)
    if not len(template) and not file_of(folder).exists():
        return 0
    catalog = stored(folder)
    catalog.update(template, no_fuzzy_matching=True, keep_user_comments=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    path = file_of(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write(file, catalog)
    empty = [m for m in catalog if m.id and is_empty(m.string)]
    print(f"{folder.name}: {len(catalog)} sentences, {len(empty)} to write in French")
    return 0


def write(file: IO[bytes], catalog: Catalog) -> None:
    """Without dates or line numbers, so that two branches rarely meet."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, omit_header=False, sort_output=True, include_lineno=False)
    kept = [line for line in buffer.getvalue().decode().splitlines() if "-Date:" not in line]
    file.write(("\n".join(kept).rstrip() + "\n").encode())


def is_empty(string: Any) -> bool:
    return not string if string is None or isinstance(string, str) else not all(string)


def first(message_id: Any) -> str:
    """Return the singular of a sentence that may have a plural."""
    return message_id if isinstance(message_id, str) else str(message_id[0])


def long(*texts: Any) -> Iterator[str]:
    """Give the sentences that have too many words; what is filled in counts as one."""
    for text in texts:
        for said in (text,) if isinstance(text, str) else text:
            for sentence in SENTENCE_ENDS.split(ONE_WORD.sub("X", said)):
                if sum(bool(re.search(r"\w", word)) for word in sentence.split()) > MOST_WORDS:
                    yield sentence


def run_check(folder: Path) -> int:
    """Say what is missing, left over, has other placeholders than the source, or breaks before a sign."""
    wanted, have = sentences(folder), stored(folder)
    problems = []
    for message in wanted:
        if not message.id:
            continue
        key = first(message.id)
        found = have.get(key, message.context)
        if found is None or is_empty(found.string):
            problems.append(f"no French for {key!r}")
        elif found.fuzzy:
            problems.append(f"fuzzy: {key!r}")
        else:
            found.flags |= message.flags
            problems += [f"{error} in {key!r}" for error in found.check()]
            if PLAIN_SPACE.search(str(found.string)):
                problems.append(f"a sign may be left alone on a line (no-break space wanted) in {key!r}")
            problems += [
                f"too long to be understood at once: {one!r}" for one in long(message.id, found.string)
            ]
    known = {(first(m.id), m.context) for m in wanted if m.id}
    problems += [f"left over: {m.id!r}" for m in have if m.id and (first(m.id), m.context) not in known]
    for problem in problems:
        print(f"{folder.name}: {problem}")
    return len(problems)


def run_compare(folders: list[Path]) -> int:
    """Say where two apps say the same otherwise: one of them would win everywhere. A context tells them apart."""
    french: dict[tuple[str, str | None], dict[str, str]] = {}
    for folder in folders:
        for message in stored(folder):
            if message.id and not is_empty(message.string):
                said = french.setdefault((first(message.id), message.context), {})
                said.setdefault(first(message.string), folder.name)
    several = {key: said for key, said in french.items() if len(said) > 1}
    for (key, _context), said in several.items():
        print(f"{', '.join(said.values())}: {key!r} is {' or '.join(map(repr, said))}")
    return len(several)


def run_compile(folder: Path) -> int:
    """Write the .mo file Django reads."""
    if file_of(folder).exists():
        with file_of(folder).with_suffix(".mo").open("wb") as file:
            write_mo(file, stored(folder))
    return 0


def main(words: list[str]) -> int:
    actions = {"extract": run_extract, "check": run_check, "compile": run_compile}
    if not words or words[0] not in actions:
        sys.exit(__doc__)
    problems = sum(actions[words[0]](folder) for folder in apps(words[1:]))
    if words == ["check"]:
        problems += run_compare(apps([]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
