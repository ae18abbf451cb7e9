"""Learn what each piece of evidence weighs in `engine/titles/weights.py`, on titles held out of the index.

    python -m bench.title_learning --data DIR [--without FILE] [--semantic] [--json FILE]

DIR holds `esco` (occupations_fr.csv, occupations_en.csv, ISCOGroups_fr.csv, ISCOGroups_en.csv) and `rome_v4`.
FILE lists titles never to learn on, one a line, the last column counts (queries.tsv of a test). Nothing else is
read: neither advertisements, nor MELO, nor the official table between ROME and ESCO.

Asked are: of each occupation of ESCO with two wordings or more, one wording taken out of the index, in French
and in English; of ROME, one title in six taken out; of each index, one label in ten that it holds; and one
question in four has a word or two more that say nothing. The questions in French are asked once more with
none to three such words, as advertisements have them; how sure a sum is, is learnt on these alone. The right
answer is the occupation. Weights make the likelihood of the right occupation's labels among the candidates
greatest (a list-wise softmax, a little ridge), each list counting the same. Printed: A@1, A@10 and MRR on
occupations the weights were not learnt on (two halves, each learnt on the other), by the order of nearness
alone and by the weights; then the weights learnt on both halves.
"""

import argparse
import csv
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from visavis.commands.rome import read_rome
from visavis.engine.titles.index import CANDIDATES, TitleIndex
from visavis.engine.titles.lexicon import Lexicon
from visavis.engine.titles.pairs import NAMES
from visavis.folding import fold

RIDGE = 1e-4
type Floats = NDArray[np.float64]
type Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass
class Exam:
    """Titles asked of an index that does not hold them, and the occupation each stands for."""

    name: str
    language: str
    labels: list[str]
    codes: list[str]
    asked: list[str]
    right: list[str]
    related: list[list[str]] = field(default_factory=list)


def _number(text: str) -> int:
    return zlib.crc32(text.encode())


def esco(folder: Path, language: str) -> Exam:
    """Take one wording out of each occupation that has several."""
    exam = Exam(f"ESCO {language}", language, [], [], [], [])
    concepts = []
    for name in ("occupations", "ISCOGroups"):
        with (folder / f"{name}_{language}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                labels = [row["preferredLabel"], *(row.get("altLabels") or "").split("\n")]
                concepts.append((row["conceptUri"], [label.strip() for label in labels if label.strip()]))
    lexicon = Lexicon((label for _, labels in concepts for label in labels), written_out=language == "fr")
    for code, labels in concepts:
        wordings: dict[str, list[str]] = {}
        for label in labels:
            wordings.setdefault(lexicon.canonical(label), []).append(label)
        out = min(wordings, key=lambda text: _number(code + text)) if len(wordings) > 1 else None
        if out is not None:
            exam.asked.append(wordings.pop(out)[0])
            exam.right.append(code)
        kept = [label for labels in wordings.values() for label in labels]
        exam.labels += kept
        exam.codes += [code] * len(kept)
    return exam


def rome(folder: Path, without: set[str]) -> Exam:
    """Take one title in six out of ROME."""
    known = read_rome(folder)
    exam = Exam("ROME", "fr", [], [], [], [])
    for label, code in zip(known.labels, known.codes, strict=True):
        if _number("a" + label) % 6 or fold(label) in without:
            exam.labels.append(label)
            exam.codes.append(code)
        else:
            exam.asked.append(label)
            exam.right.append(code)
    return exam


def with_labels(exam: Exam, without: set[str]) -> Exam:
    """Ask one label in ten that the index holds, too."""
    more = [
        (label, code)
        for label, code in zip(exam.labels, exam.codes, strict=True)
        if _number("known" + label) % 10 == 0 and fold(label) not in without
    ]
    asked = [*exam.asked, *(label for label, _ in more)]
    return replace(exam, asked=asked, right=[*exam.right, *(code for _, code in more)])


def with_words(exam: Exam) -> Exam:
    """Add a word or two that say nothing to one title in four."""
    draws = [_number("noise" + title) for title in exam.asked]
    return _noisy(exam, [0 if draw % 4 else 1 + draw // 4 % 2 for draw in draws])


def as_advertised(exam: Exam) -> Exam:
    """Add none to three words to each: advertisements say more than the trade."""
    named = replace(exam, name=f"{exam.name}, as advertised")
    return _noisy(named, [_number("advertised" + title) % 4 for title in exam.asked])


def _noisy(exam: Exam, counts: Sequence[int]) -> Exam:
    vocabulary = sorted({word for label in exam.labels for word in label.split() if len(word) > 3})
    asked = []
    for title, count in zip(exam.asked, counts, strict=True):
        draw = _number("word" + title)
        asked.append(
            " ".join([title, *(vocabulary[(draw + 7919 * n) % len(vocabulary)] for n in range(count))])
        )
    return replace(exam, asked=asked)


@dataclass
class Evidence:
    """What the index says of each question: evidence, which candidates are right, which codes they have."""

    parts: Floats
    right: NDArray[np.bool_]
    codes: NDArray[np.int64]
    half: NDArray[np.bool_]


def gather(exam: Exam, embed: Embed | None = None) -> Evidence:
    index = TitleIndex(exam.labels, exam.codes, language=exam.language, meaning=embed, related=exam.related)
    row_of = {code: row for row, code in enumerate(index.codes)}
    wanted = np.array([row_of.get(code, -2) for code in exam.right])
    parts, codes = [], []
    for start in range(0, len(exam.asked), 256):
        found, evidence = index.candidates(exam.asked[start : start + 256], CANDIDATES)
        parts.append(evidence.astype(np.float64))
        codes.append(np.where(found.codes >= 0, index.code_of_wording[found.codes], -1))
    every = np.concatenate(codes)
    half = np.array([_number(code) % 2 == 0 for code in exam.right])
    return Evidence(np.concatenate(parts), every == wanted[:, None], every, half)


def learn(lists: Sequence[tuple[Floats, NDArray[np.bool_]]], names: Sequence[str]) -> Floats:
    """Find the weights that make the right candidates likeliest, each list of questions counting the same."""
    kept = [(parts[right.any(axis=1)], right[right.any(axis=1)]) for parts, right in lists]
    spread = np.concatenate([parts.reshape(-1, len(names)) for parts, _ in kept]).std(axis=0) + 1e-9

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = RIDGE * weights @ weights, 2 * RIDGE * weights
        for parts, right in kept:
            sums = parts @ (weights / spread)
            every = np.exp(sums - logsumexp(sums, axis=1, keepdims=True))
            held = np.where(right, sums, -np.inf)
            mine = np.exp(held - logsumexp(held, axis=1, keepdims=True))
            value -= np.mean(logsumexp(held, axis=1) - logsumexp(sums, axis=1)) / len(kept)
            slope += np.einsum("nk,nkf->f", every - mine, parts) / spread / len(parts) / len(kept)
        return float(value), slope

    found: Floats = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x / spread
    return found


def by_occupation(evidence: Evidence, sums: Floats) -> Floats:
    """Log of the sum of exponentials over the candidates of the same occupation."""
    same = evidence.codes[:, :, None] == evidence.codes[:, None, :]
    return logsumexp(np.where(same, sums[:, None, :], -np.inf), axis=2)


def ranks(evidence: Evidence, totals: Floats) -> Floats:
    """The rank of the right occupation, infinite where no candidate is of it."""
    best = np.where(evidence.right, totals, -np.inf).max(axis=1)
    rank = np.full(len(best), np.inf)
    for row in np.flatnonzero(evidence.right.any(axis=1)):
        rank[row] = 1 + len(set(evidence.codes[row][totals[row] > best[row] + 1e-9].tolist()))
    return rank


def certainty(evidence: Sequence[Evidence], weights: Floats) -> tuple[float, float]:
    """Fit how sure a sum is of the first and second occupation: a logistic curve."""
    values, right = [], []
    for one in evidence:
        totals = by_occupation(one, one.parts @ weights)
        first = totals.argmax(axis=1)
        rest = np.where(one.codes == np.take_along_axis(one.codes, first[:, None], 1), -np.inf, totals)
        for column in (first, rest.argmax(axis=1)):
            values.append(np.take_along_axis(totals, column[:, None], 1)[:, 0])
            right.append(np.take_along_axis(one.right, column[:, None], 1)[:, 0])
    x, y = np.concatenate(values), np.concatenate(right)

    def loss(pair: Floats) -> float:
        p = np.clip(expit(pair[0] * x + pair[1]), 1e-9, 1 - 1e-9)
        return float(-np.mean(np.where(y, np.log(p), np.log(1 - p))))

    found = minimize(loss, np.array([0.5, -float(np.median(x)) / 2]), method="Nelder-Mead").x
    return float(found[0]), float(found[1])


def report(name: str, rank: Floats) -> dict[str, str | float]:
    figures = {"A@1": np.mean(rank < 2), "A@10": np.mean(rank <= 10), "MRR": np.mean(1 / rank)}
    print(f"{name:44}" + "".join(f"{key:>7} {value:.3f}" for key, value in figures.items()))
    return {"method": name} | {key: round(float(value), 4) for key, value in figures.items()}


def compare(
    exams: Sequence[Exam], every: Sequence[Evidence], names: Sequence[str]
) -> list[dict[str, str | float]]:
    """Learn on one half, ask the other, both ways."""
    halves = [
        learn([(one.parts[one.half == side], one.right[one.half == side]) for one in every], names)
        for side in (False, True)
    ]
    rows = []
    for exam, one in zip(exams, every, strict=True):
        sums = np.where(one.half[:, None], one.parts @ halves[0], one.parts @ halves[1])
        rows.append(report(f"{exam.name}, {len(exam.asked)} asked: nearness", ranks(one, one.parts[:, :, 0])))
        rows.append(report(f"{exam.name}: learnt", ranks(one, by_occupation(one, sums))))
    return rows


def exams_of(data: Path, without: set[str]) -> tuple[list[Exam], list[Exam]]:
    """Give the exams to learn weights on, and those to learn certainty on."""
    bare = [esco(data / "esco", "fr"), rome(data / "rome_v4", without), esco(data / "esco", "en")]
    bare = [with_labels(exam, without) for exam in bare]
    advertised = [as_advertised(exam) for exam in bare[:2]]
    every = [with_words(exam) for exam in bare]
    related = rome_groups(data / "rome_v4")
    every.insert(2, replace(every[0], name="ESCO fr, ROME known", related=related))
    return every, advertised


def rome_groups(folder: Path) -> list[list[str]]:
    """Titles of ROME, those of one occupation together."""
    known = read_rome(folder)
    groups: dict[str, list[str]] = {}
    for label, code in zip(known.labels, known.codes, strict=True):
        groups.setdefault(code, []).append(label)
    return list(groups.values())


def titles_of(file: Path | None) -> set[str]:
    if file is None:
        return set()
    return {fold(line.split("\t")[-1]) for line in file.read_text(encoding="utf-8").splitlines()}


def written(names: Iterable[str], weights: Floats, certain: tuple[float, float]) -> str:
    table = ", ".join(f'"{name}": {weight:.3f}' for name, weight in zip(names, weights, strict=True))
    return f"Learnt({{{table}}}, {certain[0]:.3f}, {certain[1]:.3f})"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--without", type=Path, metavar="FILE")
    parser.add_argument(
        "--semantic", action="store_true", help="with meanings: the French exams only (many minutes)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    embed, names = None, NAMES
    exams, advertised = exams_of(args.data, titles_of(args.without))
    if args.semantic:
        from visavis.engine.text.meaning import embed_titles  # noqa: PLC0415  (an extra)

        exams = [exam for exam in exams if exam.language == "fr"]
        embed, names = embed_titles, (*NAMES, "meaning")
    loud = [gather(exam, embed) for exam in advertised]
    every = [*(gather(exam, embed) for exam in exams), *loud]
    rows = compare([*exams, *advertised], every, names)
    weights = learn([(one.parts, one.right) for one in every], names)
    certain = certainty(loud, weights)
    print(written(names, weights, certain))
    if args.json:
        args.json.write_text(json.dumps({"rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
