"""visavis match by shards: the same bytes on processes and on a cluster, whatever is killed, damaged or stopped."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.shards import dying_work
from visavis.commands.__main__ import main
from visavis.shards import kept, markets, pool
from visavis.shards.pool import ClusterRefused, Stopped, Task, map_shards

PEOPLE, VACANCIES = 600, 400


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Drawn people and vacancies, as the options that name them."""
    folder = tmp_path_factory.mktemp("files")
    words = []
    for side, count in (("jobseekers", PEOPLE), ("vacancies", VACANCIES)):
        path = folder / f"{side}.csv"
        assert main(["generate", side, "--count", str(count), "--seed", "5", "--out", str(path)]) == 0
        words += [f"--{side}", str(path)]
    return words


@pytest.fixture(scope="module")
def whole(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What one run in one piece writes."""
    out = tmp_path_factory.mktemp("whole") / "out.parquet"
    assert match(files, out) == 0
    return out.read_bytes()


@pytest.fixture(scope="module")
def dask() -> Iterator[str]:
    """The address of a real Dask cluster of two processes, which are begun again when killed."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as local:
        yield local.scheduler_address


def match(files: list[str], out: Path, *words: str | Path) -> int:
    return main(["match", "--today", "2026-11-25", *files, "--out", str(out), *map(str, words)])


def squares(keep: Path, work=dying_work.square, of=range(4), **options) -> list[int]:
    tasks = [Task(f"{n}", f"digest {n}", lambda n=n: (keep, n)) for n in of]
    map_shards(work, tasks, keep=keep, **options)
    return [int(kept.read(keep / task.name)["square"][0]) for task in tasks]


def log_of(keep: Path) -> str:
    return (keep / "log.txt").read_text(encoding="utf-8") if (keep / "log.txt").exists() else ""


def test_processes_write_the_same_bytes_as_one_run_and_leave_no_folder(files, whole, tmp_path):
    out = tmp_path / "out.parquet"
    assert match(files, out, "--workers", 2) == 0
    assert out.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


def test_a_dask_cluster_writes_the_same_bytes_as_one_run(files, whole, tmp_path, dask):
    out = tmp_path / "out.parquet"
    assert match(files, out, "--cluster", dask) == 0
    assert out.read_bytes() == whole


def test_a_process_killed_in_the_middle_changes_nothing_and_the_log_names_its_shard(
    files, whole, tmp_path, monkeypatch
):
    monkeypatch.setattr(markets, "match_shard", dying_work.match_shard_but_die_once)
    out, keep = tmp_path / "out.parquet", tmp_path / "keep"
    assert match(files, out, "--workers", 2, "--resume", keep) == 0
    assert (tmp_path / "died").exists()
    assert out.read_bytes() == whole
    assert "will be redone: it was under way on" in log_of(keep)
    assert "lost before the end" in log_of(keep)


def test_a_dask_worker_killed_in_the_middle_changes_nothing_and_the_log_names_its_shard(
    files, whole, tmp_path, monkeypatch, dask
):
    monkeypatch.setattr(markets, "match_shard", dying_work.match_shard_but_die_once)
    out, keep = tmp_path / "out.parquet", tmp_path / "keep"
    assert match(files, out, "--cluster", dask, "--resume", keep) == 0
    assert (tmp_path / "died").exists()
    assert out.read_bytes() == whole
    assert "was redone by" in log_of(keep)
    assert "lost before the end" in log_of(keep)


def test_only_a_damaged_shard_is_redone(files, whole, tmp_path):
    out, keep = tmp_path / "out.parquet", tmp_path / "keep"
    match(files, out, "--resume", keep)
    before = {path: path.stat().st_mtime_ns for path in keep.glob("0*/manifest.json")}
    damaged = keep / "00001" / "parts.npy"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\x01")
    assert match(files, out, "--resume", keep) == 0
    assert out.read_bytes() == whole
    assert "Shard 00001 is redone: parts.npy is damaged." in log_of(keep)
    changed = [path.parent.name for path, when in before.items() if path.stat().st_mtime_ns != when]
    assert changed == ["00001"]


def test_another_question_is_not_answered_from_old_shards(files, whole, tmp_path):
    out, keep = tmp_path / "out.parquet", tmp_path / "keep"
    match(files, out, "--resume", keep, "--top", 3)
    assert out.read_bytes() != whole
    assert match(files, out, "--resume", keep) == 0
    assert out.read_bytes() == whole
    assert "made from other data or settings" in log_of(keep)


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(files, whole, tmp_path, monkeypatch, capsys):
    finished = pool._Processes.finished

    def interrupted(pool):
        yield from finished(pool)
        raise KeyboardInterrupt

    out = tmp_path / "out.parquet"
    with monkeypatch.context() as patch:
        patch.setattr(pool._Processes, "finished", interrupted)
        assert match(files, out, "--workers", 2) == 130
    assert f"--resume {tmp_path}/out.parquet.shards" in capsys.readouterr().err
    assert str(Stopped(3, 9)) == "Stopped with 3 of 9 shards done."
    assert match(files, out, "--resume", tmp_path / "out.parquet.shards") == 0
    assert out.read_bytes() == whole


def test_nobody_and_nothing_make_the_same_empty_file(tmp_path):
    for side in ("jobseekers", "vacancies"):
        (tmp_path / f"{side}.csv").write_text("id\n", encoding="utf-8")
    empty = [f"--{side}={tmp_path}/{side}.csv" for side in ("jobseekers", "vacancies")]
    assert (
        match(empty, tmp_path / "one.parquet") == match(empty, tmp_path / "two.parquet", "--workers", 2) == 0
    )
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_a_shard_that_kills_every_worker_ends_the_run_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "MOST_TRIES", 2)
    with pytest.raises(ClusterRefused, match="Shard 0 lost its worker 2 times"):
        squares(tmp_path, dying_work.always_die, of=range(1))


def test_a_mistake_in_the_work_is_not_tried_again_and_a_finished_run_begins_no_worker(tmp_path, monkeypatch):
    with pytest.raises(ZeroDivisionError):
        squares(tmp_path, dying_work.divide_by_zero)
    # What a killed worker left half written is taken away.
    (tmp_path / ".0-abc").mkdir()
    assert squares(tmp_path, of=range(2)) == [0, 1]
    assert not (tmp_path / ".0-abc").exists()
    monkeypatch.setattr(pool, "_local", None)
    assert squares(tmp_path, of=range(2)) == [0, 1]


def test_a_cluster_that_does_not_answer_or_is_not_installed_is_said_in_a_sentence(tmp_path, monkeypatch):
    def absent(*_: object, **__: object) -> None:
        raise ImportError

    def silent(*_: object, **__: object) -> None:
        raise OSError("nobody there")

    monkeypatch.setattr(pytest.importorskip("distributed"), "Client", silent)
    with pytest.raises(ClusterRefused, match="No Dask scheduler answers at tcp://nowhere:1: nobody there"):
        squares(tmp_path, cluster="tcp://nowhere:1")
    monkeypatch.setattr(pool.importlib, "import_module", absent)
    with pytest.raises(ClusterRefused, match="visavis\\[cluster\\]"):
        squares(tmp_path, cluster="tcp://a:1")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (("", pool.ENGINE_VERSION), "does not see the folder"),
        ((None, "0.0"), "has version 0.0 of the engine"),
    ],
)
def test_a_worker_without_the_folder_or_with_another_engine_is_refused(tmp_path, told, sentence):
    class Client:
        def run(self, function, keep):
            seen, version = told
            return {"tcp://a:1": (function(keep)[0] if seen is None else seen, version)}

    with pytest.raises(ClusterRefused, match=sentence):
        pool._Dask(Client(), dying_work.square, tmp_path, pool.Log(tmp_path / "log.txt"))


def test_results_are_whole_or_absent(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(kept, "_to_disk", full)
    with pytest.raises(OSError, match="no space left"):
        kept.write(tmp_path / "0", "digest", {"square": np.array([1])})
    assert list(tmp_path.iterdir()) == []
