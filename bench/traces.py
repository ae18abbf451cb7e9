"""The companion's tables beside public lists: how many hosts are known, how far they agree, what leaks.

python -m bench.traces [--lists DIR] [--json FILE]

DIR holds what is at hand of: `override_list.tsv` and `taxonomy.tsv` (Chrome Topics), `ut1/CATEGORY/domains` (UT1
Toulouse), `ut1_sensitive.txt` (its sensitive categories in one file), `site_categories.csv` or `sites.csv`
(WhoTracks.me). What is absent is left out. Words are compared with wordfreq, simplemma and Faker's names, if installed.
"""

import argparse
import csv
import importlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.traces_maps import ILLNESSES, SENSITIVE, TOPICS, UT1, WHOTRACKSME

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "companion" / "src" / "tables"
LISTS = ROOT / "companion" / "tables"
FOUND_AT_HAND = ROOT.parent / "shared" / "data" / "hosts"

type Row = dict[str, Any]


@dataclass(slots=True)
class Public:
    """What a public list says of the hosts it knows."""

    name: str
    size: int
    said: dict[str, set[str]]
    means: dict[str, frozenset[str]]
    sensitive: frozenset[str] = field(default=SENSITIVE)


def ours() -> dict[str, set[str]]:
    """Return our hosts with the slugs of their interests."""
    with (LISTS / "hosts.csv").open(encoding="utf-8", newline="") as file:
        return {row["host"]: set(row["interests"].split()) for row in csv.DictReader(file)}


def chrome(folder: Path, hosts: Iterable[str]) -> Public | None:
    """Chrome writes a blank for each dot and dash."""
    listed, taxonomy = folder / "override_list.tsv", folder / "taxonomy.tsv"
    if not listed.exists() or not taxonomy.exists():
        return None
    topic = dict(
        line.split("\t") for line in taxonomy.read_text(encoding="utf-8").splitlines() if "\t" in line
    )
    rows = [line.partition("\t") for line in listed.read_text(encoding="utf-8").splitlines()]
    told = {host: numbers for host, _tab, numbers in rows}
    said = {}
    for host in hosts:
        key = host.replace(".", " ").replace("-", " ")
        if key in told:
            said[host] = {topic.get(number, number) for number in told[key].split(",") if number}
    return Public("Chrome Topics", len(told), said, TOPICS)


def ut1(folder: Path, hosts: Iterable[str]) -> Public | None:
    said: dict[str, set[str]] = {}
    known, size = set(hosts), 0
    files = [(path.parent.name, path) for path in sorted((folder / "ut1").glob("*/domains"))]
    files += [("sensitive", path) for path in [folder / "ut1_sensitive.txt"] if path.exists()]
    for category, path in files:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                size += 1
                host = line.strip()
                if host in known:
                    said.setdefault(host, set()).add(category)
    return Public("UT1", size, said, UT1) if files else None


def whotracksme(folder: Path, hosts: Iterable[str]) -> Public | None:
    path = next(
        (folder / name for name in ("site_categories.csv", "sites.csv") if (folder / name).exists()), None
    )
    if not path:
        return None
    told: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told.setdefault(row.get("site") or row["domain"], set()).add(row["category"].strip())
    return Public(
        "WhoTracks.me", len(told), {host: told[host] for host in hosts if host in told}, WHOTRACKSME
    )


def meant(public: Public, said: set[str]) -> set[str]:
    """Return our interests that a list's categories stand for: of a path, those of its longest known beginning."""
    found: set[str] = set()
    for category in said:
        start = category
        while start and start not in public.means:
            start = start.rpartition("/")[0]
        found |= public.means.get(start, frozenset())
    return found


def compared(public: Public, hosts: dict[str, set[str]]) -> Row:
    liked = {host: found for host, found in hosts.items() if found}
    seen = {host: said for host, said in public.said.items() if host in liked}
    comparable = {host: told for host, said in seen.items() if (told := meant(public, said))}
    agreed = {host for host, told in comparable.items() if told & liked[host]}
    leaks = sorted(host for host, said in seen.items() if is_sensitive(public, said))
    silent = [host for host, said in public.said.items() if not hosts[host] and is_sensitive(public, said)]
    return {
        "list": public.name,
        "hosts_in_it": public.size,
        "ours_it_knows": len(seen),
        "share_known": len(seen) / len(liked),
        "comparable": len(comparable),
        "agree": len(agreed) / len(comparable) if comparable else None,
        "differ": sorted(set(comparable) - agreed),
        "sensitive_leaks": leaks,
        "sensitive_and_silent": len(silent),
    }


def is_sensitive(public: Public, said: set[str]) -> bool:
    return any(category.startswith(tuple(public.sensitive)) for category in said)


def words() -> Iterator[Row]:
    """Yield how the lexicon stands to lists of words, names and illnesses."""
    with (LISTS / "lexicon.csv").open(encoding="utf-8", newline="") as file:
        terms = list(csv.DictReader(file))
    told = json.loads((TABLES / "lexicon.json").read_text(encoding="utf-8"))
    for language in ("fr", "en"):
        alone = [row["term"] for row in terms if row["language"] == language and " " not in row["term"]]
        forms = set(told[language]) | set(told["skills"][language])
        row: Row = {"language": language, "terms": sum(one["language"] == language for one in terms)}
        row |= {"forms": len(forms), "words_alone": len(alone)}
        row |= {"names": sorted(forms & known_names()), "illnesses": sorted(forms & ILLNESSES)}
        yield row | in_use(language, alone) | bases(language, forms)


def in_use(language: str, alone: list[str]) -> Row:
    try:
        wordfreq = importlib.import_module("wordfreq")
    except ImportError:
        return {}
    return {
        "known_to_wordfreq": sum(wordfreq.zipf_frequency(term, language) > 0 for term in alone) / len(alone)
    }


def bases(language: str, forms: set[str]) -> Row:
    """Say how many forms simplemma brings back to something the lexicon has as well."""
    try:
        simplemma = importlib.import_module("simplemma")
    except ImportError:
        return {}
    alone = [form for form in forms if " " not in form and "-" not in form]
    kept = sum(simplemma.lemmatize(form, lang=language).lower() in forms for form in alone)
    return {"brought_back_by_simplemma": kept / len(alone)}


def known_names() -> set[str]:
    """First names of France, Great Britain and the United States, and family names of more than one word's meaning."""
    found: set[str] = set()
    for place in ("fr_FR", "en_GB", "en_US"):
        try:
            provider = importlib.import_module(f"faker.providers.person.{place}").Provider
        except ImportError:
            continue
        found |= {str(name).lower() for name in (*provider.first_names, *provider.last_names)}
    return found


def show(row: Row) -> None:
    for name, value in row.items():
        if isinstance(value, list):
            print(f"  {name}: {len(value)} {' '.join(value[:25])}")
        else:
            print(f"  {name}: {f'{value:.3f}' if isinstance(value, float) else value}")
    print()


def main() -> None:
    """Compare with what is at hand, print it and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=Path, default=FOUND_AT_HAND)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    hosts = ours()
    liked = sum(bool(found) for found in hosts.values())
    rows: list[Row] = [
        {"hosts": len(hosts), "with_interest": liked, "deliberately_nothing": len(hosts) - liked}
    ]
    at_hand = [read(asked.lists, hosts) for read in (chrome, ut1, whotracksme)]
    rows += [compared(public, hosts) for public in at_hand if public]
    rows += words()
    for row in rows:
        show(row)
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
