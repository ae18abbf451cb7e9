"""The made-up country, and its run by shards, which gives what one run would."""

import argparse
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from bench.country import KEPT, graph_of, law, run, tasks_of
from bench.country_market import SILENT, draw_jobseekers, draw_vacancies, market_of
from bench.country_tables import communes, part_of_country
from bench.country_watch import Watch
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.ragged import Ragged


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


def same(one, other) -> bool:
    """Compare two sets of columns to the last bit."""
    return all(
        np.array_equal(a.values, b.values) and np.array_equal(a.offsets, b.offsets)
        if isinstance(a, Ragged)
        else np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for a, b in ((getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    )


def test_the_same_seed_draws_the_same_country_cut_in_whole_parts() -> None:
    assert same(draw_vacancies(300, seed=1), draw_vacancies(300, seed=1))
    assert not same(draw_vacancies(300, seed=1), draw_vacancies(300, seed=2))
    assert same(draw_jobseekers(300, 1, 2, 7), draw_jobseekers(300, 1, 2, 7))
    assert not same(draw_jobseekers(300, 1, 2, 7), draw_jobseekers(300, 1, 3, 7))
    few, many = draw_vacancies(200, seed=1), draw_vacancies(50_200, seed=1)
    assert few.occupation.tolist() == many.occupation[:200].tolist()
    assert np.array_equal(few.essential_skills.row(199), many.essential_skills.row(199))
    assert len(draw_jobseekers(0, seed=1)) == len(draw_vacancies(0, seed=1)) == 0
    people = draw_jobseekers(20_000, seed=1)
    assert np.isnan(people.latitude).mean() == pytest.approx(SILENT["place"], abs=0.002)
    assert np.isnan(people.radius_km).mean() == pytest.approx(SILENT["radius"], abs=0.002)
    assert (people.wishes.lengths() == 0).mean() == pytest.approx(SILENT["wishes"], abs=0.005)
    people = draw_jobseekers(200, seed=1, shard=5, shards=10)
    found = top_vacancies(market_of(people, draw_vacancies(5_000, seed=1)), k=5)
    assert len(np.unique(found.jobseeker)) > 150
    for parts in (1, 2, 7, 60):
        rows = [part_of_country(part, parts) for part in range(parts)]
        assert sorted(np.concatenate(rows).tolist()) == list(range(len(communes().inhabitants)))
        people = np.array([communes().inhabitants[part].sum() for part in rows])
        assert people.max() < 1.5 * people.mean()
    sizes = [(1_000, 50), (2_000, 50), (1_000, 400), (3_000, 900)]
    assert law([(n, m, 2e-6 * n * m**0.75) for n, m in sizes]) == pytest.approx((2e-6, 0.75))
