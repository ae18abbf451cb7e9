"""The bench of the companion's tables: it reads public lists in their own form, and sees what leaks."""

from pathlib import Path

from bench import traces

HOSTS = {
    "bricoler.fr": {"diy"},
    "tennis-et-golf.fr": {"golf"},
    "discret.fr": {"fashion"},
    "doctolib.fr": set(),
}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_public_lists_are_read_as_they_are_written_and_show_what_leaks(tmp_path) -> None:
    write(tmp_path / "ut1" / "adult" / "domains", "discret.fr\ndoctolib.fr\n")
    write(tmp_path / "ut1" / "sports" / "domains", "tennis-et-golf.fr\nbricoler.fr\n")
    row = traces.compared(traces.ut1(tmp_path, HOSTS), HOSTS)
    assert row["sensitive_leaks"] == ["discret.fr"] and row["sensitive_and_silent"] == 1
    assert (row["ours_it_knows"], row["comparable"], row["agree"]) == (3, 2, 0.5)
    assert row["differ"] == ["bricoler.fr"]
    write(tmp_path / "taxonomy.tsv", "ID\tTopic\n211\t/Home & Garden/Home Improvement\n9\t/Health\n")
    write(tmp_path / "override_list.tsv", "bricoler fr\t211\ntennis et golf fr\ndiscret fr\t9\n")
    row = traces.compared(traces.chrome(tmp_path, HOSTS), HOSTS)
    assert (row["ours_it_knows"], row["comparable"], row["agree"]) == (3, 1, 1.0)
    assert row["sensitive_leaks"] == ["discret.fr"]
    nowhere = tmp_path / "ut1" / "adult"
    assert not [read for read in (traces.chrome, traces.ut1, traces.whotracksme) if read(nowhere, HOSTS)]
    assert [(row["names"], row["illnesses"]) for row in traces.words()] == [([], []), ([], [])]
