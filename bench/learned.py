"""How well are answers foreseen that come later? Ours beside trees and a plain regression, truth known.

Markets are made up, with two years of introductions. Each way learns from the first answers of a side and
foresees the last 600; lists are the best 50 of the experts' score for 400 people, ranked anew, and judged
by the chance that the truth gives both sides. The settings of ours were chosen on markets 11 and 12, that are not drawn
here. Real two-sided answers would be better: none were at hand.

    .venv/bin/python -m bench.learned [--markets N] [--json FILE] [--plot FILE]
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.special import expit

from bench.learned_data import Drawn, draw
from bench.learned_plot import svg
from bench.machine import machine, one_thread
from visavis.engine.learned.check import check
from visavis.engine.learned.fit import Answers, FitSettings, fit
from visavis.engine.learned.lesson import learn
from visavis.engine.learned.model import Head, Learned, features_of

FIRST_MARKET, HELD_OUT = 101, 600
SIZES = (200, 400, 800, 1_600, 3_200)
ALL = SIZES[-1]

type Foresee = Callable[[np.ndarray], np.ndarray]


def ours(answers: Answers) -> Foresee:
    head = learn(answers, np.random.default_rng(0)).fitted.head
    return lambda features: expit(head.log_odds(features))


def one_fit(settings: FitSettings) -> Callable[[Answers], Foresee]:
    def way(answers: Answers) -> Foresee:
        head = fit(answers, settings).head
        return lambda features: expit(head.log_odds(features))

    return way


def experts(answers: Answers) -> Foresee:
    head: Head = Learned.prior().hers
    return lambda features: expit(head.log_odds(features))


def same_for_all(answers: Answers) -> Foresee:
    return lambda features: np.full(len(features), answers.is_yes.mean())


def regression(answers: Answers) -> Foresee:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (only this bench's peer)

    model = LogisticRegression(max_iter=1_000).fit(answers.features, answers.is_yes)
    return lambda features: model.predict_proba(features)[:, 1]


def trees(answers: Answers) -> Foresee:
    import lightgbm  # noqa: PLC0415  (only this bench's peer)

    settings = {"objective": "binary", "num_leaves": 7, "min_data_in_leaf": 20, "learning_rate": 0.05,
                "num_threads": 1, "verbose": -1, "deterministic": True, "seed": 0}  # fmt: skip
    model = lightgbm.train(settings, lightgbm.Dataset(answers.features, answers.is_yes.astype(float)), 60)
    return lambda features: np.asarray(model.predict(features, num_threads=1))


WAYS: dict[str, Callable[[Answers], Foresee]] = {
    "visavis": ours,
    "visavis, without reasons": one_fit(FitSettings(reasons=0.0, history=False)),
    "experts, one factor and rate": one_fit(FitSettings(reasons=0.0, history=False, spread=1e-3)),
    "experts as written": experts,
    "lightgbm": trees,
    "logistic regression": regression,
    "one chance for all": same_for_all,
}
SIDES = ("hers", "theirs")


def first(answers: Answers, many: int) -> tuple[Answers, Answers]:
    """Give the answers just before the last ones, so many at most, and the last ones."""
    cut = len(answers) - HELD_OUT
    return answers.take(slice(max(0, cut - many), cut)), answers.take(slice(cut, None))


def top_ten(drawn: Drawn, score: np.ndarray) -> float:
    """Return the mean true chance of the first ten of each list."""
    listed = drawn.listed
    order = np.lexsort((-score, listed.jobseeker))
    owner = listed.jobseeker[order]
    return float(listed.truth[order][np.arange(len(order)) - np.searchsorted(owner, owner) < 10].mean())


def measure(drawn: Drawn, size: int) -> dict[str, dict[str, float]]:
    """Let each way learn from so many answers a side, and say what it is worth."""
    told: dict[str, dict[str, float]] = defaultdict(dict)
    rng = np.random.default_rng(0)
    for name, way in WAYS.items():
        chances = []
        for side in SIDES:
            train, test = first(getattr(drawn, side).answers, size)
            foresee = way(train)
            found = check(foresee(test.features), test.is_yes, rng, rounds=50)
            told[name] |= {
                f"{side}_{key}": getattr(found, key) for key in ("log_loss", "order", "gap", "brier")
            }
            told[name][f"{side}_gap_by_luck"] = found.gap_by_luck
            told[name][f"{side}_bins"] = [(one.said, one.happened, one.answers) for one in found.bins]  # type: ignore[assignment]
            chances.append(foresee(features_of(drawn.listed.parts)))
        told[name]["top_ten"] = top_ten(drawn, chances[0] * chances[1])
    for side in SIDES:
        truth, answers = getattr(drawn, side).truth[-HELD_OUT:], getattr(drawn, side).answers
        found = check(truth, answers.is_yes[-HELD_OUT:], rng, rounds=50)
        told["the truth itself"] |= {f"{side}_log_loss": found.log_loss, f"{side}_order": found.order}
    told["the truth itself"]["top_ten"] = top_ten(drawn, drawn.listed.truth)
    told["experts as written"]["top_ten"] = top_ten(drawn, drawn.listed.parts.sum(axis=1))
    return told


def mean_of(several: list[dict[str, dict[str, float]]], method: str, key: str) -> float:
    values = [one[method][key] for one in several if key in one[method]]
    return float(np.mean(values)) if values else float("nan")


KEYS = ["hers_log_loss", "hers_order", "hers_gap", "theirs_log_loss", "theirs_order", "theirs_gap", "top_ten"]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--markets", type=int, default=4)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    one_thread()
    drawn = [draw(FIRST_MARKET + number, 2_400, 5_200) for number in range(asked.markets)]
    found = {size: [measure(one, size) for one in drawn] for size in SIZES}
    told = []
    for size, several in found.items():
        print(f"\n{size} answers a side, {asked.markets} markets, {HELD_OUT} later answers a side in each")
        print(f"{'method':30}" + "".join(f"{key:>17}" for key in KEYS))
        for method in several[0]:
            row = {key: mean_of(several, method, key) for key in KEYS}
            told.append({"method": method, "answers": size} | row)
            print(f"{method:30}" + "".join(f"{row[key]:17.4f}" for key in KEYS))
    luck = {side: mean_of(found[ALL], "visavis", f"{side}_gap_by_luck") for side in SIDES}
    print(f"\na forecast that is right has a gap of {luck} by luck alone")
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine(), "rows": told}, indent=1), encoding="utf-8")
    if asked.plot:
        bins = {
            side: [pair for one in found[ALL] for pair in one["visavis"][f"{side}_bins"]] for side in SIDES
        }
        asked.plot.write_text(svg(told, bins), encoding="utf-8")


if __name__ == "__main__":
    main()
