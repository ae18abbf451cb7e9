"""Lay out an edition of the cards from the shipped interests: packs of one type, the six types in turn.

scripts/card_deck.py 2026-1     writes src/visavis/jobseekers/cards/decks/2026-1.csv

An edition that has been printed is never written again: give the next one a new name.
"""

import csv
import sys
from math import ceil
from pathlib import Path

from visavis.catalog import starter

DECKS = Path(__file__).resolve().parent.parent / "src" / "visavis" / "jobseekers" / "cards" / "decks"
MOST_IN_A_PACK = 9
TYPES = "RIASEC"


def packs_of(codes: list[str]) -> list[list[str]]:
    """Deal the cards of one type into packs as even as can be, neighbours of the list apart."""
    count = ceil(len(codes) / MOST_IN_A_PACK)
    return [codes[n::count] for n in range(count)]


def main(edition: str) -> None:
    centres = [one for one in starter.load().interests if one.kind != "riasec" and one.riasec]
    dealt = {letter: packs_of([one.code for one in centres if one.riasec == letter]) for letter in TYPES}
    # The types with more packs are spread over the whole deck: whoever stops half way has seen all six.
    turn = sorted(
        ((n + 0.5) / len(packs), TYPES.index(letter), pack)
        for letter, packs in dealt.items()
        for n, pack in enumerate(packs)
    )
    with (DECKS / f"{edition}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["number", "pack", "code"])
        number = 0
        for place, (_when, _type, pack) in enumerate(turn, start=1):
            for code in pack:
                number += 1
                out.writerow([number, place, code])
    print(f"{number} cards in {len(turn)} packs")


if __name__ == "__main__":
    main(sys.argv[1])
