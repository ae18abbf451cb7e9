"""The bench of rankings: the same people are held out again, and nothing held out is learned from."""

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from bench import ranking_spread as spreading
from bench.ranking_cold import meetings
from bench.ranking_content import content
from bench.ranking_data import Cut, Task, held_back, tasks
from bench.ranking_measures import figures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Who applied where, in the three formats read."""
    rng = np.random.default_rng(0)
    pairs = sorted(
        {(int(a), int(b)) for a, b in zip(rng.integers(0, 40, 300), rng.integers(0, 30, 300), strict=True)}
    )
    whole, split, recon = (tmp_path / name for name in ("whole", "split", "recon"))
    for path in (whole, split, recon):
        path.mkdir()
    lines = [f"U{a},R{b}" for a, b in pairs]
    (whole / "applications.csv").write_text("\n".join(["person,vacancy", *lines]) + "\n")
    (split / "train.csv").write_text("\n".join(["person,vacancy", *lines[::2]]) + "\n")
    (split / "test.csv").write_text("\n".join(["person,vacancy", *lines[1::2]]) + "\n")
    (recon / "x.train.rating").write_text("\n".join(f"{a}\t{b}" for a, b in pairs[::2]))
    (recon / "x.val.rating").write_text("\n".join(f"{a}\t{b}" for a, b in pairs[1::4]))
    (recon / "x.test_ranking.rating").write_text(
        "\n".join(f"{a}\t{b}\t{n % 2}" for n, (a, b) in enumerate(pairs[3::4]))
    )
    return tmp_path


def both(left: sparse.csr_array, right: sparse.csr_array) -> int:
    return int(left.multiply(right).nnz)


def test_each_format_gives_cuts_whose_held_out_part_is_not_known(folder: Path) -> None:
    found = tasks(folder)
    assert {task.name for task in found} == {"whole", "split", "recon"}
    for task in found:
        cut = task.cut(0)
        assert cut.held_out.nnz
        assert not both(cut.known, cut.held_out)
        for inner in task.inner(cut, 0):
            assert not both(inner.known, inner.held_out)
            assert not both(inner.known + inner.held_out, cut.held_out)
    # People held back are measured and never chosen on.
    for task in map(held_back, found):
        cut = task.cut(0)
        assert 0 < len(cut.people) < 40
        for own in task.inner(cut, 0):
            assert not np.diff(own.known.indptr)[cut.people].any()
            assert not np.diff(own.held_out.indptr)[cut.people].any()
        assert task.cut(0).people.tolist() == cut.people.tolist()
    (folder / "whole" / "empty").mkdir()
    with pytest.raises(SystemExit, match="holds no"):
        tasks(folder / "whole" / "empty")


def test_newcomers_have_no_history_where_one_learns(folder: Path) -> None:
    (whole := folder / "whole").joinpath("resume.csv").write_text(
        "id,degree\n" + "".join(f"U{n},{n % 3}\n" for n in range(40))
    )
    (whole / "recruitment.csv").write_text("id,education\n" + "".join(f"R{n},{n % 2}\n" for n in range(30)))
    task: Task = next(task for task in tasks(folder) if task.name == "whole")
    test, inner = meetings(task, 0)
    for meeting in (test, inner):
        assert not set(meeting.new_people) & set(meeting.old_people)
        assert meeting.known.shape == (len(meeting.old_people), len(meeting.old_vacancies))
    assert set(inner.old_people) | set(inner.new_people) == set(test.old_people)
    assert set(inner.old_vacancies) | set(inner.new_vacancies) == set(test.old_vacancies)


def test_content_is_read_by_person_and_lists_are_measured_as_by_hand(folder: Path) -> None:
    assert content(folder / "whole", ["U1"], ["R1"]) is None
    (folder / "whole" / "resume.csv").write_text("id,degree,text_keyword\nU2,4,cook;baker\nU1,4,\n")
    (folder / "whole" / "recruitment.csv").write_text("id,education\nR1,3\n")
    found = content(folder / "whole", ["U1", "U2"], ["R1", "R9"])
    assert found is not None
    assert np.diff(found.people.indptr).tolist() == [5, 7]
    assert np.diff(found.vacancies.indptr).tolist() == [1, 0]
    held_out = sparse.csr_array(([1.0, 1.0], ([0, 0], [2, 25])), shape=(1, 30))
    found = figures(np.array([[0, 2, *range(3, 21)]]), held_out)
    assert found["recall@10"] == pytest.approx(0.5)
    assert found["ndcg@10"] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))
    assert found["coverage@10"] == pytest.approx(10 / 30)


@pytest.mark.parametrize(("worth_it", "chosen"), [(True, 0.3), (False, 0.0)])
def test_spreading_lightly_is_chosen_where_it_is_sure_and_costs_nothing(
    worth_it: bool, chosen: float
) -> None:
    """The first strengths lose hits or help by luck; of those that are sure, the better in NDCG@10 is chosen."""
    people, chance = 40, np.random.default_rng(5)
    each = np.arange(people)
    held_out = sparse.csr_array((np.ones(people), (each, each)), shape=(people, 400))
    cut = Cut(sparse.csr_array(held_out.shape, dtype=np.float32), held_out)
    luck = np.where(each % 2, 3.0, -2.9)
    sure, less, nothing = ([0, 0, 0.02, 0, 0], [0, 0, 0.01, 0.5, 0], [0] * 5)
    told = [[-0.1, 0, 0.9, 0, 0], [luck] * 5, *([sure, less] if worth_it else [nothing] * 2), nothing]
    gains = [np.broadcast_to(np.array(gain, float).reshape(5, -1), (5, people)) for gain in (nothing, *told)]
    answers = iter(gains)
    scores = chance.normal(size=held_out.shape).astype(np.float32)
    assert spreading.choose_light([scores], [cut], lambda top, held_out: next(answers)) == chosen
