"""The run of a country: the shards give what one run would, and the law finds the powers it is made from."""

import argparse
from pathlib import Path

import numpy as np
import pytest

from bench.country import KEPT, graph_of, law, run, tasks_of
from bench.country_market import draw_jobseekers, draw_vacancies, market_of
from bench.country_watch import Watch
from visavis.engine.lists.topk import top_vacancies


def test_a_country_by_shards_keeps_the_pairs_of_one_run_and_every_list_is_short(tmp_path: Path):
    options = argparse.Namespace(
        jobseekers=150, vacancies=800, seed=1, shard=60, workers=2, cluster=None, keep=tmp_path
    )
    tasks = tasks_of(options, options.keep, "digest")
    assert [task.given().people for task in tasks] == [50, 50, 50]
    assert len({task.digest for task in tasks}) == 3
    rows = run(options, Watch(options.keep / "country.log"))
    graph = graph_of([options.keep / name for name in ("00000", "00001", "00002")], 800)
    people = draw_jobseekers(50, 1, 1, 3)
    whole = top_vacancies(market_of(people, draw_vacancies(800, 1)), KEPT)
    assert np.array_equal(np.bincount(whole.jobseeker, minlength=50), np.diff(graph.starts)[50:100])
    assert np.array_equal(whole.vacancy, graph.vacancy[graph.starts[50] : graph.starts[100]])
    listed = np.load(options.keep / "lists" / "jobseeker.npy")
    assert 0 < np.bincount(listed).max() <= 20
    assert rows[-1]["stage"] == "all"
    assert "retrieved and scored, 3 shards" in (options.keep / "country.log").read_text()


def test_the_law_finds_the_power_it_is_made_from():
    sizes = [(1_000, 50), (2_000, 50), (1_000, 400), (3_000, 900)]
    assert law([(n, m, 2e-6 * n * m**0.75) for n, m in sizes]) == pytest.approx((2e-6, 0.75))
