"""Write the companion's tables from the lists in companion/tables, which people read and correct.

scripts/companion_tables.py [--check]

What is refused: an interest that is neither in interests.csv nor in never.csv, or in both; an interest, a host with
an interest or a word that names a sensitive subject, a first or family name, a town (refused.csv, names.csv).
"""

import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import inflections
from refusals import names, rows, sensitive

from visavis.folding import fold

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "companion" / "tables"
CATALOGUE = ROOT / "src" / "visavis" / "catalog" / "data"
COMPANION = ROOT / "companion" / "src" / "tables"
SERVER = ROOT / "src" / "visavis" / "traces" / "tables"
TABLE = "2026-1"
HOST = re.compile(r"(?!www\.)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")

type Numbers = dict[str, int]
type Words = dict[str, dict[str, list[str]]]


class Wrong(Exception):
    """Raised when a list says what may not be said."""


def check(is_right: object, words: str) -> None:
    if not is_right:
        raise Wrong(words)


def interests(subject: Callable[[str], str]) -> tuple[dict[str, object], Numbers]:
    """Return the interests that may come from a trace, and the number of each."""
    known = {one["code"]: one for one in rows(CATALOGUE / "interests.csv") if one["kind"] == "interest"}
    traced = [one["code"] for one in rows(LISTS / "interests.csv")]
    never = [one["code"] for one in rows(LISTS / "never.csv")]
    check(len(set(traced + never)) == len(traced) + len(never), "an interest stands twice")
    check(set(traced + never) == set(known), f"to be placed: {sorted(set(traced + never) ^ set(known))}")
    for code in traced:
        said = f"{code} {known[code]['label_fr']} {known[code]['label_en']}"
        check(not subject(said), f"{code} may not come from a trace: {subject(said)}")
    told = [
        {"code": code, "fr": one["label_fr"], "en": one["label_en"], "riasec": one["riasec"]}
        for code in traced
        for one in [known[code]]
    ]
    return {"table": TABLE, "interests": told}, {code: number for number, code in enumerate(traced)}


def numbers(said: str, number: Numbers, where: str) -> list[int]:
    found = [f"interest:{slug}" for slug in said.split()]
    for code in found:
        check(code in number, f"{where}: {code} may not come from a trace")
    return sorted({number[code] for code in found})


def hosts(number: Numbers, subject: Callable[[str], str]) -> dict[str, object]:
    """Return the interests of each host. A host of a sensitive subject has none."""
    told: dict[str, list[int]] = {}
    for row in rows(LISTS / "hosts.csv"):
        host, found = row["host"], numbers(row["interests"], number, row["host"])
        check(HOST.fullmatch(host) and host not in told, f"{host} stands twice or is no host")
        check(len(found) <= 3 and bool(found) != bool(row["nothing"]), f"{host}: one to three, or why none")
        check(not (found and subject(host)), f"{host} names a sensitive subject: {subject(host)}")
        told[host] = found
    return {"table": TABLE, "hosts": dict(sorted(told.items()))}


def written_out(subject: Callable[[str], str]) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each row of the lexicon with each of its forms."""
    named, seen = names(LISTS, CATALOGUE), set()
    for row in rows(LISTS / "lexicon.csv"):
        key = row["language"], row["term"]
        check(key not in seen, f"{row['term']} stands twice")
        seen.add(key)
        for form in inflections.forms(row["language"], row["kind"], row["term"]):
            check(form == unicodedata.normalize("NFC", form.lower()), f"{form} is not written plainly")
            check(len(form) > 2 and form.count(" ") < 5, f"{form} is too short or too long")
            check(fold(form) not in named, f"{row['term']}: {form} names a person or a place")
            check(not subject(form), f"{row['term']}: {form} names a sensitive subject: {subject(form)}")
            yield row, form


def lexicon(number: Numbers, subject: Callable[[str], str]) -> dict[str, object]:
    """Return what each written form tells: interests by number, skills by code."""
    skills = {
        one["code"]: {"fr": one["label_fr"], "en": one["label_en"]} for one in rows(CATALOGUE / "skills.csv")
    }
    liked: dict[str, dict[str, set[int]]] = {"fr": defaultdict(set), "en": defaultdict(set)}
    able: dict[str, dict[str, set[str]]] = {"fr": defaultdict(set), "en": defaultdict(set)}
    for row, form in written_out(subject):
        told, codes = numbers(row["interests"], number, row["term"]), row["skills"].split()
        check(told or codes, f"{row['term']} says nothing")
        check(set(codes) <= set(skills), f"{row['term']}: no such skill among {codes}")
        for kept, values in ((liked, told), (able, codes)):
            if values:
                kept[row["language"]][form].update(values)
    told_of = sorted({code for forms in able.values() for codes in forms.values() for code in codes})
    names = {code: skills[code] for code in told_of}
    return {"table": TABLE, **_sorted(liked), "skills": _sorted(able), "skill_names": names}


def _sorted(told: dict[str, dict[str, set[int]]] | dict[str, dict[str, set[str]]]) -> dict[str, object]:
    return {one: {form: sorted(values) for form, values in sorted(told[one].items())} for one in told}


def tables() -> Iterable[tuple[Path, str]]:
    """Yield each file to be written and its text."""
    subject = sensitive(LISTS)
    told, number = interests(subject)
    yield from [(COMPANION / "interests.json", compact(told)), (SERVER / "interests.json", compact(told))]
    yield COMPANION / "hosts.json", compact(hosts(number, subject))
    yield COMPANION / "lexicon.json", compact(lexicon(number, subject))


def compact(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> int:
    """Write the tables, or say which are not as the lists say."""
    is_check = sys.argv[1:] == ["--check"]
    stale = 0
    for path, text in tables():
        if is_check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path.relative_to(ROOT)} is not what the lists say")
                stale = 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {len(text.encode()):,} bytes")
    return stale


if __name__ == "__main__":
    sys.exit(main())
