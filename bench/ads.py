"""What real ads say, read by ours, beside structured fields only and keyword rules: precision and recall a field.

    python -m bench.ads --data DIR [--held-out | --rare] [--json FILE] [--show FIELD]

DIR holds `offres_2024_10.json` and `offres_2025_05.json` of France Travail. The labels are those of
`bench/ads_labels`; 117 ads are for tuning, the 50 held out are scored with `--held-out`; of 66 more only last day,
education, languages and own vehicle were labelled (`--rare`).
A predicted skill is right when it shares half of the shorter stretch with a labelled one; what is read in
stretches on character counts neither way. "one to one" asks that the two stretches share half of their union.
"""

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from bench.ads_keywords import understand
from bench.ads_keywords.page import Language as PastedLanguage
from bench.ads_keywords.page import Understood
from visavis.catalog import starter
from visavis.vacancies import ads
from visavis.vacancies.ads import fields
from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Language, Length, Pay, Skill

LABELS = Path(__file__).parent / "ads_labels"
MONTHS = ("2024_10", "2025_05")
SOFT = {"public_contact", "outdoors", "cold", "heavy_loads", "heights"}
NEAR = 0.011
DERIVED = {"education_required", "language_levels"}
FIELDS = (
    "contract", "length", "start", "end", "hours", "working_time", "pay", "positions", "experience",
    "experience_months", "beginner", "education", "education_required", "licences_required", "licences_wished",
    "languages", "language_levels", "conditions", "conditions_soft", "own_vehicle", "remote",
)  # fmt: skip

RARE = ("end", "education", "education_required", "languages", "own_vehicle")

type Items = dict[str, list[Any]]
type Span = tuple[int, int]
type Reader = Callable[[dict[str, Any]], Facts]


@dataclass
class Count:
    """How many were right, predicted and written."""

    right: int = 0
    predicted: int = 0
    written: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else float("nan")

    @property
    def recall(self) -> float:
        return self.right / self.written if self.written else float("nan")


@dataclass
class Spans:
    """The same for stretches, where the two sides are counted apart."""

    hit: int = 0
    predicted: int = 0
    met: int = 0
    written: int = 0


@dataclass
class Scores:
    fields: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in FIELDS})
    overlap: Spans = field(default_factory=Spans)
    one_to_one: Spans = field(default_factory=Spans)
    in_text: Count = field(default_factory=Count)


def pages(data: Path) -> dict[str, dict[str, Any]]:
    found = [json.loads((data / f"offres_{month}.json").read_text())["resultats"] for month in MONTHS]
    return {ad["id"]: ad for ads_of_month in found for ad in ads_of_month}


def labels(*, held_out: bool, rare: bool = False) -> list[dict[str, Any]]:
    if rare:
        lines = (LABELS / "rare.jsonl").read_text().splitlines()
        return [{"skills": [], "qualities": []} | json.loads(line) for line in lines]
    lines = [line for month in MONTHS for line in (LABELS / f"{month}.jsonl").read_text().splitlines()]
    return [label for line in lines if (label := json.loads(line))["held_out"] == held_out]


def ours(ad: dict[str, Any]) -> Facts:
    return ads.read(
        title=ad["intitule"], text=ad["description"], fields=fields.facts_of(ad), today=day_of(ad)
    )


def text_only(ad: dict[str, Any]) -> Facts:
    return ads.read(title=ad["intitule"], text=ad["description"], today=day_of(ad))


def fields_only(ad: dict[str, Any]) -> Facts:
    return fields.facts_of(ad)


def keywords(ad: dict[str, Any]) -> Facts:
    """Read title and text with the rules that read pasted texts before; where they are silent, the fields."""
    text = f"{ad['intitule']}\n{ad['description']}"
    found = understand(text, skills=labels_of_skills(), today=day_of(ad))
    skills = dict.fromkeys(one.words for one in found.skills if one.words in ad["description"])
    starts = [(ad["description"].index(words), words) for words in skills]
    read = known(found, fields.facts_of(ad), day_of(ad))
    return replace(read, skills=tuple(Skill(words, start, start + len(words)) for start, words in starts))


@cache
def labels_of_skills() -> dict[str, str]:
    return {one.code: f"{one.label_fr}\n{one.label_en}" for one in starter.load().skills}


def known(found: Understood, said: Facts, today: dt.date) -> Facts:
    """Lay out what the rules understood over what the fields say."""
    kind, worked, paid, asks = found.contract, found.hours, found.pay, found.experience
    start, diploma, sought = found.starts_on, found.education, found.positions
    read = replace(
        said,
        starts=start and Found("asap" if start.value == today else start.value.isoformat(), ""),
        licences={**said.licences, **{one.value[0]: Found(one.value[1], "") for one in found.licences}},
        languages={**said.languages, **{one.value.language: spoken(one.value) for one in found.languages}},
        conditions={**said.conditions, **{one.value: Found(one.value, "") for one in found.conditions}},
    )
    if kind:
        read = replace(read, contract=Found(kind.value.kind, ""))
    if kind and kind.value.months:
        read = replace(read, length=Found(Length(kind.value.months), ""))
    if worked and worked.value.low:
        read = replace(read, hours=Found(Hours(worked.value.low, worked.value.high or worked.value.low), ""))
    if paid:
        read = replace(read, pay=Found(Pay(paid.value.low, paid.value.high, "hour"), ""))
    if sought:
        read = replace(read, positions=Found(sought.value, ""))
    if diploma:
        read = replace(read, education=Found(Education(diploma.value.level, diploma.value.is_required), ""))
    if asks and asks.value.months:
        how = "required" if asks.value.is_required else "wished"
        read = replace(read, experience=Found(how, ""), experience_months=Found(asks.value.months, ""))
    elif asks:
        read = replace(read, experience=Found("none", ""), beginner=Found(True, ""))
    return read


def spoken(one: PastedLanguage) -> Found[Language]:
    return Found(Language(one.level, one.is_required), "")


METHODS: dict[str, Reader] = {
    "ours": ours,
    "ours, text only": text_only,
    "fields only": fields_only,
    "fields and keyword rules": keywords,
}


def day_of(ad: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(ad["dateCreation"][:10])


def predicted(facts: Facts) -> Items:
    """Lay the facts out as the labels are."""
    items: Items = {name: [] for name in FIELDS}
    single = {"contract": facts.contract, "start": facts.starts, "end": facts.ends, "working_time": facts.working_time,
              "positions": facts.positions, "experience": facts.experience, "beginner": facts.beginner,
              "experience_months": facts.experience_months, "own_vehicle": facts.own_vehicle,
              "remote": facts.remote}  # fmt: skip
    for name, found in single.items():
        items[name] = [found.value] if found else []
    if facts.length:
        items["length"] = [(facts.length.value.months, facts.length.value.days)]
    if facts.hours:
        items["hours"] = [(facts.hours.value.low, facts.hours.value.high)]
    if facts.pay:
        hours = facts.hours.value.low if facts.hours else 35.0 if not part_time(facts) else None
        value = facts.pay.value
        items["pay"] = [(value.low, value.high, value.unit, *value.per_hour(hours))]
    if facts.education:
        items["education"] = [facts.education.value.level]
        items["education_required"] = [facts.education.value.is_required]
    items["licences_required"] = [code for code, one in facts.licences.items() if one.value]
    items["licences_wished"] = [code for code, one in facts.licences.items() if not one.value]
    items["languages"] = [(code, one.value.is_required) for code, one in facts.languages.items()]
    items["language_levels"] = [
        (code, one.value.level) for code, one in facts.languages.items() if one.value.level
    ]
    items["conditions"] = [code for code in facts.conditions if code not in SOFT]
    items["conditions_soft"] = [code for code in facts.conditions if code in SOFT]
    return items


def part_time(facts: Facts) -> bool:
    return bool(facts.working_time and facts.working_time.value != "full")


def written(label: dict[str, Any], *, in_text: bool = False) -> Items:
    """Lay a label out; `in_text`: only what no field says, or says wrongly."""
    items: Items = {name: [] for name in FIELDS}
    for name, given in label["facts"].items():
        told = given if isinstance(given, list) else [given]
        values = [one["value"] for one in told if not in_text or not one["source"].startswith("field:")]
        if not values:
            continue
        if name in {"contract_months", "contract_days"}:
            items["length"] = [(values[0], None) if name == "contract_months" else (None, values[0])]
        elif name == "hours":
            items["hours"] = [(values[0]["min"], values[0]["max"])]
        elif name == "pay":
            value = values[0]
            items["pay"] = [
                (value["min"], value["max"], value["unit"], value.get("hour_min"), value.get("hour_max"))
            ]
        elif name == "education":
            items["education"], items["education_required"] = [values[0]["level"]], [values[0]["required"]]
        elif name == "languages":
            items["languages"] = [(one["code"], one["required"]) for one in values]
            items["language_levels"] = [(one["code"], one["level"]) for one in values if one["level"]]
        elif name == "conditions":
            items["conditions"] = [one for one in values if one not in SOFT]
            items["conditions_soft"] = [one for one in values if one in SOFT]
        else:
            items["beginner" if name == "beginner_accepted" else name] = values
    return items


def same(name: str, one: Any, other: Any) -> bool:
    if name == "pay":
        is_same_hour = any(one[3:]) and all(map(close, one[3:], other[3:]))
        return is_same_hour or (one[2] == other[2] and all(map(close, one[:2], other[:2])))
    if name in {"hours", "length"}:
        return all(map(close, one, other))
    return bool(one == other)


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= NEAR * max(abs(one), abs(other))


def count(name: str, made: list[Any], said: list[Any], into: Count) -> None:
    left = list(said)
    for one in made:
        right = next((other for other in left if same(name, one, other)), None)
        if right is not None:
            left.remove(right)
            into.right += 1
    into.predicted += len(made)
    into.written += len(said)


def shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def half(one: Span, other: Span) -> bool:
    return 2 * shared(one, other) >= min(one[1] - one[0], other[1] - other[0])


def half_of_union(one: Span, other: Span) -> bool:
    together = shared(one, other)
    return 2 * together >= (one[1] - one[0]) + (other[1] - other[0]) - together


def skill_spans(skills: tuple[Skill, ...]) -> list[Span]:
    return [(one.start, one.end) for one in skills if one.start >= 0]


def count_skills(made: list[Span], label: dict[str, Any], scores: Scores) -> None:
    """A labelled skill told twice is one, met by either stretch."""
    said = [[(a, b) for a, b in one["at"]] for one in label["skills"] if one["at"]]
    neutral = [(a, b) for a, b in label["qualities"]]
    every = [span for spans in said for span in spans]
    counted = [
        one
        for one in made
        if any(half(one, other) for other in every) or not any(half(one, other) for other in neutral)
    ]
    for spans, test in ((scores.overlap, half), (scores.one_to_one, half_of_union)):
        spans.predicted += len(counted)
        spans.written += len(said)
        spans.met += sum(any(test(one, other) for one in counted for other in group) for group in said)
        spans.hit += sum(any(test(one, other) for other in every) for one in counted)


def wrong(label: dict[str, Any], made: Items, said: Items, name: str) -> Iterator[str]:
    left, extra = list(said[name]), []
    for one in made[name]:
        right = next((other for other in left if same(name, one, other)), None)
        if right is None:
            extra.append(one)
        else:
            left.remove(right)
    if left or extra:
        yield f"{label['id']} {name}: written {left}, read {extra}"


def score(
    reader: Reader, data: dict[str, dict[str, Any]], *, held_out: bool, rare: bool = False, show: str = ""
) -> Scores:
    scores = Scores()
    for label in labels(held_out=held_out, rare=rare):
        facts = reader(data[label["id"]])
        made, said = predicted(facts), written(label)
        for name in RARE if rare else FIELDS:
            count(name, made[name], said[name], scores.fields[name])
            if name not in DERIVED:
                count(name, made[name], written(label, in_text=True)[name], scores.in_text)
        if show:
            for line in wrong(label, made, said, show):
                print(line)
        count_skills(skill_spans(facts.skills), label, scores)
    return scores


def rows_of(method: str, scores: Scores) -> list[dict[str, Any]]:
    rows = [
        {"method": method, "field": name, "precision": one.precision, "recall": one.recall, "right": one.right,
         "predicted": one.predicted, "written": one.written}
        for name, one in scores.fields.items()
    ]  # fmt: skip
    total = Counter[str]()
    for one in scores.fields.values():
        total.update(right=one.right, predicted=one.predicted, written=one.written)
    whole = Count(total["right"], total["predicted"], total["written"])
    rows.append(
        {"method": method, "field": "all facts", "precision": whole.precision, "recall": whole.recall}
        | dict(total)
    )
    # What is read elsewhere is not wrong here: only the recall means something.
    rows.append(
        {"method": method, "field": "facts only in the text", "precision": float("nan"),
         "recall": scores.in_text.recall, "right": scores.in_text.right, "predicted": 0,
         "written": scores.in_text.written}
    )  # fmt: skip
    for name, spans in (("skills", scores.overlap), ("skills, one to one", scores.one_to_one)):
        rows.append(
            {"method": method, "field": name, "precision": spans.hit / max(spans.predicted, 1),
             "recall": spans.met / max(spans.written, 1), "right": spans.hit, "predicted": spans.predicted,
             "written": spans.written}
        )  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--held-out", action="store_true", help="score the 50 ads on which nobody tunes")
    parser.add_argument("--rare", action="store_true", help="score what is rare on 66 more ads")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the methods whose name begins so")
    parser.add_argument(
        "--show", default="", metavar="FIELD", help="also show what differs (not with --held-out)"
    )
    args = parser.parse_args()
    data = pages(args.data)
    rows = []
    for name, reader in METHODS.items():
        if name.startswith(args.only):
            shown = "" if args.held_out else args.show
            rows += rows_of(name, score(reader, data, held_out=args.held_out, rare=args.rare, show=shown))
    print(f"{'method':26}{'field':22}{'precision':>10}{'recall':>8}{'right':>7}{'read':>7}{'written':>8}")
    for row in rows:
        print(
            f"{row['method']:26}{row['field']:22}{row['precision']:10.3f}{row['recall']:8.3f}"
            f"{row['right']:7}{row['predicted']:7}{row['written']:8}"
        )
    if args.json:
        args.json.write_text(json.dumps({"held_out": args.held_out, "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
