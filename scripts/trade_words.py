"""Writes which occupations the words of titles speak of, from the titles of ROME (Licence Ouverte 2.0).

    python scripts/trade_words.py FILE [FILE …]

Each FILE is France Travail's `unix_referentiel_appellation_*.csv`. No title is kept: a stem, or two that stand side by
side, and the codes of the occupations whose titles hold it, so far as these are few.
"""

import csv
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from visavis.engine.search.vocabulary import TITLED, roles
from visavis.engine.search.words import cut, stem

MEANT, NEAR, TOGETHER = 0.5, 0.12, 0.5
"""Shares of the titles with a word: of an occupation that it means, of one near it, of all that are written."""

MOST, LEAST_PAIRS, SHORTEST = 4, 2, 3


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


def main() -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for label, code in titles(sys.argv[1:]):
        stems = [stem(word) for word in cut(label)]
        for one in {*stems, *(" ".join(pair) for pair in pairwise(stems) if pair[0] != pair[1])}:
            counts[one][code] += 1
    said = {
        one: codes
        for one, count in counts.items()
        if (codes := meant(count))
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
    lines = [f"{one}\t{codes}" for one, codes in sorted(alone.items())]
    TITLED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "words and pairs,", TITLED.stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main()
