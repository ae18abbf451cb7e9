"""What reads hostile files keeps something on an old kernel: the worker and `visavis setup --check` say it too."""

import sys
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from tests.conftest import ROOT
from visavis.operations.installing import checking
from visavis.operations.installing.files import Places
from visavis.operations.management.commands import work

# A kernel that takes nothing away is what the reader finds; the command is the real one.
PROGRAM = """#!{python}
import sys
sys.path.insert(0, {source!r})
from visavis.cvs.reading import alone
alone.confined = dict
from visavis.commands.__main__ import main
sys.exit(main())
"""


def variables(folder: Path) -> Mapping[str, str]:
    return {"VISAVIS_VAR": str(folder / "var"), "VISAVIS_SECRET_KEY": "k" * 64}


def test_the_check_of_setup_says_what_stays_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "visavis"
    program.write_text(PROGRAM.format(python=sys.executable, source=str(ROOT / "src")))
    program.chmod(0o755)
    places = Places(root=tmp_path, account="nobody-of-the-tests", program=program)
    found = checking.of_reader(variables(tmp_path), places)
    assert found.level == "look"
    assert "keeps: network. To take it away, allow user namespaces" in found.words
    assert "keeps: files. To take it away, use a Linux kernel with Landlock" in found.words
    monkeypatch.setattr(checking, "warned", lambda *_given: "")
    assert checking.of_reader(variables(tmp_path), places).level == "well", "the kernel takes all away"


def test_the_whole_check_asks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("of_file", "of_hosts", "of_demonstration", "of_tables", "of_settings"):
        monkeypatch.setattr(checking, name, lambda *_given: None)
    monkeypatch.setattr(checking.owner, "everything", lambda *_given: ())
    monkeypatch.setattr(checking, "of_site", lambda *_given: ())
    monkeypatch.setattr(checking, "of_reader", lambda *_given: "asked")
    monkeypatch.setattr(checking, "of_journal", lambda *_given: "asked too")
    told = list(checking.everything({"VISAVIS_URL": "x"}, Places(root=tmp_path)))
    assert "asked" in told and "asked too" in told


@pytest.mark.django_db
def test_the_worker_says_it_as_it_starts_and_each_queue_and_sweep_has_a_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said, begun, is_said = [], Counter[str](), threading.Event()
    monkeypatch.setattr(work.checks, "say_what_stays", is_said.set)
    monkeypatch.setattr(work.reaching, "guard", lambda: said.append("reaches no others"))
    monkeypatch.setattr(work, "refuse_other_keys", lambda: said.append("refuses other keys"))
    monkeypatch.setattr(work, "connections", SimpleNamespace(close_all=lambda: None))
    monkeypatch.setattr(work, "work_until", lambda over, worker: begun.update(worker.queue_names))
    monkeypatch.setattr(work, "sweep_until", lambda over, every_s, some: begun.update(["sweep"]))
    monkeypatch.setattr(work, "stop_when_told", lambda over, workers: over.set())
    call_command("work")
    assert is_said.wait(60) and said == ["refuses other keys", "reaches no others"]
    assert begun == {**dict.fromkeys(work.QUEUES, 1), "sweep": len(work.sweeps(60))}
