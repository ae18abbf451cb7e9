"""Whether the labels of real ads are whole: ids, offsets, codes, units. Prints counts a field.

    python bench/ads_labels/check.py FOLDER

FOLDER holds `offres_2024_10.json` and `offres_2025_05.json` of France Travail.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

from visavis.catalog import enums

OWN = {"weekdays_only", "on_call", "odd_hours", "travel_sometimes", "day_contract", "annualised", "long_days"}
LISTS = ("licences_required", "licences_wished", "languages", "conditions")
CODES = {
    "contract": enums.ContractKind.values,
    "working_time": ("full", "part", "either"),
    "experience": ("required", "wished", "none"),
    "own_vehicle": ("required", "wished", "no"),
    "remote": ("some", "full", "none"),
    **dict.fromkeys(("licences_required", "licences_wished"), enums.Licence.values),
    "conditions": {*enums.Condition.values, *OWN},
    "languages.code": enums.SpokenLanguage.values,
    "languages.level": (None, *enums.LanguageLevel.values),
    "education.level": enums.EducationLevel.values,
    "pay.unit": ("hour", "month", "year"),
}
AT_MOST = {"contract_months": 60, "contract_days": 366, "hours.min": 48, "hours.max": 48, "positions": 50}
AT_MOST |= {"experience_months": 240, "pay.hour_min": 60, "pay.hour_max": 60}


def facts(label):
    return [(f, v) for f, values in label["facts"].items() for v in (values if f in LISTS else [values])]


def is_sane(field, value):
    if isinstance(value, dict):
        return all(is_sane(f"{field}.{key}", part) for key, part in value.items())
    if field in ("end", "start"):
        return re.fullmatch(r"asap|20\d\d-\d\d(-\d\d)?", value)
    if field in CODES or isinstance(value, str):
        return value in CODES[field]
    return value is None or isinstance(value, bool) or 0 < value <= AT_MOST.get(field, 1e6)


def wrong(label, ad):
    spans = [(k, at) for k in ("at", "at_title") for _, fact in facts(label) for at in fact.get(k, [])]
    spans += [("at", at) for at in sum((skill["at"] for skill in label["skills"]), label["qualities"])]
    texts = {"at": ad["description"], "at_title": ad["intitule"]}
    yield from (s for s in spans if s[1][1] > len(texts[s[0]]) or not texts[s[0]][slice(*s[1])].strip())
    for field, fact in facts(label):
        named = {"text": "at", "title": "at_title"}.get(fact["source"], fact["source"].removeprefix("field:"))
        if not is_sane(field, fact["value"]) or {named, fact.get("corrects", "id")} - {*fact, *ad}:
            yield field, fact
    codes = {None, *(skill.get("code") for skill in ad.get("competences", []))}
    yield from (skill for skill in label["skills"] if skill["code"] not in codes)


ads, labels = {}, []
for month in ("2024_10", "2025_05"):
    found = json.loads(Path(sys.argv[1], f"offres_{month}.json").read_text())["resultats"]
    ads |= {ad["id"]: ad for ad in found}
    labels += map(json.loads, Path(__file__).with_name(f"{month}.jsonl").read_text().splitlines())
problems = [(x["id"], p) for x in labels for p in (wrong(x, ads[x["id"]]) if x["id"] in ads else ["?"])]
digests = sorted((hashlib.sha256(x["id"].encode()).hexdigest(), x["held_out"]) for x in labels)
if {d for d, held_out in digests if held_out} ^ set([d for d, _ in digests if d[-1] in "012345"][:50]):
    problems.append("another set is held out")
counts, skills = Counter(f for x in labels for f, _ in facts(x)), [s for x in labels for s in x["skills"]]
text = Counter(f for x in labels for f, fact in facts(x) if ":" not in fact["source"])
corrects = Counter(f for x in labels for f, fact in facts(x) if "corrects" in fact)
print(*problems, "field                 values   text only    corrects", sep="\n")
print(*(f"{f:20}{counts[f]:8}{text[f]:12}{corrects[f]:12}" for f in counts), sep="\n")
print(len(labels), "ads,", sum(x["held_out"] for x in labels), "held out;", len(skills), "skills:")
print(sum(bool(s["at"]) for s in skills), "in the text,", sum(bool(s["code"]) for s in skills), "coded")
sys.exit(bool(problems))
