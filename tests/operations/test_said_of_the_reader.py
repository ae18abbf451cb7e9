"""What reads hostile files keeps something on an old kernel: the worker and `visavis setup --check` say it too."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import migrated
from tests.conftest import ROOT
from visavis.operations.installing import checking
from visavis.operations.installing.files import Places

# A kernel that takes nothing away is what the reader finds; the command is the real one.
PROGRAM = """#!{python}
import sys
sys.path.insert(0, {source!r})
from visavis.cvs.reading import alone
{kernel}
from visavis.commands.__main__ import main
sys.exit(main())
"""
OLD = "alone.confined = dict"


def program(folder: Path, kernel: str) -> Path:
    file = folder / "visavis"
    file.write_text(PROGRAM.format(python=sys.executable, source=str(ROOT / "src"), kernel=kernel))
    file.chmod(0o755)
    return file


def variables(folder: Path) -> Mapping[str, str]:
    return {"VISAVIS_VAR": str(folder / "var"), "VISAVIS_SECRET_KEY": "k" * 64}


def test_the_check_of_setup_says_what_stays_and_what_to_do(tmp_path: Path) -> None:
    places = Places(root=tmp_path, account="nobody-of-the-tests", program=program(tmp_path, OLD))
    found = checking.of_reader(variables(tmp_path), places)
    assert found.level == "look"
    assert "keeps: network. To take it away, allow user namespaces" in found.words
    assert "keeps: files. To take it away, use a Linux kernel with Landlock" in found.words


def test_where_the_kernel_takes_all_away_it_says_well(tmp_path: Path) -> None:
    places = Places(root=tmp_path, account="nobody-of-the-tests", program=program(tmp_path, ""))
    assert checking.of_reader(variables(tmp_path), places).level == "well"


def test_the_whole_check_asks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("of_file", "of_hosts", "of_demonstration", "of_tables", "of_settings"):
        monkeypatch.setattr(checking, name, lambda *_given: None)
    monkeypatch.setattr(checking.owner, "everything", lambda *_given: ())
    monkeypatch.setattr(checking, "of_site", lambda *_given: ())
    monkeypatch.setattr(checking, "of_reader", lambda *_given: "asked")
    monkeypatch.setattr(checking, "of_journal", lambda *_given: "asked too")
    told = list(checking.everything({"VISAVIS_URL": "x"}, Places(root=tmp_path)))
    assert "asked" in told and "asked too" in told


def test_the_worker_says_it_as_it_starts(tmp_path: Path) -> None:
    words = [str(program(tmp_path, OLD)), "work"]
    environment = {"PATH": os.environ["PATH"], **variables(tmp_path)}
    migrated.lay(tmp_path / "var/visavis.sqlite3")
    subprocess.run([words[0], "migrate", "--verbosity", "0"], env=environment, check=True)
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stderr
        # A bound that only a silent worker reaches.
        bound = threading.Timer(30, worker.kill)
        bound.start()
        try:
            told = next((line for line in worker.stderr if "Landlock" in line), "")
        finally:
            bound.cancel()
            worker.kill()
    assert "The reader of CVs keeps: files." in told
