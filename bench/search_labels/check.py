"""Whether the graded queries are whole: ids, grades, held out, facets. Prints counts.

    python bench/search_labels/check.py FOLDER

FOLDER holds `offres_2024_10.json` and `offres_2025_05.json` of France Travail.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

from visavis.catalog import enums

OWN = {"weekdays_only", "prospecting"}
NAMES = {"contract": enums.ContractKind, "licences": enums.Licence, "licences_without": enums.Licence}
NAMES |= {"conditions": enums.Condition, "avoid": enums.Condition, "languages": enums.SpokenLanguage}
FREE = {"occupations", "place", "working_time", "hours", "part_of_day", "days_a_week", "remote", "sector"}
FREE |= {"education", "education_max", "pay_hour_min", "housing", "vehicle_given", "workplace", "diploma"}
FREE |= {"beginner_accepted", "training"}


def wrong(row):
    digest = hashlib.sha256(row["query"].encode()).hexdigest()
    if row["held_out"] != (row["id"][0] in "stf" or digest[-1] in "012"):
        yield "held out by another rule"
    if bool(row["grades"]) == row.get("none", False):
        yield "either a grade or none"
    yield from ((ad, grade) for ad, grade in row["grades"].items() if ad not in ads or grade not in (1, 2, 3))
    for facet, value in row.get("asks", {}).items():
        if facet in NAMES and set(value) - {*NAMES[facet].values, *OWN}:
            yield facet, value
        if facet not in NAMES and facet not in FREE:
            yield facet


ads = set()
for month in ("2024_10", "2025_05"):
    found = json.loads(Path(sys.argv[1], f"offres_{month}.json").read_text())["resultats"]
    ads |= {ad["id"] for ad in found}
files = [
    Path(__file__).with_name(name).read_text()
    for name in ("queries.jsonl", "second.jsonl", "third.jsonl", "fourth.jsonl")
]
rows = [json.loads(line) for text in files for line in text.splitlines()]
problems = [(row["id"], problem) for row in rows for problem in wrong(row)]
if len({row["query"] for row in rows}) < len(rows):
    problems.append("a query stands twice")
kinds = Counter(kind for row in rows for kind in row["kind"])
grades = Counter(grade for row in rows for grade in row["grades"].values())
print(*problems, *(f"{kind:16}{count:6}" for kind, count in kinds.most_common()), sep="\n")
print(len(rows), "queries,", sum(row["held_out"] for row in rows), "held out,", end=" ")
print(sum("none" in row for row in rows), "without any ad; grades 3, 2, 1:", *(grades[n] for n in (3, 2, 1)))
sys.exit(bool(problems))
