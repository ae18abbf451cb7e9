"""Writes which occupations the words of titles speak of, from the titles of ROME (Licence Ouverte 2.0).

    python scripts/trade_words.py FILE [FILE …] [--english OCCUPATIONS CROSSWALK]

Each FILE is France Travail's `unix_referentiel_appellation_*.csv`. No title is kept: a stem, or two that stand side by
side, and the codes of the occupations whose titles hold it, so far as these are few. With `--english`, ESCO's
occupations in English (CC BY 4.0, European Union) and the crosswalk of ROME to ESCO give the same for English words.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from visavis.engine.search.vocabulary import ENGLISH, TITLED, roles
from visavis.engine.search.words import cut, stem

MEANT, NEAR, TOGETHER = 0.5, 0.12, 0.5
"""Shares of the titles with a word: of an occupation that it means, of one near it, of all that are written."""

MOST, LEAST_PAIRS, SHORTEST = 4, 2, 3
LEAST_ENGLISH = 3
"""English titles that hold a word at least: one alone is seldom the word of a trade."""


def titles(paths: list[str]) -> set[tuple[str, str]]:
    """Return titles, the feminine beside the masculine, with their codes."""
    found = set()
    for path in paths:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.add((row["libelle_appellation_long"].replace("''", "'"), row["code_rome"]))
    return found


def meant(counts: Counter[str]) -> str:
    """Write the codes that a word speaks of; nothing where they are too many."""
    whole = counts.total()
    best = [
        (code, count / whole) for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    best = [one for one in best[:MOST] if one[1] >= NEAR]
    if sum(share for _code, share in best) < TOGETHER:
        return ""
    most = best[0][1]
    return " ".join(code if share >= MEANT * most else f"~{code}" for code, share in best)


def is_pair(one: str, counts: Counter[str]) -> bool:
    """Say whether two words stand together often enough, and neither says only what place somebody has."""
    return counts.total() >= LEAST_PAIRS and not roles() & set(one.split())


def english(occupations: str, crosswalk: str, paths: list[str]) -> set[tuple[str, str]]:
    """Return English titles with the codes of ROME whose titles the crosswalk puts beside them."""
    code_of = {}
    for path in paths:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            code_of |= {row["code_ogr"]: row["code_rome"] for row in csv.DictReader(file)}
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    with Path(crosswalk).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3 and row[2] in code_of:
                codes[row[0]][code_of[row[2]]] += 1
    found = set()
    with Path(occupations).open(encoding="utf-8-sig", newline="") as file:
        for one in csv.DictReader(file):
            best = codes[one["conceptUri"]].most_common(2)
            labels = [one["preferredLabel"], *one["altLabels"].splitlines()]
            found |= {(label, code) for label in labels if label for code, _count in best}
    return found


def written(labels: Iterable[tuple[str, str]], least: int = 1) -> list[str]:
    """Return the lines of stems and pairs with their codes; those of fewer titles than `least` say too little."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for label, code in labels:
        stems = [stem(word) for word in cut(label)]
        for one in {*stems, *(" ".join(pair) for pair in pairwise(stems) if pair[0] != pair[1])}:
            counts[one][code] += 1
    said = {
        one: codes
        for one, count in counts.items()
        if count.total() >= least
        and (codes := meant(count))
        and len(one) >= SHORTEST
        and not one.isdigit()
        and (" " not in one or is_pair(one, count))
    }
    # Two words are written where they say what neither says alone.
    alone = {
        one: codes
        for one, codes in said.items()
        if " " not in one
        or codes.split()[0] not in {said.get(word, " ").split(" ")[0] for word in one.split()}
    }
    return [f"{one}\t{codes}" for one, codes in sorted(alone.items())]


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(path.name, len(lines), "words and pairs,", path.stat().st_size // 1000, "kB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--english", nargs=2, metavar=("OCCUPATIONS", "CROSSWALK"))
    asked = parser.parse_args()
    write(TITLED, written(titles(asked.files)))
    if asked.english:
        write(ENGLISH, written(english(*asked.english, asked.files), LEAST_ENGLISH))


if __name__ == "__main__":
    main()
