"""Whether the labels of asked jobs are whole: ids, codes, titles. Prints counts.

    python bench/asked_labels/check.py FOLDER [ROME]

FOLDER holds `offres_2024_10.json` and `offres_2025_05.json` of France Travail, ROME the files of ROME 3.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

from visavis.catalog import starter

HERE = Path(__file__).parent
REFERENCE = "unix_referentiel_code_rome_v347_utf8.csv"


def wrong(name, occupations, near, codes):
    if not (occupations or near) or set(occupations) & set(near) or len({*near}) < len(near):
        yield name, "is nothing, or the same twice"
    yield from ((name, code) for code in {*occupations, *near} - codes)


problems, ads, told = [], [], {}
for month in ("2024_10", "2025_05"):
    ads += json.loads(Path(sys.argv[1], f"offres_{month}.json").read_text())["resultats"]
rows = [json.loads(line) for line in (HERE / "ads.jsonl").read_text().splitlines()]
codes = {code for row in rows for code in row["occupations"] + row["near"]}
if len(sys.argv) > 2:
    listed = Path(sys.argv[2], REFERENCE).read_text().splitlines()
    codes = {row["code_rome"] for row in csv.DictReader(listed)}
for ad, row in zip(ads, rows, strict=True):
    problems += wrong(row["id"], row["occupations"], row["near"], codes)
    among = {"right": row["occupations"], "near": row["near"]}.get(row["field"], [ad["romeCode"]])
    if ad["id"] != row["id"] or ad["romeCode"] not in among:
        problems.append((ad["id"], "another ad or field"))

catalogue = starter.load()
known = {occupation.code for occupation in catalogue.occupations}
for row in csv.DictReader((HERE / "titles.csv").read_text().splitlines()):
    told[row["title"]] = (row["occupations"].split(), row["near"].split())
    problems += wrong(row["title"], *told[row["title"]], known)
here = {t.masculine: code for code in known for t in catalogue.titles_of[code, "fr"]}
problems += [(title, "is not told, or unknown") for title in told.keys() ^ here.keys()]
print(*problems, sep="\n")
fields = Counter(row["field"] for row in rows)
print(len(rows), "ads;", dict(fields), sum("ambiguous" in row for row in rows), "ambiguous")
print(len(told), "titles;", sum(len(o) > 1 for o, _ in told.values()), "of two occupations,", end=" ")
print(sum(here.get(t) not in o for t, (o, _) in told.items()), "not of the one that holds them")
sys.exit(bool(problems))
