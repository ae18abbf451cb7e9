"""Short forms and English names that advertisements use for French trades, written out.

Each line of `abbreviations.txt` is "short form: words it stands for", folded. Words are added beside the short
form, in titles searched and in titles indexed alike, so that a wrong reading costs little.
"""

from pathlib import Path

EXPANSIONS: dict[tuple[str, ...], str] = {
    tuple(short.split()): meaning.strip()
    for short, meaning in (
        line.split(":")
        for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    )
}
LONGEST = max(map(len, EXPANSIONS))
